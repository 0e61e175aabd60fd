"""A report in; the claims its sentences make, with every verdict, out. Start at `reader.py`."""
