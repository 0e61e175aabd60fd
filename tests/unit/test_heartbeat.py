"""A heartbeat says nothing in every stream's own words, goes on to every partition, and is nobody's article."""

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from kafka.errors import KafkaTimeoutError

from schemas import STREAMS, Article, Message, Stream
from schemas.heartbeat import HEADER, ID, Heartbeat, heartbeat_in
from services.feeder.heartbeat import keep_beating
from services.monitor.metrics import Metrics
from services.monitor.offline import Collected
from services.monitor.relay import Onward, Relay, following
from services.monitor.tools import Tools
from services.monitor.wire import Intact, Wire, readable
from services.settings import KafkaSettings
from tests.builders import WHEN, an_article
from tests.stream.test_wire import FakeStream, FakeUnit

BEAT = Heartbeat(WHEN)
CARRIED = (STREAMS.raw, STREAMS.unique, STREAMS.classified, STREAMS.claims)


class Outlet:
    def __init__(self) -> None:
        self.sent: list[tuple[str, Message, int]] = []

    async def put(self, key: str, value: Message, *, partition: int, headers: Mapping[str, bytes]) -> None:
        assert heartbeat_in(headers) == BEAT
        self.sent.append((key, value, partition))


def age(metrics: Metrics, stage: str, partition: int) -> float | None:
    labels = {"stage": stage, "partition": str(partition)}
    return metrics.registry.get_sample_value("newsmon_heartbeat_sent_timestamp_seconds", labels)


@pytest.mark.parametrize("stream", CARRIED, ids=lambda stream: stream.name)
def test_its_value_is_one_that_any_reader_of_the_stream_decodes(stream: Stream) -> None:
    value = BEAT.value(stream.type)
    assert stream.type.from_bytes(value.to_bytes()) == value


@pytest.mark.parametrize("stream", [s for s in STREAMS if s not in CARRIED], ids=lambda stream: stream.name)
def test_no_stream_of_subscribers_carries_one(stream: Stream) -> None:
    with pytest.raises(KeyError):
        BEAT.value(stream.type)


def test_the_header_says_when_it_was_sent() -> None:
    assert heartbeat_in(BEAT.headers()) == heartbeat_in(list(BEAT.headers().items())) == BEAT


@pytest.mark.parametrize("headers", [None, {}, [], {"content-type": b"x"}, {HEADER: b"soon"}, {HEADER: b"\xff"}])
def test_without_an_instant_in_the_header_it_is_no_heartbeat(headers: Any) -> None:
    assert heartbeat_in(headers) is None


def test_an_article_that_looks_like_one_is_still_an_article() -> None:
    value = BEAT.value(Article)
    message = SimpleNamespace(headers=[("content-type", b"x")], value=value.to_bytes())
    assert Wire(STREAMS.raw).loads_value(None, message) == value
    assert Wire(STREAMS.raw).loads_value(None, SimpleNamespace(headers=BEAT.headers(), value=b"no matter")) == BEAT


def test_a_stage_passes_it_to_the_stage_after_it() -> None:
    assert [following(stage) for stage in ("deduplicate", "classify", "extract", "alert")] == [
        STREAMS.unique, STREAMS.classified, STREAMS.claims, None]  # fmt: skip


async def test_one_becomes_one_for_every_partition_and_stays_in_it() -> None:
    first, second = Outlet(), Outlet()
    await Relay("deduplicate", Metrics(), Onward(STREAMS.unique, first), spread=4).on(BEAT, 0)
    await Relay("classify", Metrics(), Onward(STREAMS.classified, second)).on(BEAT, 2)
    await Relay("alert", Metrics(), None).on(BEAT, 2)
    assert [(key, type(value), at) for key, value, at in first.sent] == [
        (ID, STREAMS.unique.type, at) for at in range(4)
    ]
    assert [(key, type(value), at) for key, value, at in second.sent] == [(ID, STREAMS.classified.type, 2)]


def test_the_newest_is_shown_though_an_older_one_is_read_again() -> None:
    metrics = Metrics()
    relay = Relay("alert", metrics, None)
    for seconds in (0, 60, 30):
        relay.done(Heartbeat(WHEN + timedelta(seconds=seconds)), 3)
    assert age(metrics, "alert", 3) == WHEN.timestamp() + 60
    assert age(metrics, "alert", 0) is None


async def test_no_agent_sees_one_and_nothing_counts_it_but_it_is_settled_in_its_turn() -> None:
    metrics, outlet, article = Metrics(), Outlet(), an_article()
    stream = FakeStream([BEAT, article, BEAT])
    relay = Relay("deduplicate", metrics, Onward(STREAMS.unique, outlet), spread=2)
    intact = Intact("deduplicate", Collected(), metrics, metrics.timed, metrics.passed,
                    lambda: datetime(2025, 1, 1, tzinfo=UTC), relay)  # fmt: skip
    unit = FakeUnit(stream)
    assert [seen async for seen in readable(stream, unit, intact)] == [article]
    assert unit.order == [("settled", [])]
    assert stream.acknowledged == [0, 1, 2]
    assert len(outlet.sent) == 4
    assert age(metrics, "deduplicate", 0) == WHEN.timestamp()
    value = metrics.registry.get_sample_value
    assert value("newsmon_messages_received_total", {"stage": "deduplicate"}) == 1
    assert value("newsmon_transit_seconds_count", {"stage": "deduplicate"}) == 0


def test_a_worker_of_an_older_version_lets_it_pass_without_a_word(tools: Tools) -> None:
    """Its value alone, as one reads it who does not know the header: withheld by the intake, sent on by nobody."""
    from services.monitor.offline import Offline

    article = BEAT.value(Article)
    assert isinstance(article, Article)
    run = Offline(tools)
    run.feed([article])
    assert (run.reports.messages, run.claims.messages, run.alerts.messages) == ([], [], [])


def test_a_heartbeat_that_is_not_acknowledged_is_told_and_the_next_is_tried(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stop, tried = threading.Event(), []

    class Producer:
        def close(self, timeout: float) -> None:
            tried.append(f"closed within {timeout:.0f} s")

    def refuse(_producer: object, _now: datetime) -> None:
        tried.append("beat")
        if len(tried) == 2:
            stop.set()
        raise KafkaTimeoutError("nobody there")

    monkeypatch.setattr("services.feeder.heartbeat.connect", lambda _settings: Producer())
    monkeypatch.setattr("services.feeder.heartbeat.beat", refuse)
    keep_beating(KafkaSettings(), 0.001, stop=stop)
    assert tried == ["beat", "beat", "closed within 20 s"]
    assert capsys.readouterr().err.count("nobody there") == 2
