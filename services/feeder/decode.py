"""In: bytes of JSON. Out: an Article, whether they held ours or ninjs 2/3, or a BadLine that says why not."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from schemas import Article
from schemas.dead_letter import Reason
from services.feeder.bad_line import BadLine, named, version_fault
from services.feeder.ninjs import is_ninjs, to_article_fields


def decode(data: bytes, file: str, line: int) -> Article | BadLine:
    """One JSON object."""
    try:
        return _article(_parsed(data), data, file, line)
    except UnicodeDecodeError as error:
        return BadLine(file, line, "encoding", f"not UTF-8: {error.reason} at byte {error.start}", data)
    except (ValueError, RecursionError) as error:
        return BadLine(file, line, "not-json", f"not JSON: {str(error) or type(error).__name__}", data)


def decode_document(data: bytes, file: str) -> Iterator[Article | BadLine]:
    """A whole file: one object, an array of objects (`line` counts them), or JSON lines under a .json name."""
    try:
        value = _parsed(data.removeprefix(b"\xef\xbb\xbf"))
        items = [json.dumps(item).encode() for item in (value if isinstance(value, list) else [value])]
    except (ValueError, RecursionError):
        lines = (line.strip() for line in data.splitlines())
        yield from (decode(line, file, number) for number, line in enumerate(lines, start=1) if line)
        return
    for number, item in enumerate(items, start=1):
        yield decode(item, file, number)


def _parsed(data: bytes) -> Any:
    """Not pydantic's parser: one dict serves both formats. Raises ValueError, for NaN too."""
    return json.loads(data.decode("utf-8"), parse_constant=_refuse)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _article(value: Any, data: bytes, file: str, line: int) -> Article | BadLine:
    if not isinstance(value, dict):
        return BadLine(file, line, "invalid", f"an article is a JSON object, not {type(value).__name__}", data)
    try:
        return Article.model_validate_json(json.dumps(to_article_fields(value)) if is_ninjs(value) else data)
    except ValidationError as error:
        reason: Reason = "unknown-version" if version_fault(error) else "invalid"
        return BadLine(file, line, reason, named(error), data)
