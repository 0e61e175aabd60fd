"""Text and links from outside in; what may stand on a page out. Markup is escaped by the templates, not here."""

import re
from urllib.parse import urlsplit

LONGEST = 1_200  # characters of a quote on a card; a long sentence of news has 400
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Controls, zero-width characters, and those that turn the direction of what follows."""


def visible(text: str) -> str:
    """Shows that there is something where something is hidden."""
    return INVISIBLE.sub("\ufffd", text)


def clipped(text: str, longest: int = LONGEST) -> str:
    """At most so many characters, and an ellipsis if there are more."""
    return text if len(text) <= longest else text[:longest].rstrip() + " …"


def web_address(url: str | None) -> str | None:
    """The address if it leads to a web page, else None: no javascript:, no data:, no user names to mislead."""
    if not url or len(url) > 2_000 or INVISIBLE.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None
