"""Claims in event time in; stances, and alerts where they change, out. Start at `fold.py`."""
