"""In: one .txt file without a manifest. Out: an Article of the source "file", or a BadLine.

Its date must be the same on every run, so it is never the file's own time: it is the one given, else an ISO date
(2025-03-05) in the first 200 characters, at midnight UTC, else the file is refused.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

from schemas import Article
from services.feeder.bad_line import BadLine

SOURCE = "file"
HEAD = 200
ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def read_text(path: Path, *, published_at: datetime | None = None) -> Article | BadLine:
    """The whole file is the article's text."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return BadLine(str(path), 1, "encoding", f"not UTF-8: {error.reason} at byte {error.start}", data)
    when = _in_utc(published_at) if published_at else date_in(text[:HEAD])
    if not text.strip():
        return BadLine(str(path), 1, "empty", "the file has no words", data)
    if when is None:
        return BadLine(str(path), 1, "invalid", "published_at: no date at the start; give --published-at", data)
    return Article(source=SOURCE, published_at=when, text=text)


def _in_utc(moment: datetime) -> datetime:
    """A date from a command line has no zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def date_in(head: str) -> datetime | None:
    """The first ISO date that is a day of the calendar."""
    for found in ISO_DATE.finditer(head):
        try:
            return datetime.fromisoformat(found.group()).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
