"""A real Prometheus on a real run: every dashboard query answers, the lag is right, and a broken service is told of."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas import STREAMS
from services.broker.embedded import free_port
from services.feeder.heartbeat import beat
from services.feeder.publisher import connect
from services.operations import alive
from services.operations.lag import READ, Lag
from services.operations.processes import Workers
from services.settings import KafkaSettings
from tests.articles import news
from tests.deploy.boards import Query, queries
from tests.deploy.instruments import Prometheus, alertmanager, prometheus, webhook
from tests.pipeline import Pipeline, until

SPAN = "15m"  # longer than the test


@dataclass(frozen=True)
class Run:
    """Everything that runs."""

    pipeline: Pipeline
    workers: Workers
    prometheus: Prometheus

    def feed(self, count: int, *, seed: int) -> None:
        """Generated articles as the feeder sends them, and one message that nobody can read."""
        now = datetime.now(UTC)
        self.pipeline.feed(article.model_copy(update={"ingested_at": now}) for article in news(count, seed=seed))
        self.pipeline.send(STREAMS.raw, [(b"bad", b"not json")])
        self.beat()

    def beat(self) -> None:
        """A heartbeat, which counts nowhere."""
        with contextlib.closing(connect(self.pipeline.kafka)) as producer:
            beat(producer, datetime.now(UTC))

    def until_read(self) -> None:
        """Every stream read to its end."""
        with Lag(self.pipeline.kafka) as lag:
            until(lambda: self._alive() and lag.total() == 0, what="the end of the streams")

    def _alive(self) -> bool:
        self.workers.check()
        return True

    def unanswered(self) -> list[str]:
        """Titles of the panels whose query gives nothing yet."""
        asked: list[Query] = [query._replace(expression=query.expression.replace("$__rate_interval", SPAN))
                              for query in queries()]  # fmt: skip
        return [f"{q.board}: {q.panel}" for q in asked if not self.prometheus.query(q.plain(span=SPAN))]


@pytest.fixture
def run(fresh_broker: KafkaSettings, tmp_path: Path) -> Iterator[Run]:
    workers = Workers(tmp_path)
    try:
        with Pipeline(fresh_broker, tmp_path) as pipeline, webhook() as url:
            for _ in range(2):
                workers.start(fresh_broker, free_port())
            targets = [f"127.0.0.1:{port}" for port in workers.ports]
            with alertmanager(tmp_path / "am", url) as told, prometheus(tmp_path / "prom", targets, told) as scraper:
                yield Run(pipeline, workers, scraper)
    finally:
        workers.stop()


def test_a_real_run_is_seen_and_its_end_is_told(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.feed(60, seed=1)
    run.until_read()
    until(lambda: len(run.prometheus.query("newsmon_loop_timestamp_seconds > 0")) == 2, what="two scraped workers")
    run.feed(60, seed=2)  # increases need a scrape before and after
    run.until_read()

    until(lambda: run.unanswered() == [], what=f"data in every panel, none in {run.unanswered()}", seconds=30)
    if pictures := os.environ.get("NEWSMON_PICTURES"):  # how docs/pictures/dashboard-*.png were made
        command = [sys.executable, "-m", "tools.dashboards.picture", run.prometheus.url, pictures, "3"]
        subprocess.run(command, check=True, timeout=120)
    _the_lag_is_that_of_the_broker(run)
    _sums_hold(run)
    assert run.prometheus.exemplars("newsmon_alerts_total")
    assert run.prometheus.query("sum(faust_total_events_total) > 0"), "Faust's sensor, under its own prefix"
    for port in run.workers.ports:
        monkeypatch.setenv("NEWSMON_WORKER_WEB_PORT", str(port))
        assert alive.main([]) == 0

    run.workers.stop()
    heard: list[str] = []
    until(lambda: "firing NewsmonNoWorker" in _heard(heard, capsys), what="the webhook hearing of it", seconds=60)


def _the_lag_is_that_of_the_broker(run: Run) -> None:
    """At rest every partition is shown by one worker, and is 0: Faust's own gauge shows 1 each."""
    partitions = 1 + 3 * run.pipeline.kafka.partitions
    assert len(READ) == 4
    until(lambda: len(run.prometheus.query("newsmon_consumer_lag_messages")) == partitions, what="every partition")
    until(lambda: not run.prometheus.query("newsmon_consumer_lag_messages > 0"), what="no lag", seconds=30)


def _sums_hold(run: Run) -> None:
    came = "sum by (stage) (newsmon_messages_received_total)"
    assert len(run.prometheus.query(f"{came} == sum by (stage) (newsmon_articles_total)")) == 4
    assert run.prometheus.query(f"{came} == 122")[0]["metric"]["stage"] == "deduplicate"
    assert run.prometheus.query('sum(newsmon_articles_total{outcome="dead-letter"})')[0]["value"][1] == "2"


def _heard(lines: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    lines.append(capsys.readouterr().out)
    return "".join(lines)
