"""The desk: alerts and stances as a small web page."""
