"""How long from publication to alert, where it goes, and whether the event loop breathes meanwhile: two tables.

`python -m tests.bench.latency [articles] [--kafka] [--write-docs]`. One worker. First a burst of all articles: its rate
is the capacity, and meanwhile /metrics is asked five times a second. Then an idle system, one article at a time; then
random arrivals at 50 % and at 90 % of the capacity. `articles` are sent at each of the four.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services.broker.embedded import free_port
from services.broker.provision import provision
from services.settings import KafkaSettings
from tests.articles import news
from tests.bench.contender import environment
from tests.bench.live import STEPS, Live, Way, live
from tests.bench.options import broker, options
from tests.bench.results import publish

LOADS = (0.5, 0.9)
SETTLED = 3.0  # seconds for the last alerts


class Scrapes:
    """Asks a worker for its metrics from a thread: how long each answer took."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}/metrics"
        self.seconds: list[float] = []
        self.last = ""
        self._over = threading.Event()

    def __enter__(self) -> "Scrapes":
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._over.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._over.wait(0.2):
            began = time.perf_counter()
            with urllib.request.urlopen(self._url, timeout=60) as answer:
                self.last = answer.read().decode()
            self.seconds.append(time.perf_counter() - began)


@contextmanager
def worker(kafka: KafkaSettings, directory: Path, port: int) -> Iterator[float]:
    """One worker that has joined; gives the moment it was started."""
    started = time.time()
    log = directory / "worker.log"
    with log.open("wb") as told:
        environ = environment(kafka, directory) | {"NEWSMON_WORKER_WEB_PORT": str(port)}
        command = [sys.executable, "-m", "services.cli", "worker"]
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
            alive["start to first alert, s"] = system.first - started
    where = ("Apache Kafka" if given.kafka else "the embedded broker") + (
        ", without names" if given.without_names else ""
    )
    title = f"One worker, {where}, {given.size} articles at each load"
    name = "latency" + ("-kafka" if given.kafka else "") + ("-without-names" if given.without_names else "")
    publish(name, [row(load, ways) for load, ways in found.items()], title=title, write=given.write_docs)
    rows: list[dict[str, Any]] = [{"figure": figure, "value": value} for figure, value in alive.items()]
    publish(f"{name}-loop", rows, title=f"{title}: the event loop in the burst", write=given.write_docs)


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


def answered(scrapes: Scrapes) -> dict[str, float]:
    """Answers of /metrics, and the loop's own histogram of how late it woke."""
    late = 0.0
    for line in scrapes.last.splitlines():
        if line.startswith("newsmon_loop_delay_seconds_sum"):
            late = float(line.rsplit(" ", 1)[1])
    count = next(
        (float(line.rsplit(" ", 1)[1]) for line in scrapes.last.splitlines() if "loop_delay_seconds_count" in line), 1.0
    )
    return {
        "/metrics answers, p50 s": statistics.median(scrapes.seconds),
        "/metrics answers, worst s": max(scrapes.seconds),
        "loop woken late, mean s": late / max(1.0, count),
        "loop woken late, worst at most s": _worst(scrapes.last),
    }


def _worst(metrics: str) -> float:
    """The upper bound of the last histogram bucket that anything fell into."""
    before, worst = 0.0, 0.0
    for line in metrics.splitlines():
        if line.startswith("newsmon_loop_delay_seconds_bucket"):
            bound, count = line.split('le="')[1].split('"')[0], float(line.split("} ")[1].split(" ")[0])
            worst, before = (float(bound), count) if count > before else (worst, before)
    return worst


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
