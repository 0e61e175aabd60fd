"""A worker's time on the way through Kafka, by what it goes to: one table.

`python -m tests.bench.where_time_goes [articles] [--write-docs]`. py-spy looks 400 times a second at
every thread of one worker on the embedded broker. Each sample goes to the first of KINDS that names one of its frames;
waiting is shown and left out of the shares. Run it alone.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from schemas import STREAMS, Article
from services.monitor.offline import Offline
from services.monitor.tools import load_tools
from tests.articles import news
from tests.bench.contender import EXTRA
from tests.bench.options import options
from tests.bench.outcome import read
from tests.bench.results import publish
from tests.brokers import embedded_kafka
from tests.pipeline import Pipeline

RATE = 400
KINDS: dict[str, tuple[str, ...]] = {
    "(start and rebalance)": ("load_tools", "on_rebalance", "on_partitions_", "revoke_partitions", "create_app",
                              "on_start", "_import", "importlib", "on_first_start", "_ensure_", "maybe_declare"),
    "(waiting)": ("select (selectors",),
    "analysis: intake": ("Intake.take", "CopyMemory.apply"),
    "analysis: topics": ("TopicModel.classify",),
    "analysis: names (spaCy NER)": ("names (services/monitor/names",),
    "analysis: claims and entities": ("Understanding.of", "changes (services"),
    "analysis: ledger": ("advance (services",),
    "messages: decode": ("loads_value", "from_bytes"),
    "messages: encode": ("dumps_value", "to_bytes"),
    "rows: decode (pydantic)": ("Rows._decoded", "Told.claims"),
    "rows: RocksDB and encoding": ("Rows.write", "Store.", "Told.apply"),
    "changelog: send": ("send_changelog",),
    "offsets: commit": ("commit",),
    "metrics of ours": ("services/monitor/metrics", "services/monitor/watch", "envelope.py"),
    "sensors of Faust": ("sensors",),
    "consumer: fetch and its thread": ("Fetcher", "getmany", "WorkerThread", "fetcher.py", "MethodQueue", "conn.py:5",
                                       "_read", "data_received", "_drain_messages", "consumer"),
    "producer: one request each": ("producer/", "Producer", "AIOKafkaClient", "AIOKafkaConnection"),
    "Faust: topic.send": ("Topic.", "topics.py"),
    "Faust: streams and acknowledgements": ("streams.py", "agent.py", "Event.", "events.py:2", "tables"),
}  # fmt: skip
"""A kind, and what one frame of its stacks contains; the first that fits has the sample."""


def samples(articles: int, sentences: int) -> Counter[str]:
    """Samples by kind, of one run."""
    with tempfile.TemporaryDirectory() as scratch:
        stacks = Path(scratch) / "stacks"
        _spied(news(articles, sentences=sentences), Path(scratch), stacks)
        return sorted_out(stacks.read_text().splitlines())


def sorted_out(lines: Iterable[str]) -> Counter[str]:
    """py-spy's raw lines (`frame;frame;frame count`) by kind."""
    found: Counter[str] = Counter()
    for line in lines:
        stack, count = line.rsplit(" ", 1)
        found[kind_of(stack)] += int(count)
    return found


def kind_of(stack: str) -> str:
    """The first kind that names a frame; start-up is everything before the loop runs agents."""
    if "_run_once" not in stack:
        return "(start and rebalance)"
    return next((kind for kind, marks in KINDS.items() if any(mark in stack for mark in marks)), "event loop, other")


def _spied(articles: list[Article], scratch: Path, stacks: Path) -> None:
    with embedded_kafka(scratch / "broker") as kafka, Pipeline(kafka, scratch) as run:
        offline = Offline(load_tools())
        offline.feed(articles)
        run.feed(articles)
        spy = [str(EXTRA / "bin" / "py-spy"), "record", "-r", str(RATE), "-t", "-f", "raw", "-o", str(stacks), "--"]
        environment = os.environ | kafka.environment() | {
            "NEWSMON_WORKER_STATE_DIR": str(scratch / "state"), "NEWSMON_WORKER_WEB_PORT": "0"
        }  # fmt: skip
        command = [*spy, sys.executable, "-m", "services.cli", "worker"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        read(kafka, {STREAMS.enriched.name: len(offline.enriched.messages)})
        process.send_signal(signal.SIGINT)  # py-spy writes what it saw and ends the worker
        process.wait(60)


def main() -> None:
    """Shares of the time worked; waiting and start-up stand in the title."""
    given = options(__doc__ or "", size=200, rounds=1).parse_args()
    found = samples(given.size, given.sentences)
    aside = {kind: found.pop(kind, 0) / RATE for kind in ("(waiting)", "(start and rebalance)")}
    total = found.total()
    rows = [
        {"what": kind, "share, %": 100 * hits / total, "ms an article": hits / RATE / given.size * 1e3}
        for kind, hits in found.most_common()
    ]
    told = ", ".join(f"{kind} {seconds:.1f} s" for kind, seconds in aside.items())
    publish("time", rows, title=f"{given.size} articles, {total} samples; beside them {told}", write=given.write_docs)


if __name__ == "__main__":
    main()
