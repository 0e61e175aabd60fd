"""What cannot be read is buried, what was not finished is not acknowledged."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from schemas import Article, DeadLetter
from services.monitor.metrics import Metrics
from services.monitor.offline import Collected
from services.monitor.unit import Acknowledge
from services.monitor.wire import Intact, PoisonFloodError, PoisonLimit, Unreadable, read, readable
from tests.builders import an_article


class FakeStream:
    """Events of a list; remembers what was acknowledged."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self.channel = SimpleNamespace(queue=self)
        self.acknowledged: list[int] = []

    def noack(self) -> "FakeStream":
        return self

    def empty(self) -> bool:
        return not self._values

    async def events(self) -> AsyncIterator[Any]:
        for offset in range(len(self._values)):
            value = self._values.pop(0)
            message = SimpleNamespace(topic="newsmon.articles.raw.v1", partition=0, offset=offset, key=b"k")
            yield SimpleNamespace(value=value, message=message)

    async def ack(self, event: Any) -> None:
        self.acknowledged.append(event.message.offset)


def _intact(letters: Collected[DeadLetter], metrics: Metrics) -> Intact:
    return Intact(
        "deduplicate", letters, metrics, metrics.timed, metrics.passed, lambda: datetime(2025, 1, 1, tzinfo=UTC)
    )


class FakeUnit:
    """Settles at once; `order` tells when, and what was acknowledged by then."""

    def __init__(self, stream: FakeStream, most: int = 64) -> None:
        self._stream, self._most = stream, most
        self.open: list[Acknowledge] = []
        self.turn = asyncio.Lock()
        self.not_mine: set[int] = set()
        self.order: list[tuple[str, list[int]]] = []

    def takes(self, event: Any) -> bool:
        return event.message.offset not in self.not_mine

    def took(self, event: Any, acknowledge: Acknowledge) -> bool:
        self.open.append(acknowledge)
        return len(self.open) >= self._most

    async def settle(self) -> None:
        self.order.append(("settled", list(self._stream.acknowledged)))
        done, self.open = self.open, []
        for acknowledge in done:
            await acknowledge()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "empty"), (b"", "empty"), (b"not json", "not-json"), (b"\xff\xfe{", "encoding"), (b"[]", "invalid"),
        (b"null", "invalid"), (b'{"source": "x"}', "invalid"), (b"[" * 100_000, "not-json"),
        (b'{"source":"x","text":"t","published_at":"2025-01-01T00:00:00"}', "invalid"),
        (b'{"schema_version":2,"source":"x","text":"t","published_at":"2025-01-01T00:00:00Z"}', "unknown-version"),
        (b'{"source":5,"text":"t","published_at":"2025-01-01T00:00:00Z"}', "invalid"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_article_become_a_value_with_a_reason(data: bytes | None, reason: str) -> None:
    found = read(Article, data)
    assert isinstance(found, Unreadable)
    assert (found.reason, found.value) == (reason, data)


def test_the_reason_names_the_field_and_never_what_was_in_it() -> None:
    found = read(Article, b'{"source":"x","text":"t","published_at":"hunter2"}')
    assert isinstance(found, Unreadable)
    assert "published_at" in found.detail
    assert "hunter2" not in found.detail


async def test_good_bad_good_gives_two_articles_and_one_dead_letter_all_acknowledged() -> None:
    good, letters, metrics = an_article(), Collected[DeadLetter](), Metrics()
    stream = FakeStream([good, Unreadable("not-json", "no", b"x"), good])
    seen = [article async for article in readable(stream, FakeUnit(stream), _intact(letters, metrics))]
    assert seen == [good, good]
    assert [(letter.origin, letter.value) for letter in letters.messages] == [("newsmon.articles.raw.v1[0]@1", b"x")]
    assert stream.acknowledged == [0, 1, 2]


async def test_a_message_whose_agent_raised_is_not_acknowledged() -> None:
    stream = FakeStream([an_article(), an_article()])
    articles = readable(stream, FakeUnit(stream), _intact(Collected(), Metrics()))
    await anext(articles)
    with pytest.raises(ZeroDivisionError):
        await articles.athrow(ZeroDivisionError())
    assert stream.acknowledged == []


@pytest.mark.parametrize(
    ("most", "expected"),
    [(64, [("settled", [])]), (1, [("settled", []), ("settled", [0])]), (2, [("settled", [])])],
)
async def test_messages_are_acknowledged_after_the_unit_settled_and_never_before(
    most: int, expected: list[tuple[str, list[int]]]
) -> None:
    stream = FakeStream([an_article(), an_article()])
    unit = FakeUnit(stream, most)
    seen = [article async for article in readable(stream, unit, _intact(Collected(), Metrics()))]
    assert len(seen) == 2
    assert unit.order == expected
    assert stream.acknowledged == [0, 1]


async def test_a_message_that_waited_while_the_partition_was_handed_over_is_left_to_its_new_owner() -> None:
    stream = FakeStream([an_article(), an_article()])
    unit = FakeUnit(stream)
    unit.not_mine = {0}
    seen = [article async for article in readable(stream, unit, _intact(Collected(), Metrics()))]
    assert len(seen) == 1
    assert stream.acknowledged == [1]


def test_one_bad_message_in_ten_stops_nobody() -> None:
    limit = PoisonLimit()
    for number in range(1000):
        limit.seen(unreadable=number % 10 == 0)


def test_a_flood_of_poison_halts_the_worker_and_says_why() -> None:
    limit = PoisonLimit()
    for _ in range(49):
        limit.seen(unreadable=True)
    with pytest.raises(PoisonFloodError, match="50 of the last 50 messages"):
        limit.seen(unreadable=True)
