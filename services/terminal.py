"""Text from outside in; the same for a terminal out: no control character, no escape sequence, no hidden direction."""

import re

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""All but tab and line feed. U+009B begins an escape sequence as ESC [ does; U+202E turns what follows around."""


def visible(text: str) -> str:
    """What a terminal would obey is shown as Python writes it: ESC becomes a backslash, x, 1 and b."""
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)
