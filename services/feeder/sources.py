"""In: a directory with a manifest, a text file, JSON or JSON lines, or standard input. Out: Articles and BadLines.

What cannot be read is a value that names file and line, never an exception: one bad line does not stop a feed.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from schemas import Article
from services.feeder.bad_line import BadLine
from services.feeder.decode import decode, decode_document
from services.feeder.manifest import MANIFEST, read_manifest
from services.feeder.text_file import read_text

STDIN = "-"
BOM = b"\xef\xbb\xbf"


def read_articles(path: str | Path, *, published_at: datetime | None = None) -> Iterator[Article | BadLine]:
    """Everything under `path`, in file order, read as it is asked for; "-" is standard input, JSON lines.

    published_at: for text files, which carry no date field. Raises FileNotFoundError when `path` is not there.
    """
    if str(path) == STDIN:
        return read_lines(sys.stdin.buffer, "stdin")
    if not Path(path).exists():
        raise FileNotFoundError(f"{path}: no such file or directory")
    return _read_path(Path(path), published_at)


def _read_path(path: Path, published_at: datetime | None) -> Iterator[Article | BadLine]:
    if path.is_dir():
        yield from _read_directory(path, published_at)
    elif path.suffix == ".txt":
        yield read_text(path, published_at=published_at)
    elif path.suffix == ".json":
        yield from decode_document(path.read_bytes(), str(path))
    else:
        with path.open("rb") as lines:
            yield from read_lines(lines, str(path))


def _read_directory(path: Path, published_at: datetime | None) -> Iterator[Article | BadLine]:
    if (path / MANIFEST).exists():
        yield from read_manifest(path / MANIFEST)
        return
    for file in sorted(path.iterdir()):
        if file.suffix in {".txt", ".json", ".jsonl", ".ndjson"}:
            yield from _read_path(file, published_at)


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[Article | BadLine]:
    """One Article or ninjs item a line; blank lines are nothing."""
    for number, line in enumerate(lines, start=1):
        data = line.removeprefix(BOM).strip() if number == 1 else line.strip()
        if data:
            yield decode(data, name, number)
