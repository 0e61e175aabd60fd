"""What being seen costs a worker on a broker: `python -m tests.bench.cost_of_watching embedded|kafka [N [rounds]]`.

The same articles through one worker, in turn with everything (metrics, Faust's sensor, the looks at lag and disk, a
scrape every second: fifteen times as many as deployed) and with nothing of it. The log is the stopwatch, /proc tells
the CPU. Run it alone: the load of others shows in the spread.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from schemas import STREAMS, Article
from services.broker.embedded import free_port
from services.monitor.offline import Offline
from services.monitor.tools import load_tools
from services.settings import KafkaSettings
from tests.articles import news
from tests.bench.outcome import read
from tests.bench.watching import Watched
from tests.brokers import embedded_kafka, real_kafka
from tests.pipeline import Pipeline

SCRAPE_SECONDS = 1.0
SEEN, UNSEEN = "services.cli", "tests.bench.unseen"


class Run(NamedTuple):
    """Of one worker over all articles, from the first report it wrote to the last."""

    articles_a_second: float
    cpu: float


def measured(where: str, articles: list[Article], reports: int, module: str) -> Run:
    """One worker, started on a broker that holds the articles already."""
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as stack:
        directory = Path(scratch)
        kafka = stack.enter_context(broker(where, directory))
        stack.enter_context(Pipeline(kafka, directory)).feed(articles)
        process = stack.enter_context(worker(kafka, directory, module))
        watched = stack.enter_context(Watched(process.pid))
        outcome = read(kafka, {STREAMS.enriched.name: reports})
        took = outcome.ended - outcome.began
        return Run(len(articles) / took, watched.cpu(outcome.began, outcome.ended))


@contextlib.contextmanager
def broker(where: str, directory: Path) -> Iterator[KafkaSettings]:
    """A fresh one."""
    if where == "embedded":
        with embedded_kafka(directory / "broker") as settings:
            yield settings
    else:
        with real_kafka(directory / "kafka") as running:
            yield running.settings


@contextlib.contextmanager
def worker(kafka: KafkaSettings, directory: Path, module: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Its process, and while it runs somebody who scrapes it; nobody answers for the unseen one."""
    port, over = free_port(), threading.Event()
    environment = os.environ | kafka.environment() | {
        "NEWSMON_WORKER_STATE_DIR": str(directory / "state"), "NEWSMON_WORKER_WEB_PORT": str(port)
    }  # fmt: skip
    command = [sys.executable, "-m", module, "worker"]
    scraping = threading.Thread(target=_scrape, args=(port, over), daemon=True)
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    scraping.start()
    try:
        yield process
    finally:
        over.set()
        scraping.join()
        process.kill()
        process.wait()


def _scrape(port: int, over: threading.Event) -> None:
    while not over.wait(SCRAPE_SECONDS):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read()


def main(where: str, count: int, rounds: int) -> None:
    """Print one table."""
    articles = news(count)
    offline = Offline(load_tools())
    offline.feed(articles)
    reports = len(offline.enriched.messages)
    runs: dict[str, list[Run]] = {SEEN: [], UNSEEN: []}
    for number in range(rounds):
        for module in (SEEN, UNSEEN) if number % 2 == 0 else (UNSEEN, SEEN):
            last = measured(where, articles, reports, module)
            runs[module].append(last)
            print(f"{module:22} {last.articles_a_second:7.1f} articles/s {last.cpu:6.2f} s CPU", flush=True)
    pairs = list(zip(runs[SEEN], runs[UNSEEN], strict=True))
    slower = 1 - statistics.median(seen.articles_a_second / unseen.articles_a_second for seen, unseen in pairs)
    dearer = statistics.median(seen.cpu / unseen.cpu for seen, unseen in pairs) - 1
    print(f"{where}, {count} articles, {rounds} rounds, medians of pairs:")
    print(f"{slower:+.1%} of the throughput, {dearer:+.1%} CPU")


if __name__ == "__main__":
    main(sys.argv[1], *([int(word) for word in sys.argv[2:]] + [400, 5][len(sys.argv) - 2 :]))
