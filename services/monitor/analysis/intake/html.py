"""A page's HTML in, its article text out, paragraphs separated by newlines (empty when there is none)."""

import re
from itertools import islice

import trafilatura

LIMIT = 2_000_000
"""Code points of HTML that are parsed; the largest news pages seen have about 1.5 million, most of it scripts."""

TAGS = 60_000
"""Tags that are parsed, about 30,000 elements: trafilatura 2.1 takes 2 s of CPU for these as bare paragraphs and grows
with their square; a long live blog has about 10,000."""

_TAG = re.compile("<")


def extract(html: str) -> str:
    """The main text as trafilatura finds it, without comments and tables; empty when the page holds no article."""
    if not html.strip():
        return ""
    head = html[:LIMIT]
    beyond = next(islice(_TAG.finditer(head), TAGS, None), None)
    page = head[: beyond.start()] if beyond else head
    text = trafilatura.extract(page, include_comments=False, include_tables=False, output_format="txt")
    return text or ""
