"""Whatever comes in: a message, or a value that says what was wrong. Never an exception."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import STREAMS, Article, Stream
from services.feeder.bad_line import BadLine
from services.feeder.decode import decode, decode_document
from services.feeder.manifest import MANIFEST, read_manifest
from services.feeder.text_file import read_text
from services.monitor.wire import Unreadable, read
from tests.fuzz.strategies import mutants, paths, replaced, texts, values

fast = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
NINJS = {
    "uri": "http://example.com/1", "standard": {"name": "ninjs"}, "pubStatus": "usable", "by": "A B (Reuters)",
    "headlines": [{"role": "main", "value": "Aid paused"}], "versionCreated": "2025-03-05T10:00:00Z", "language": "en",
    "bodies": [{"role": "main", "contentType": "text/plain", "value": "The US paused aid."}],
    "infoSources": [{"name": "Example Times"}],
}  # fmt: skip
ROW = {
    "file": "a.txt", "source": "Example Times", "published_at": "2025-03-05T10:00:00Z",
    "entries": [{"starts_with": "two", "published_at": "2025-03-05T09:00:00Z"}],
}  # fmt: skip


@fast
@given(mutants())
def test_a_message_with_values_replaced_is_a_message_or_unreadable(given_: tuple[Stream, bytes]) -> None:
    stream, data = given_
    found = read(stream.type, data)
    assert isinstance(found, (stream.type, Unreadable))
    if not isinstance(found, Unreadable):
        assert stream.type.from_bytes(found.to_bytes()) == found


@fast
@given(st.sampled_from(tuple(STREAMS)), st.binary(max_size=60) | values.map(lambda v: json.dumps(v).encode()))
def test_any_bytes_are_unreadable_or_a_message(stream: Stream, data: bytes) -> None:
    assert isinstance(read(stream.type, data), (stream.type, Unreadable))


@fast
@given(st.binary(max_size=60) | values.map(lambda v: json.dumps(v).encode()))
def test_any_line_and_any_document_is_articles_or_bad_lines(data: bytes) -> None:
    assert isinstance(decode(data, "f", 1), (Article, BadLine))
    assert all(isinstance(found, (Article, BadLine)) for found in decode_document(data, "f"))


@fast
@given(st.sampled_from(list(paths(NINJS))), values)
def test_a_ninjs_item_with_a_value_replaced_is_an_article_or_a_bad_line(path: tuple[Any, ...], value: Any) -> None:
    data = json.dumps(replaced(NINJS, path, value)).encode()
    assert isinstance(decode(data, "f", 1), (Article, BadLine))


@fast
@given(st.sampled_from(list(paths(ROW))), values, texts)
def test_a_manifest_row_with_a_value_replaced_is_an_article_or_a_bad_line(
    tmp_path_factory: pytest.TempPathFactory, path: tuple[Any, ...], value: Any, text: str
) -> None:
    directory = _directory(tmp_path_factory)
    (directory / "a.txt").write_bytes(f"one {text} two".encode(errors="surrogatepass"))
    (directory / MANIFEST).write_text(json.dumps(replaced(ROW, path, value)) + "\n")
    assert all(isinstance(found, (Article, BadLine)) for found in read_manifest(directory / MANIFEST))


@fast
@given(st.binary(max_size=80) | texts.map(lambda text: f"2025-01-01 {text}".encode(errors="surrogatepass")))
def test_any_text_file_is_an_article_or_a_bad_line(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = _directory(tmp_path_factory) / "t.txt"
    path.write_bytes(data)
    assert isinstance(read_text(path), (Article, BadLine))


@pytest.mark.parametrize("uri", ["http://[", "http://a]b/", "\ud800", 7])
def test_an_address_that_is_none_is_an_invalid_line_or_no_address(uri: Any) -> None:
    found = decode(json.dumps({**NINJS, "uri": uri}).encode(), "f", 1)
    assert isinstance(found, Article) or found.reason in {"invalid", "not-json"}


def _directory(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("fuzz", numbered=True)
