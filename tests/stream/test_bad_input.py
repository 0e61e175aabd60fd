"""What an enemy or a broken feed sends is handled or buried with its reason, and what it becomes fits a message."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from schemas import Article, DeadLetter, EnrichedReport, Entry, Message
from services.monitor.analysis.actors.entities import MOST_NAMES, entities
from services.monitor.analysis.claims.messages import MOST_CLAIMS, bounded
from services.monitor.analysis.claims.sentences import MAX_CHARACTERS
from services.monitor.analysis.intake.fingerprints import fingerprint
from services.monitor.analysis.intake.memory import CopyMemory
from services.monitor.analysis.intake.parts import MOST_PARTS
from services.monitor.analysis.intake.text import LIMIT
from services.monitor.analysis.told import Told, changes
from services.monitor.app import MAX_MESSAGE_BYTES
from services.monitor.metrics import Metrics
from services.monitor.offline import Collected, Offline
from services.monitor.tools import Tools
from services.monitor.wire import MAX_BURIED_BYTES, Unreadable, read, readable
from tests.builders import WHEN, a_claim, a_report, an_article
from tests.hostile import TEXTS
from tests.stream.test_wire import FakeStream, FakeUnit, _intact

ROOM = MAX_MESSAGE_BYTES - 64 * 1024  # for key, headers and the batch around the value
SAID = "The United States has suspended military aid to Ukraine, the White House said on Monday."


def sizes(messages: Any) -> list[int]:
    return [len(m.to_bytes()) if isinstance(m, Message) else len(json.dumps(m)) for m in messages if m is not None]


def an_article_as_json(**changes: Any) -> bytes:
    return json.dumps({"source": "x", "text": SAID, "published_at": "2025-03-05T12:00:00Z"} | changes).encode()


@pytest.mark.parametrize(
    ("data", "reason", "named"),
    [
        (an_article_as_json(published_at="9999-12-31T23:59:59Z"), "invalid", "published_at"),
        (an_article_as_json(published_at="0001-01-01T00:00:00+14:00"), "invalid", "published_at"),
        (an_article_as_json(published_at="2025-03-05T12:00:00"), "invalid", "published_at"),
        (an_article_as_json(published_at="2025-02-30T12:00:00Z"), "invalid", "published_at"),
        (an_article_as_json(ingested_at="0001-01-01T00:00:00+14:00"), "invalid", "ingested_at"),
        (an_article_as_json(entries=[{"start": -1}]), "invalid", "entries.0.start"),
        (an_article_as_json(text=["a"]), "invalid", "text"),
        (an_article_as_json(text=None), "invalid", "text"),
        (an_article_as_json(source="x" * 300), "invalid", "source"),
        (an_article_as_json(id="x" * 300), "invalid", "id"),
        (an_article_as_json(schema_version=0), "unknown-version", "schema_version"),
        (an_article_as_json(schema_version="1"), "unknown-version", "schema_version"),
        (an_article_as_json()[:-1], "not-json", ""),
        (an_article_as_json(text="\ud800"), "not-json", ""),
        (an_article_as_json().decode().encode("utf-16"), "encoding", ""),
        (an_article_as_json(text="Größe").decode("unicode_escape").encode("latin-1"), "encoding", ""),
        (b"[" * 2_000_000, "not-json", ""),
        (b'{"text":' * 200_000, "not-json", ""),
        (b"1" * 1_000_000, "not-json", ""),
        (b'"' + b"a" * 1_000_000, "not-json", ""),
    ],
)  # fmt: skip
def test_what_is_no_article_is_named(data: bytes, reason: str, named: str) -> None:
    found = read(Article, data)
    assert isinstance(found, Unreadable)
    assert found.reason == reason
    assert named in found.detail
    assert len(found.detail) <= 2000


@pytest.mark.parametrize(("size", "cut"), [(MAX_BURIED_BYTES, False), (MAX_MESSAGE_BYTES, True)])
async def test_a_dead_letter_of_the_largest_message_fits_into_a_message(size: int, cut: bool) -> None:
    letters: Collected[DeadLetter] = Collected()
    stream = FakeStream([Unreadable("not-json", "no", b"\xff" * size)])
    assert [article async for article in readable(stream, FakeUnit(stream), _intact(letters, Metrics()))] == []
    assert max(sizes(letters.messages)) < ROOM
    assert letters.messages[0].truncated is cut


@pytest.mark.parametrize(
    "article",
    [
        an_article(""), an_article(" \u200b\n\ufeff"), an_article("\x00\x01\x02"), an_article("."),
        an_article("\n" * 1000), an_article("中国政府宣布暂停。" * 20), an_article(SAID, title="\x1b[2J" * 100),
        an_article(SAID, language="no such"), an_article(SAID, url="http://["),
        an_article(SAID, url="javascript:alert(1)"), an_article(SAID, source="\u202e" * 9),
        an_article(SAID, credit="(Reuters) " * 10_000), an_article(SAID, entries=(Entry(start=10**9),)),
        Article(source="x", html="<" * 10_000, published_at=WHEN), Article(source="x", html="", published_at=WHEN),
        Article(source="x", status="canceled", published_at=WHEN),
        Article(source="x", status="withheld", published_at=WHEN),
    ],
)  # fmt: skip
def test_an_odd_article_is_counted_once_and_the_next_one_is_read(tools: Tools, article: Article) -> None:
    run = Offline(tools)
    run.feed([article, an_article(SAID, url="http://after.example/1")])
    samples = {(s.name, *s.labels.values()): s.value for m in run.metrics.registry.collect() for s in m.samples}
    assert sum(v for key, v in samples.items() if key[:2] == ("newsmon_articles_total", "deduplicate")) == 2
    assert run.alerts.messages


def test_zero_width_and_direction_marks_hide_nothing(tools: Tools) -> None:
    run = Offline(tools)
    hidden = "".join(f"{letter}\u200b" for letter in SAID) + "\u202e"
    run.feed([an_article(hidden)])
    assert [alert.actor.id for alert in run.alerts.messages] == ["USA"]
    assert run.reports.messages[0].text == SAID


@pytest.mark.parametrize("text", ["zero width", "quotes and stops"])
def test_what_the_longest_text_becomes_fits_into_a_message(tools: Tools, text: str) -> None:
    longest = TEXTS[text](LIMIT).replace("a", "😀")
    taken = tools.intake.take(an_article(longest), CopyMemory({}))
    assert max(sizes([*taken.reports, *taken.writes.values()]), default=0) < ROOM


def test_a_page_of_a_hundred_thousand_entries_with_huge_titles_is_cut_into_parts_that_fit(tools: Tools) -> None:
    text = "\n".join(f"{number}: {SAID}" for number in range(MOST_PARTS + 500))
    starts = range(0, len(text), len(text) // 100_000)
    entries = [Entry(start=start, title="t" * 50, url="http://x/" + "u" * 20) for start in starts]
    entries[0] = Entry(start=0, title="t" * 3_000_000, url="u" * 3_000_000)
    taken = tools.intake.take(an_article(text, entries=tuple(entries)), CopyMemory({}))
    assert len(taken.reports) <= MOST_PARTS
    assert max(sizes([*taken.reports, *taken.writes.values()])) < ROOM


def test_a_text_of_nothing_but_names_becomes_an_enriched_report_that_fits(tools: Tools) -> None:
    text = " ".join(f"Ann Name{number}" for number in range(2 * MOST_NAMES))
    spans = [(found.start(), found.end(), "PERSON") for found in re.finditer(r"Ann \w+", text)]
    found = entities(text, (), spans)
    assert sum(len(entity.mentions) for entity in found) == MOST_NAMES
    report = EnrichedReport(**dict(a_report("😀" * LIMIT)), entities=found)
    assert len(report.to_bytes()) < ROOM / 2


def test_a_report_makes_at_most_so_many_claims_and_those_of_a_slot_of_reports_fit_together() -> None:
    quote, rows = "😀" * MAX_CHARACTERS, {}
    told = Told(rows, slots=1)
    for report in range(6):
        many = [a_claim(id=f"{report}-{n}", instrument=f"i{n}", quote=quote) for n in range(2 * MOST_CLAIMS)]
        kept = bounded(many)
        assert len(kept) == MOST_CLAIMS
        told.apply(f"r{report}", changes((), kept))
    assert max(sizes(rows.values())) < ROOM


def test_a_million_sentences_are_read_up_to_the_limit_and_the_rest_is_known_to_be_lost(tools: Tools) -> None:
    divided = tools.intake.take(an_article(SAID + "\n" + "He ran. " * 1_000_000), CopyMemory({})).divided
    assert divided is not None
    assert divided.lost > 7_000_000
    assert [part.text.startswith(SAID) for part in divided.parts] == [True]


def test_the_memory_row_of_the_longest_text_fits() -> None:
    words = " ".join(f"w{n % 977} x{n} y{n % 89}." for n in range(30_000))
    assert fingerprint(words).sentences.size < 200_000


@pytest.mark.parametrize("skew", [timedelta(days=-20_000), timedelta(days=60_000), timedelta(seconds=-1)])
def test_the_feeders_clock_changes_no_byte_of_an_alert(tools: Tools, skew: timedelta) -> None:
    said = [an_article(SAID, url=f"http://{n}.example/", source=f"Paper {n}", ingested_at=WHEN) for n in range(3)]
    right, wrong = Offline(tools), Offline(tools)
    right.feed(said)
    wrong.feed([article.model_copy(update={"ingested_at": WHEN + skew}) for article in said])
    assert [a.to_bytes() for a in wrong.alerts.messages] == [a.to_bytes() for a in right.alerts.messages]
