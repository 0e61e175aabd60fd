"""A report in; the IPTC Media Topics it is about out. Start at `model.py`."""
