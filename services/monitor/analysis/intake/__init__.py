"""A messy article in; clean, single reports, copies marked, out. Start at `intake.py`."""
