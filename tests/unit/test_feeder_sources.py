"""Sources: files in, Articles and BadLines out."""

import io
import json
import os
import sys
from datetime import UTC, datetime

import pytest

from schemas import Article
from services.feeder.bad_line import BadLine
from services.feeder.sources import read_articles, read_lines
from tests.builders import an_article

WHEN = "2025-03-05T12:00:00Z"


def lines(*items):
    return [item if isinstance(item, bytes) else json.dumps(item).encode() + b"\n" for item in items]


def article(**changes):
    return {"source": "Example Times", "published_at": WHEN, "text": "Words.", **changes}


def only(items):
    (item,) = items
    return item


def test_a_line_of_json_is_an_article():
    assert only(read_lines(lines(article()), "f")) == an_article("Words.")


def test_blank_lines_and_a_byte_order_mark_are_nothing():
    data = [b"\xef\xbb\xbf" + lines(article())[0], b"\n", b"  \r\n", *lines(article(text="More."))]
    assert [item.text for item in read_lines(data, "f")] == ["Words.", "More."]


def test_the_same_line_gives_the_same_id_every_time():
    first, second = read_lines(lines(article(), article()), "f")
    assert first.id == second.id != ""


@pytest.mark.parametrize(
    ("line", "reason", "said"),
    [
        (b"{not json", "not-json", "not JSON"),
        (b'{"source": NaN}', "not-json", "NaN"),
        (b"[" * 100_000, "not-json", "not JSON"),
        (b"\xff\xfe{}", "encoding", "not UTF-8"),
        (b"[1]", "invalid", "an article is a JSON object, not list"),
        (b'{"source": "x", "text": "y"}', "invalid", "published_at"),
        (json.dumps(article(published_at="2025-03-05T12:00:00")).encode(), "invalid", "published_at"),
        (json.dumps(article(source="")).encode(), "invalid", "source"),
        (json.dumps(article(text=None)).encode(), "invalid", "needs `text` or `html`"),
        (json.dumps(article(schema_version=2)).encode(), "unknown-version", "schema_version"),
        (b'{"source":"x","published_at":"2025-03-05T12:00:00Z","text":"\\ud800"}', "invalid", ""),
    ],
)
def test_a_bad_line_is_a_value_that_names_file_line_and_reason(line, reason, said):
    good, bad, after = read_lines([*lines(article()), line, *lines(article())], "feed.jsonl")
    assert isinstance(bad, BadLine)
    assert (bad.origin, bad.reason, bad.data) == ("feed.jsonl:2", reason, line)
    assert said in bad.detail
    assert good == after


@pytest.mark.parametrize("start", ['{"source": ', '{"uri": "u", "bodies": [], "by": '])
def test_nesting_of_any_depth_is_a_bad_line(tmp_path, start):
    for depth in range(800, 1000):
        line = f"{start}{'[' * depth}{']' * depth}}}".encode()
        (tmp_path / "a.json").write_bytes(line)
        assert isinstance(only(read_lines([line], "f")), BadLine)
        assert isinstance(only(read_articles(tmp_path / "a.json")), BadLine)


def test_what_was_in_a_wrong_field_is_not_repeated():
    bad = only(read_lines(lines(article(status="s3cret")), "f"))
    assert "status" in bad.detail
    assert "s3cret" not in bad.detail


def test_json_files_may_hold_one_object_an_array_or_lines(tmp_path):
    one, many, rows = tmp_path / "one.json", tmp_path / "many.json", tmp_path / "rows.json"
    one.write_text(json.dumps(article()))
    many.write_text(json.dumps([article(), 7, article()], indent=1))
    rows.write_bytes(b"".join(lines(article(), article())))
    assert isinstance(only(read_articles(one)), Article)
    assert [getattr(item, "line", None) for item in read_articles(many)] == [None, 2, None]
    assert len(list(read_articles(rows))) == 2


def test_standard_input_is_lines(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"".join(lines(article(), b"?")))))
    good, bad = read_articles("-")
    assert good.text == "Words."
    assert bad.origin == "stdin:2"


def test_a_path_that_is_not_there_is_an_error_at_once(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_articles(tmp_path / "absent")


def test_a_directory_without_a_manifest_is_its_files_in_order_of_name(tmp_path):
    (tmp_path / "b.jsonl").write_bytes(b"".join(lines(article(text="second"))))
    (tmp_path / "a.txt").write_text("2025-03-05 first")
    (tmp_path / "README.md").write_text("no article")
    assert [item.text for item in read_articles(tmp_path)] == ["2025-03-05 first", "second"]


def manifest(tmp_path, *rows, text="One item.\nTwo item.\nTwo item again."):
    (tmp_path / "page.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "manifest.jsonl").write_bytes(b"".join(lines(*rows)))
    return list(read_articles(tmp_path))


def row(**changes):
    return {"file": "page.txt", "source": "Example Times", "published_at": WHEN, **changes}


def test_a_manifest_row_and_its_file_are_an_article(tmp_path):
    found = only(manifest(tmp_path, row(title="A title", url="https://example.org/a")))
    assert (found.title, found.url, found.source) == ("A title", "https://example.org/a", "Example Times")
    assert found.text.startswith("One item.")


def test_entries_are_found_by_their_first_words_and_put_in_order(tmp_path):
    entries = [{"starts_with": "Two item again", "published_at": WHEN}, {"starts_with": "One", "title": "First"}]
    found = only(manifest(tmp_path, row(entries=entries)))
    assert [(entry.start, entry.title) for entry in found.entries] == [(0, "First"), (20, "")]
    assert found.text[20:].startswith("Two item again")


@pytest.mark.parametrize(
    ("change", "reason", "said"),
    [
        ({"entries": [{"starts_with": "Two item"}]}, "invalid", "this one 2 times: 'Two item'"),
        ({"entries": [{"starts_with": "Nowhere"}]}, "invalid", "this one 0 times"),
        ({"file": "absent.txt"}, "unreadable-file", "absent.txt: No such file"),
        ({"file": "../../etc/passwd"}, "invalid", "outside"),
        ({"published": WHEN}, "invalid", "published: Extra inputs"),
        ({"published_at": "yesterday"}, "invalid", "published_at"),
    ],
)
def test_a_wrong_manifest_row_names_file_and_line(tmp_path, change, reason, said):
    good, bad = manifest(tmp_path, row(), row(**change))
    assert isinstance(good, Article)
    assert (bad.origin, bad.reason) == (f"{tmp_path / 'manifest.jsonl'}:2", reason)
    assert said in bad.detail


def test_a_file_in_another_encoding_is_named(tmp_path):
    bad = only(manifest(tmp_path, row(), text=b"caf\xe9"))
    assert bad.reason == "encoding"
    assert "page.txt" in bad.detail


def a_file(tmp_path, text):
    path = tmp_path / "a.txt"
    path.write_text(text)
    return path


def test_a_text_file_takes_the_date_at_its_start(tmp_path):
    found = only(read_articles(a_file(tmp_path, " date 2025-03-05 The US has cut aid.")))
    assert found.published_at == datetime(2025, 3, 5, tzinfo=UTC)
    assert found.source == "file"


@pytest.mark.parametrize("given", [datetime(2025, 7, 1, tzinfo=UTC), datetime.fromisoformat("2025-07-01")])
def test_a_given_date_goes_before_the_one_in_the_text_and_is_utc_without_a_zone(tmp_path, given):
    found = only(read_articles(a_file(tmp_path, "2025-03-05 Words."), published_at=given))
    assert found.published_at == datetime(2025, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["No date.", "2025-13-45 is no day.", " " * 300 + "2025-03-05 stands too late."])
def test_a_text_file_without_a_date_is_refused_whatever_the_files_own_time(tmp_path, text):
    path = a_file(tmp_path, text)
    os.utime(path, (0, 0))
    bad = only(read_articles(path))
    assert "--published-at" in bad.detail


def test_an_empty_text_file_is_refused(tmp_path):
    assert only(read_articles(a_file(tmp_path, " \n"))).reason == "empty"
