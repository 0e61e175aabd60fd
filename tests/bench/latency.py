"""How long from publication to alert, where it goes, and whether the event loop breathes meanwhile: two tables.

`python -m tests.bench.latency [articles] [--kafka] [--write-docs]`. One worker. First a burst of all articles: its rate
is the capacity, and meanwhile /metrics is asked five times a second. Then an idle system, one article at a time; then
random arrivals at 50 % and at 90 % of the capacity. `articles` are sent at each of the four.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services.broker.embedded import free_port
from services.broker.provision import provision
from services.settings import KafkaSettings
from tests.articles import news
from tests.bench.breathing import Scrapes, answered
from tests.bench.contender import environment
from tests.bench.live import STEPS, Live, Way, live
from tests.bench.options import broker, options
from tests.bench.results import publish

LOADS = (0.5, 0.9)
SETTLED = 3.0  # seconds for the last alerts


@contextmanager
def worker(kafka: KafkaSettings, directory: Path, port: int) -> Iterator[float]:
    """One worker that has joined; gives the moment it was started."""
    started = time.time()
    log = directory / "worker.log"
    with log.open("wb") as told:
        mine = {"NEWSMON_WORKER_WEB_PORT": str(port), "BENCH_TURNS": str(directory / "turns")}
        environ = environment(kafka, directory) | mine
        command = [sys.executable, "-m", "tests.bench.contenders.turning"]
        process = subprocess.Popen(command, env=environ, stdout=told, stderr=told)
    try:
        while "Worker ready" not in log.read_text():
            if process.poll() is not None:
                raise RuntimeError(log.read_text()[-3000:])
            time.sleep(0.05)
        yield started
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Both tables."""
    parser = options(__doc__ or "", size=60, rounds=1)
    parser.add_argument("--without-names", action="store_true", help="worker.named_entities off")
    given = parser.parse_args()
    os.environ["NEWSMON_WORKER_NAMED_ENTITIES"] = str(not given.without_names)
    with tempfile.TemporaryDirectory() as scratch, broker(Path(scratch) / "broker", real=given.kafka) as kafka:
        provision(kafka)
        port = free_port()
        with worker(kafka, Path(scratch), port) as started, live(kafka) as system:
            found, alive = measured(system, given.size, given.sentences, port)
            alive |= json.loads((Path(scratch) / "turns").read_text())
            alive["start to first alert, s"] = system.first - started
    where = ("Apache Kafka" if given.kafka else "the embedded broker") + (
        ", without names" if given.without_names else ""
    )
    title = f"One worker, {where}, {given.size} articles at each load"
    name = "latency" + ("-without-names" if given.without_names else "")
    publish(name, [row(load, ways) for load, ways in found.items()], title=title, write=given.write_docs)
    rows: list[dict[str, Any]] = [{"figure": figure, "value": value} for figure, value in alive.items()]
    publish(f"{name}-loop", rows, title=f"{title}: does the worker breathe?", write=given.write_docs)


def measured(system: Live, size: int, sentences: int, port: int) -> tuple[dict[str, list[Way]], dict[str, float]]:
    """The ways of each load, and how the worker answered in the burst."""
    articles = news(5 * size, sentences=sentences)
    system.one_by_one(articles[: size // 10 + 5])  # the first ones load what is loaded on first use
    parts = [articles[at : at + size] for at in range(size, 5 * size, size)]
    began = time.monotonic()
    with Scrapes(port) as scrapes:
        system.at_rate(parts[0], 1e6)
    capacity = size / (time.monotonic() - began)
    time.sleep(SETTLED)
    system.one_by_one(parts[1])
    for load, part in zip(LOADS, parts[2:], strict=True):
        system.at_rate(part, load * capacity)
        time.sleep(SETTLED)
    loads = ("burst", "idle", *(f"{load:.0%} of {capacity:.1f}/s" for load in LOADS))
    found = {load: system.caused_by(part) for load, part in zip(loads, parts, strict=True)}
    return found, {"capacity, articles/s": capacity} | answered(scrapes)


def row(load: str, ways: Sequence[Way]) -> dict[str, Any]:
    """Percentiles of the whole way, and the median of each step."""
    whole = sorted(way.moments[-1] for way in ways)
    steps = {step: statistics.median(way.steps[n] for way in ways) for n, step in enumerate(STEPS)}
    return {
        "load": load,
        "alerts": len(ways),
        **{f"p{share}, s": whole[min(len(whole) - 1, len(whole) * share // 100)] for share in (50, 95, 99)},
        **{f"{step}, p50": value for step, value in steps.items()},
    }


if __name__ == "__main__":
    main()
