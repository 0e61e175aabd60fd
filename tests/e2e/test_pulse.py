"""Heartbeats through the real pipe: seen in every partition of every stage, and otherwise as if they were not there."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaProducer
from prometheus_client.parser import text_string_to_metric_families

from schemas import STREAMS, Article
from services.broker.embedded import free_port
from services.feeder.heartbeat import beat
from services.feeder.publisher import connect
from services.feeder.sources import read_articles
from services.monitor.analysis.final import final
from services.monitor.declarations import STAGES
from services.monitor.offline import Offline
from services.monitor.tools import Tools
from services.operations.processes import Workers
from services.settings import KafkaSettings
from tests.brokers import embedded_kafka
from tests.pipeline import Pipeline, as_bytes, until

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    running = Workers(tmp_path)
    yield running
    running.stop()


def samples(workers: Workers, name: str) -> dict[tuple[str, ...], float]:
    """Of all workers: a counter's sum, a gauge's greatest."""
    found: dict[tuple[str, ...], float] = {}
    for port in workers.ports:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as page:
            families = list(text_string_to_metric_families(page.read().decode()))
        for sample in (sample for family in families for sample in family.samples if sample.name == name):
            key, value = _by_name(sample.labels), sample.value
            before = found.get(key, 0.0)
            found[key] = before + value if name.endswith("_total") else max(before, value)
    return found


def ages_from(workers: Workers, moment: datetime) -> set[tuple[str, ...]]:
    """Partition and stage where a heartbeat of that moment, or a later one, came through."""
    gauge = samples(workers, "newsmon_heartbeat_sent_timestamp_seconds")
    return {key for key, sent in gauge.items() if sent >= moment.timestamp()}


def everywhere(partitions: int) -> set[tuple[str, ...]]:
    return {("0", "deduplicate")} | {(str(at), stage) for stage in STAGES[1:] for at in range(partitions)}


def _by_name(labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(value for _, value in sorted(labels.items()))


def send(producer: KafkaProducer, article: Article) -> None:
    producer.send(STREAMS.raw.name, key=article.id.encode(), value=article.to_bytes()).get(30)


def test_alerts_stances_and_every_count_are_those_of_a_run_without_heartbeats(
    fresh_broker: KafkaSettings, workers: Workers, tmp_path: Path, tools: Tools
) -> None:
    articles = [found for found in read_articles(SEEDS) if isinstance(found, Article)]
    expected = Offline(tools)
    expected.feed(articles)
    with Pipeline(fresh_broker, tmp_path) as pipeline:
        workers.start(fresh_broker, free_port())  # one: what moves to another is read again, and counted again
        producer = connect(fresh_broker)
        for article in articles:
            beat(producer, datetime.now(UTC))
            send(producer, article)
        last = datetime.now(UTC)
        beat(producer, last)
        producer.close()
        until(lambda: _reached(workers) and ages_from(workers, last) == everywhere(4), what="the last heartbeat")
        pipeline.until_read()

        assert as_bytes(pipeline.alerts()) == as_bytes(final(expected.alerts.messages))
        assert pipeline.stances() == {stance.key: stance.to_bytes() for stance in expected.stances.messages}
        assert _ids(pipeline.messages(STREAMS.enriched)) == _ids(expected.enriched.messages)
        assert pipeline.dead_letters() == []
        _counts_are(workers, expected)


@pytest.mark.embedded
def test_the_command_beats_until_it_is_told_to_stop_and_leaves_nothing_in_any_table(
    embedded_alone: KafkaSettings, workers: Workers, tmp_path: Path
) -> None:
    began = datetime.now(UTC)
    with Pipeline(embedded_alone, tmp_path):
        workers.start(embedded_alone, free_port())
        command = [sys.executable, "-m", "services.cli", "heartbeat", "--every", "0.5"]
        beating = subprocess.Popen(command, env=_environment(embedded_alone))
        try:
            until(lambda: _reached(workers) and ages_from(workers, began) == everywhere(4), what="a first heartbeat")
            later = datetime.now(UTC)
            until(lambda: ages_from(workers, later) == everywhere(4), what="a next one", seconds=30)
        finally:
            beating.terminate()
            assert beating.wait(30) == 0
        assert set(samples(workers, "newsmon_table_rows").values()) == {0.0}
        assert set(samples(workers, "newsmon_messages_received_total").values()) == {0.0}


@pytest.fixture
def embedded_alone(tmp_path: Path) -> Iterator[KafkaSettings]:
    with embedded_kafka(tmp_path / "alone") as settings:
        yield settings


def _ids(messages: Iterable[Any]) -> list[str]:
    return sorted(message.id for message in messages)


def _environment(kafka: KafkaSettings) -> dict[str, str]:
    return os.environ | kafka.environment()


def _reached(workers: Workers) -> bool:
    workers.check()
    try:
        samples(workers, "up")
    except OSError:
        return False
    return True


def _counts_are(workers: Workers, expected: Offline) -> None:
    """What came and what became of it: each stage's sums are those of the run over lists."""
    for name in ("newsmon_messages_received_total", "newsmon_articles_total", "newsmon_claims_total"):
        offline = {_by_name(s.labels): s.value for m in expected.metrics.registry.collect()
                   for s in m.samples if s.name == name}  # fmt: skip
        assert samples(workers, name) == offline, name
