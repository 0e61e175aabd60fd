"""Whatever is killed, frozen, stopped or wiped: the same alerts and stances, byte for byte, as an uninterrupted run."""

import os
import random
import shutil
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from schemas import STREAMS, Article, PolicyShiftAlert
from services.monitor.analysis.final import final
from services.monitor.offline import Offline
from services.monitor.tools import Tools
from services.operations.lag import Lag
from services.settings import KafkaSettings
from tests.articles import news
from tests.brokers import RealKafka, no_java, real_kafka
from tests.pipeline import Pipeline, as_bytes, differences, until

ARTICLES = 400
QUICK = {"NEWSMON_WORKER_NAMED_ENTITIES": "false"}  # two thirds of the reading, and no alert rests on it
pytestmark = pytest.mark.timeout(900)  # twenty restarts of a worker are minutes on a machine that does other things


@dataclass(frozen=True)
class Expected:
    """The uninterrupted run."""

    articles: list[Article]
    alerts: list[bytes]
    stances: dict[str, bytes]


@pytest.fixture(scope="module")
def expected(tools: Tools) -> Expected:
    articles = news(ARTICLES)
    run = Offline(tools)
    run.feed(articles)
    stances = {stance.key: stance.to_bytes() for stance in run.stances.messages}
    return Expected(articles, as_bytes(final(run.alerts.messages)), stances)


def check(run: Pipeline, expected: Expected, report: pytest.FixtureRequest) -> None:
    """The end is the same, and we say how many messages a subscriber had to hold against each other."""
    run.until_read()
    told = [message for message in run.messages(STREAMS.alerts) if isinstance(message, PolicyShiftAlert)]
    assert differences(as_bytes(final(told)), expected.alerts) == []
    assert differences(run.stances().values(), expected.stances.values()) == []
    assert (as_bytes(final(told)), run.stances()) == (expected.alerts, expected.stances)
    assert run.dead_letters() == []
    again = len(told) - len({(message.alert_id, message.revision, message.type) for message in told})
    print(f"\n{report.node.name}: {len(told)} alert messages, {again} of them raw duplicates, same ce_id")


def chunks(articles: list[Article], count: int) -> Iterator[list[Article]]:
    size = -(-len(articles) // count)
    yield from (articles[at : at + size] for at in range(0, len(articles), size))


def progressed(run: Pipeline, lag: Lag, since: int) -> bool:
    """Somebody is working: less is left than before, or all is done."""
    return run.alive() and lag.total() < max(since, 1)


def test_workers_killed_again_and_again_mid_stream_change_nothing(
    fresh_broker: KafkaSettings, tmp_path: Path, expected: Expected, request: pytest.FixtureRequest
) -> None:
    """20 kills on a real Kafka; 4 on the embedded broker, which holds every join for 3 s."""
    dice, kills = random.Random(7), 4 if fresh_broker.embedded else 20
    with Pipeline(fresh_broker, tmp_path, QUICK) as run, Lag(run.kafka) as lag:
        run.start(0)
        run.start(1)
        for chunk in chunks(expected.articles, kills):
            run.feed(chunk)
            before = lag.total()
            until(lambda before=before: progressed(run, lag, before), what="progress between kills", pause=0.05)
            victim = dice.choice([0, 1])
            run.kill(victim)
            run.start(victim)
        check(run, expected, request)


def test_adding_and_removing_workers_while_running_changes_nothing(
    fresh_broker: KafkaSettings, tmp_path: Path, expected: Expected, request: pytest.FixtureRequest
) -> None:
    with Pipeline(fresh_broker, tmp_path, QUICK) as run, Lag(run.kafka) as lag:
        run.start(0)
        for number, chunk in enumerate(chunks(expected.articles, 3), start=1):
            run.feed(chunk)
            before = lag.total()
            until(lambda before=before: progressed(run, lag, before), what="progress", pause=0.05)
            run.start(number)
            if number > 1:
                until(lambda ready=number - 1: run.is_ready(ready), what=f"worker {number - 1} to be ready")
                assert run.stop(number - 1) == 0
        check(run, expected, request)


def test_a_worker_frozen_past_its_session_changes_nothing(
    fresh_broker: KafkaSettings, tmp_path: Path, expected: Expected, request: pytest.FixtureRequest
) -> None:
    with Pipeline(fresh_broker, tmp_path, QUICK) as run, Lag(run.kafka) as lag:
        run.start(0)
        run.feed(expected.articles)
        until(
            lambda: run.alive() and lag.by_stream()[STREAMS.raw.name] < ARTICLES,
            what="the first acknowledgements",
            pause=0.01,
        )
        os.kill(run.workers[0].pid, signal.SIGSTOP)
        assert lag.total() > 0, "frozen too late to be mid-stream"
        run.start(1)
        until(lambda: lag.total() == 0, what="the second worker to take over and finish")
        frozen = run.workers.pop(0)
        os.kill(frozen.pid, signal.SIGCONT)
        assert frozen.wait(60) == 1, "it must not act again: its partitions belong to the other"
        assert "FrozenError" in run.log(0).read_text()
        check(run, expected, request)


def test_a_wiped_state_directory_is_rebuilt_from_the_changelog(
    fresh_broker: KafkaSettings, tmp_path: Path, expected: Expected, request: pytest.FixtureRequest
) -> None:
    first, rest = expected.articles[: ARTICLES // 2], expected.articles[ARTICLES // 2 :]
    with Pipeline(fresh_broker, tmp_path, QUICK) as run:
        run.start(0)
        run.feed(first)
        run.until_read()
        run.kill(0)
        shutil.rmtree(tmp_path / "worker-0")
        run.start(0)
        run.feed(rest)
        check(run, expected, request)


def test_a_feeder_killed_and_run_again_adds_nothing(
    fresh_broker: KafkaSettings, tmp_path: Path, expected: Expected, request: pytest.FixtureRequest
) -> None:
    with Pipeline(fresh_broker, tmp_path, QUICK) as run:
        run.start(0)
        run.feed(expected.articles[: ARTICLES // 3])
        run.feed(expected.articles)
        check(run, expected, request)


@pytest.fixture
def cluster(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[RealKafka]:
    if reason := no_java():
        pytest.skip(reason)
    with real_kafka(tmp_path / "kafka", nodes=request.param) as running:
        yield running


@pytest.mark.kafka
@pytest.mark.parametrize("cluster", [1], indirect=True)
@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_broker_that_goes_and_comes_back_changes_nothing(
    cluster: RealKafka, tmp_path: Path, expected: Expected, request: pytest.FixtureRequest, end: str
) -> None:
    with Pipeline(cluster.settings, tmp_path, QUICK) as run:
        run.start(0)
        run.feed(expected.articles)
        until(lambda: len(run.messages(STREAMS.alerts)) > 5, what="the first alerts")
        getattr(cluster, end)(1)
        threading.Event().wait(2)  # an outage has a length
        cluster.start(1)
        check(run, expected, request)


@pytest.mark.kafka
@pytest.mark.parametrize("cluster", [3], indirect=True)
def test_a_cluster_of_three_that_loses_one_broker_changes_nothing(
    cluster: RealKafka, tmp_path: Path, expected: Expected, request: pytest.FixtureRequest
) -> None:
    with Pipeline(cluster.settings, tmp_path, QUICK) as run:
        run.start(0)
        run.start(1)
        run.feed(expected.articles)
        until(lambda: len(run.messages(STREAMS.alerts)) > 5, what="the first alerts")
        cluster.kill(2)
        check(run, expected, request)
