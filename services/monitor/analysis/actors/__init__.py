"""A text and its date in; who acts in it, with offsets, out. Start at `gazetteer.py`."""
