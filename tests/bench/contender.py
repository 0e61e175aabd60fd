"""The name of a contender and articles in; how fast, at what cost in CPU and memory, and whether it was right, out."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kafka.admin import KafkaAdminClient, NewTopic

from schemas import STREAMS, Article
from services.broker.provision import provision
from services.monitor.analysis.final import final
from services.monitor.offline import Offline
from services.monitor.tools import Tools
from services.settings import KafkaSettings
from tests.bench.job import TABLES
from tests.bench.options import broker
from tests.bench.outcome import Outcome, read
from tests.bench.watching import Watched
from tests.pipeline import Pipeline

EXTRA = Path(sys.prefix) / "bench"  # tests/bench/requirements.txt
LOOPS = {
    "newsmon through Kafka": "services.cli",
    "confluent-kafka loop": "tests.bench.contenders.confluent_loop",
    "aiokafka loop": "tests.bench.contenders.aiokafka_loop",
    "quixstreams": "tests.bench.contenders.quix",
}
LISTS = {"newsmon over lists": (), "full spaCy nlp.pipe": ("spacy",)}


@dataclass(frozen=True)
class Run:
    """One run: seconds from the first message written to the last, CPU seconds meanwhile; alerts as offline."""

    seconds: float
    cpu: float
    peak_mb: float
    right: bool | None = None


@dataclass(frozen=True)
class Expected:
    """What the agents over lists made of the same articles."""

    counts: dict[str, int]
    alerts: list[bytes]


def expect(articles: list[Article], tools: Tools) -> Expected:
    """Reports and claims are counted; alerts are compared byte for byte."""
    run = Offline(tools)
    run.feed(articles)
    counts = {STREAMS.enriched.name: len(run.enriched.messages), STREAMS.claims.name: len(run.claims.messages)}
    return Expected(counts, [alert.to_bytes() for alert in final(run.alerts.messages)])


def over_lists(name: str, *, count: int, sentences: int) -> Run:
    """In a process of its own."""
    command = [sys.executable, "-m", "tests.bench.contenders.lists", str(count), str(sentences), *LISTS[name]]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def through_kafka(name: str, articles: list[Article], expected: Expected, *, real: bool) -> Run:
    """A fresh broker is fed first; then one process works everything off. The log's own times are the stopwatch."""
    with tempfile.TemporaryDirectory() as scratch, broker(Path(scratch) / "broker", real=real) as kafka:
        directory = Path(scratch)
        provision(kafka)
        _make_changelogs(kafka)
        Pipeline(kafka, directory).feed(articles)
        with (directory / "log").open("wb") as log:
            process = subprocess.Popen(_command(name), env=environment(kafka, directory), stdout=log, stderr=log)
        try:
            with Watched(process.pid) as watched:
                outcome = read(kafka, expected.counts, lambda: process.poll() is None)
        except TimeoutError as short:
            raise RuntimeError(f"{name}: {short}\n{(directory / 'log').read_text()[-3000:]}") from short
        finally:
            process.kill()
            process.wait()
        return _run(outcome, watched, expected)


def _run(outcome: Outcome, watched: Watched, expected: Expected) -> Run:
    began, ended = outcome.began, outcome.ended
    return Run(ended - began, watched.cpu(began, ended), watched.peak_mb, outcome.alerts() == expected.alerts)


def _command(name: str) -> Sequence[str]:
    module = LOOPS[name]
    return [sys.executable, "-m", module, *(["worker"] if module == "services.cli" else [])]


def environment(kafka: KafkaSettings, directory: Path) -> dict[str, str]:
    """Variables of a process under test; its state goes below `directory`."""
    state = directory / "state"
    state.mkdir()
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(EXTRA)]))
    mine = {"NEWSMON_WORKER_STATE_DIR": str(state), "NEWSMON_WORKER_WEB_PORT": "0", "PYTHONPATH": path}
    return os.environ | kafka.environment() | mine


def _make_changelogs(kafka: KafkaSettings) -> None:
    admin = KafkaAdminClient(**kafka.kafka_python_options())
    try:
        admin.create_topics([NewTopic(f"bench.{name}", 1, 1) for name in TABLES])
    finally:
        admin.close()
