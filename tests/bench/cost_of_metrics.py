"""What being seen costs the pipeline, in one run, alternating: `python -m tests.bench.cost_of_metrics [articles]`.

The same agents over lists with the real metrics and with none; then what a scrape and a look cost a worker every few
seconds. CPU seconds, because the machine is shared.
"""

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from prometheus_client import GCCollector, ProcessCollector
from prometheus_client.openmetrics.exposition import generate_latest

from services.monitor.metrics import Metrics
from services.monitor.offline import Offline
from services.monitor.tools import load_tools
from services.monitor.watch import LOOK_SECONDS
from tests.articles import news

SCRAPE_SECONDS = 15.0  # deploy/prometheus/prometheus.yml
ROUNDS = 5


class Nothing:
    """Metrics that count nothing."""

    def timed(self, _stage: str) -> AbstractContextManager[None]:
        return nullcontext()

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_args, **_options: None


def cpu(work: Callable[[], Any]) -> float:
    """CPU seconds of this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main(count: int) -> None:
    """Print one table."""
    tools, articles = load_tools(), news(count)
    Offline(tools).feed(articles[:20])
    seen, unseen = [], []
    for _ in range(ROUNDS):
        seen.append(cpu(lambda: Offline(tools, Metrics()).feed(articles)))
        unseen.append(cpu(lambda: Offline(tools, Nothing()).feed(articles)))
    ratio = statistics.median(a / b for a, b in zip(seen, unseen, strict=True)) - 1
    metrics = Metrics()
    Offline(tools, metrics).feed(articles)
    ProcessCollector(registry=metrics.registry)
    GCCollector(registry=metrics.registry)
    counting = cpu(lambda: _counts(metrics, 2000)) / 2000
    scrape = min(cpu(lambda: generate_latest(metrics.registry)) for _ in range(10))
    each = statistics.median(unseen) / count
    share = scrape / SCRAPE_SECONDS
    print(f"articles                      {count}, {ROUNDS} rounds, CPU of one process")
    print(f"reading, counting nothing     {each * 1e3:8.2f} ms an article (spread {_spread(unseen):.1%})")
    print(f"the same with metrics         {statistics.median(seen) / count * 1e3:8.2f} ms an article: {ratio:+.2%}")
    print(f"counting alone                {counting * 1e6:8.1f} us an article = {counting / each:.2%}")
    print(f"a scrape                      {scrape * 1e3:8.2f} ms every {SCRAPE_SECONDS:.0f} s = {share:.3%} of a core")
    print(f"a look (state, rows, lag)     every {LOOK_SECONDS:.0f} s; see newsmon_loop_delay_seconds of a real run")


def _counts(metrics: Metrics, count: int) -> None:
    """What one article that goes through all four stages counts."""
    for _ in range(count):
        for stage, outcome in (
            ("deduplicate", "unique"),
            ("classify", "classified"),
            ("extract", "claims"),
            ("alert", "alert"),
        ):
            with metrics.timed(stage):
                metrics.outcome(stage, outcome)
            metrics.event("transit_seconds", stage, amount=0.1)
        metrics.event("reports_total", "original")
        metrics.about(["medtop:11000000"])
        metrics.event("claims_total", "asserted")
        metrics.event("claims_total", "retracted", amount=0)


def _spread(values: list[float]) -> float:
    return (max(values) - min(values)) / statistics.median(values)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
