"""The id of a labelled row in, its half out: `tune` may be read while the rules are written, `test` never."""

import hashlib


def half(row_id: str) -> str:
    """By the first hexadecimal digit of SHA-256: even is tune, odd is test. The same for ever."""
    return "tune" if int(hashlib.sha256(row_id.encode()).hexdigest()[0], 16) % 2 == 0 else "test"
