"""A long run through a real Kafka in; memory, disk, rows and lag by time out, and whether one alert was lost.

`python -m tests.bench.soak [articles] [--burst N] [--out FILE] [--directory DIR]`: mixed news, 7 of 10 copies, two
workers. First a burst is sent at once, then more whenever less than half a burst is left to read. One sample each 10 s,
as JSON lines. At the end the alerts and stances are compared with those of the same articles over lists; exit 1 if
they differ.
"""

import argparse
import json
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from schemas import STREAMS, Article
from services.monitor.analysis.final import final
from services.monitor.offline import Offline
from services.monitor.tools import load_tools
from services.operations.lag import Lag
from tests.articles import mixed
from tests.brokers import free_block, real_kafka
from tests.pipeline import Pipeline, as_bytes, differences

WORKERS = 2
LOOK_SECONDS = 10.0
PORTION = 2_000
FREE_OF_NAMES = {
    "NEWSMON_WORKER_NAMED_ENTITIES": "false"
}  # the recogniser is two thirds of the time and keeps no state


class Soak:
    """One run: what it fed, what it saw."""

    def __init__(self, run: Pipeline, lag: Lag, count: int, burst: int) -> None:
        self._run, self._lag, self._burst = run, lag, burst
        self._left: Iterator[Article] = mixed(count)
        self._ports = [free_block(1) for _ in range(WORKERS)]
        self._began, self.fed = time.monotonic(), 0

    def start(self) -> None:
        for number, port in enumerate(self._ports):
            self._run.settings = {**FREE_OF_NAMES, "NEWSMON_WORKER_WEB_PORT": str(port)}
            self._run.start(number)

    def feed(self, count: int) -> bool:
        """Send the next articles; False at the end."""
        portion = list(islice(self._left, count))
        self._run.feed(portion)
        self.fed += len(portion)
        return bool(portion)

    def samples(self) -> Iterator[dict[str, Any]]:
        """Until everything is read: feed, look, and wait a little."""
        more = self.feed(self._burst)
        while (behind := self._lag.total()) or more:
            yield self._look(behind)
            while more and self._lag.by_stream()[STREAMS.raw.name] < self._burst / 2:
                more = self.feed(PORTION)
            time.sleep(LOOK_SECONDS)
        yield self._look(0)

    def _look(self, behind: int) -> dict[str, Any]:
        assert self._run.alive()
        return {
            "seconds": round(time.monotonic() - self._began),
            "fed": self.fed,
            "behind": behind,
            "rss_mb": [_rss(process.pid) for process in self._run.workers.values()],
            "state_mb": [_mb(self._run.directory / f"worker-{number}") for number in self._run.workers],
            "rows": [_rows(port) for port in self._ports],
        }


def _rss(pid: int) -> int:
    line = next(row for row in Path(f"/proc/{pid}/status").read_text().splitlines() if row.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def _mb(directory: Path) -> int:
    return sum(_size(path) for path in directory.rglob("*")) // 1_000_000


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # RocksDB has just removed it
        return 0


def _rows(port: int) -> dict[str, int]:
    """Estimated rows by table, from the worker's own metrics; empty while it does not answer yet."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as page:
            lines = page.read().decode().splitlines()
    except OSError:
        return {}
    start = 'newsmon_table_rows{table="'
    found = (line.removeprefix(start).split('"} ') for line in lines if line.startswith(start))
    return {name: int(float(value)) for name, value in found}


def over_lists(count: int) -> tuple[list[bytes], list[bytes]]:
    """Alerts and stances of the same articles without Kafka. What is not compared is let go as it comes."""
    offline, left = Offline(load_tools(named_entities=False)), mixed(count)
    while portion := list(islice(left, PORTION)):
        offline.feed(portion)
        for passed in (offline.reports, offline.classified, offline.enriched, offline.claims):
            passed.messages.clear()
    stances = {stance.key: stance.to_bytes() for stance in offline.stances.messages}
    return as_bytes(final(offline.alerts.messages)), list(stances.values())


def soak(count: int, burst: int, directory: Path, out: TextIO) -> list[str]:
    """Run it; how the result differs from the one over lists: an empty list."""
    with real_kafka(directory / "kafka") as kafka, Pipeline(kafka.settings, directory) as run, Lag(run.kafka) as lag:
        task = Soak(run, lag, count, burst)
        task.start()
        for sample in task.samples():
            print(json.dumps(sample), file=out, flush=True)
        found = as_bytes(run.alerts()), list(run.stances().values())
    wanted = over_lists(count)
    print(json.dumps({"alerts": len(wanted[0]), "found": len(found[0])}), file=out, flush=True)
    return [line for ours, theirs in zip(found, wanted, strict=True) for line in differences(ours, theirs)]


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=200_000)
    parser.add_argument("--burst", type=int, default=20_000)
    parser.add_argument("--out", type=argparse.FileType("w"), default=sys.stdout)
    parser.add_argument("--directory", type=Path, help="on a disk with 10 GB free; a temporary one by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.directory) as directory:
        lost = soak(options.articles, options.burst, Path(directory), options.out)
    print("\n".join(lost[:50]) or "nothing lost, nothing more", file=sys.stderr)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
