"""What each stage costs an article, and from that, on paper, what 10, 1,000 and 100,000 articles a second need.

`python -m tests.bench.stages [articles] [--write-docs]`: two tables. CPU time of the stages' pure functions with their
decoding and encoding (tests/bench/job.py); the cost of Kafka and Faust comes from the kept rows of tests.bench.compare.
"""

import math
import time
from collections import Counter, deque
from typing import Any

from schemas import STREAMS
from services.monitor.analysis.intake.memory import Limits
from services.monitor.tools import load_tools
from tests.articles import news
from tests.bench.job import TABLES, Job, Logged, Out
from tests.bench.options import options
from tests.bench.results import kept, publish

RATES = (10, 1_000, 100_000)
BUSY = 0.6  # of a core: the rest is for bursts and for what a rebalance leaves behind
BROKER_MB = 50.0  # a second written to one broker, replicas counted: cautious for NVMe and 10 Gbit/s, not measured here
REPLICAS = 3
STAGE_OF = {
    STREAMS.raw.name: "deduplicate",
    STREAMS.unique.name: "classify",
    STREAMS.classified.name: "extract",
    STREAMS.claims.name: "alert",
}


def measured(count: int, sentences: int, *, names: bool) -> list[dict[str, Any]]:
    """One row per stage: messages, CPU and bytes written, per article."""
    tables: dict[str, Any] = {name: Logged() for name in TABLES}
    job = Job(load_tools(named_entities=names), tables)
    spent, messages, written = Counter[str](), Counter[str](), Counter[str]()
    for article in news(count, sentences=sentences):
        written["feeder"] += len(article.to_bytes())
        open_ = deque([Out(STREAMS.raw.name, b"", article.to_bytes(), [])])
        while open_:
            message = open_.popleft()
            if stage := STAGE_OF.get(message.topic):
                began = time.process_time()
                caused = job.step(message.topic, message.value)
                spent[stage] += time.process_time() - began
                messages[stage] += 1
                written[stage] += sum(len(out.value) for out in caused)
                open_ += caused
    written["alert"] += sum(len(row or b"") for table in tables.values() for _, row in table.changes())
    return [
        {
            "stage": stage,
            "messages an article": messages[stage] / count,
            "CPU ms an article": spent[stage] / count * 1e3,
            "kB written an article": (written[stage] + written["feeder"] * (stage == "deduplicate")) / count / 1e3,
            "articles/s of a core": count / spent[stage],
        }
        for stage in STAGE_OF.values()
    ]


def overhead(name: str) -> float:
    """CPU ms an article of Kafka and Faust, as last measured: through Kafka less over lists. 0 when never measured."""
    try:
        rows = {row["contender"]: row["CPU s / 1,000"] for row in kept(name)["rows"]}
    except FileNotFoundError:
        return 0.0
    return max(0.0, rows["newsmon through Kafka"] - rows["newsmon over lists"])


def model(stages: list[dict[str, Any]], extra: float, worker_mb: float) -> list[dict[str, Any]]:
    """One row per rate. Kafka's and Faust's cost is dealt to the stages by their messages."""
    total = sum(stage["messages an article"] for stage in stages)
    cost = {s["stage"]: s["CPU ms an article"] + extra * s["messages an article"] / total for s in stages}
    one = cost.pop("deduplicate")
    kilobytes = sum(stage["kB written an article"] for stage in stages)
    return [_needs(rate, one, sum(cost.values()), kilobytes=kilobytes, worker_mb=worker_mb) for rate in RATES]


def _needs(rate: int, one: float, rest: float, *, kilobytes: float, worker_mb: float) -> dict[str, Any]:
    alone, spread = rate * one / 1e3 / BUSY, rate * rest / 1e3 / BUSY
    workers = max(2, math.ceil(spread) + math.ceil(alone))
    flow = rate * kilobytes / 1e3
    return {
        "articles/s": rate,
        "cores, deduplicate": alone,
        "raw partitions": max(1, math.ceil(alone)),
        "cores, the rest": spread,
        "workers": workers,
        "partitions": _rounded(2 * workers),
        "memory, GB": (workers * worker_mb + Limits().rows * 4.5e-3 / 1.7) / 1e3,
        "written, MB/s": flow,
        "brokers": max(3, math.ceil(flow * REPLICAS / BROKER_MB)),
        "memory of copies reaches back, h": Limits().rows / 1.7 / rate / 3600,
    }


def _rounded(partitions: int) -> int:
    """The next power of two: stays divisible when workers double."""
    return int(2 ** math.ceil(math.log2(partitions)))


def main() -> None:
    """Stages, then the model."""
    parser = options(__doc__ or "", size=200, rounds=1)
    parser.add_argument("--without-names", action="store_true", help="worker.named_entities off")
    given = parser.parse_args()
    stages = measured(given.size, given.sentences, names=not given.without_names)
    tail = "-without-names" if given.without_names else ""
    told = ", without names" if given.without_names else ""
    publish(f"stages{tail}", stages, title=f"{given.size} articles{told}", write=given.write_docs)
    extra = overhead(f"compare{tail}")
    title = f"On paper, {BUSY:.0%} busy, {extra:.1f} ms an article for Kafka and Faust{told}"
    publish(f"model{tail}", model(stages, extra, worker_mb=330.0), title=title, write=given.write_docs)


if __name__ == "__main__":
    main()
