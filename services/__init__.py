"""The running parts of newsmon: broker, feeder, monitor, desk, and the command line over them."""
