"""In: a manifest.jsonl beside the text files it names. Out: one Article or BadLine for each of its rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from schemas import Article, Entry, Timestamp
from schemas.article import Status
from services.feeder.bad_line import BadLine, named

MANIFEST = "manifest.jsonl"


class EntryRow(BaseModel):
    """One item of a page of several: where it starts, told by its first words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    starts_with: str
    published_at: Timestamp | None = None
    title: str = ""
    url: str | None = None


class Row(BaseModel):
    """One text file and what its feed said about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    source: str
    url: str | None = None
    title: str = ""
    published_at: Timestamp
    language: str | None = None
    credit: str | None = None
    status: Status = "usable"
    entries: tuple[EntryRow, ...] = ()


def read_manifest(path: Path) -> Iterator[Article | BadLine]:
    """Rows in order; a row that is wrong, or whose file is, is a BadLine of the manifest."""
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip():
            yield _read_row(line, path, number)


def _read_row(line: bytes, path: Path, number: int) -> Article | BadLine:
    try:
        row = Row.model_validate_json(line)
        return _article(row, _text(path.parent, row.file))
    except ValidationError as error:
        return BadLine(str(path), number, "invalid", named(error), line)
    except UnicodeDecodeError as error:
        return BadLine(str(path), number, "encoding", f"{row.file}: not UTF-8 at byte {error.start}", line)
    except OSError as error:
        return BadLine(str(path), number, "unreadable-file", f"{row.file}: {error.strerror or error}", line)
    except ValueError as error:
        return BadLine(str(path), number, "invalid", str(error), line)


def _text(directory: Path, name: str) -> str:
    """A manifest from elsewhere must not read files from elsewhere."""
    file = (directory / name).resolve()
    if not file.is_relative_to(directory.resolve()):
        raise ValueError(f"{name}: outside of the manifest's directory")
    return file.read_bytes().decode("utf-8")


def _article(row: Row, text: str) -> Article:
    fields: dict[str, Any] = row.model_dump(exclude={"file", "entries"})
    entries = sorted((_entry(entry, text, row.file) for entry in row.entries), key=lambda entry: entry.start)
    return Article(**fields, text=text, entries=tuple(entries))


def _entry(row: EntryRow, text: str, file: str) -> Entry:
    times = text.count(row.starts_with)
    if times != 1:
        raise ValueError(f"{file}: an entry's starts_with must stand once in the text, this one {times} times: "
                         f"{row.starts_with!r}")  # fmt: skip
    start = text.index(row.starts_with)
    return Entry(start=start, published_at=row.published_at, title=row.title, url=row.url)
