"""What being seen costs the pipeline, in turn with and without: `python -m tests.bench.cost_of_metrics [N [rounds]]`.

The same agents over lists with the real metrics and with none; then what a scrape and a look cost a worker every few
seconds. CPU seconds beside those on the wall, because the machine is shared.
"""

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple

from prometheus_client import GCCollector, ProcessCollector
from prometheus_client.openmetrics.exposition import generate_latest

from services.monitor.metrics import Metrics
from services.monitor.offline import Offline
from services.monitor.tools import load_tools
from services.monitor.watch import LOOK_SECONDS
from tests.articles import news

SCRAPE_SECONDS = 15.0  # deploy/prometheus/prometheus.yml
ROUNDS = 7


class Nothing:
    """Metrics that count nothing."""

    def timed(self, _stage: str) -> AbstractContextManager[None]:
        return nullcontext()

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_args, **_options: None


class Spent(NamedTuple):
    """Seconds of one round."""

    cpu: float
    wall: float


def spent(work: Callable[[], Any]) -> Spent:
    """CPU seconds of this process, and seconds on the wall."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Spent(time.process_time() - cpu, time.perf_counter() - wall)


def alternating(rounds: int, first: Callable[[], Any], second: Callable[[], Any]) -> tuple[list[Spent], list[Spent]]:
    """Both, `rounds` times; who goes first changes, so that a machine that warms up or slows down favours neither."""
    one: list[Spent] = []
    other: list[Spent] = []
    for number in range(rounds):
        pairs = [(first, one), (second, other)]
        for work, times in pairs if number % 2 == 0 else reversed(pairs):
            times.append(spent(work))
    return one, other


def cost(seen: list[Spent], unseen: list[Spent], kind: str) -> float:
    """Median over the rounds of how much longer the seen one took."""
    return statistics.median(getattr(a, kind) / getattr(b, kind) for a, b in zip(seen, unseen, strict=True)) - 1


def main(count: int, rounds: int) -> None:
    """Print one table."""
    tools, articles = load_tools(), news(count)
    Offline(tools).feed(articles[:20])
    seen, unseen = alternating(
        rounds,
        lambda: Offline(tools, Metrics()).feed(articles),
        lambda: Offline(tools, Nothing()).feed(articles),  # type: ignore[arg-type]  # it quacks
    )
    metrics = Metrics()
    Offline(tools, metrics).feed(articles)
    ProcessCollector(registry=metrics.registry)
    GCCollector(registry=metrics.registry)
    counting = spent(lambda: _counts(metrics, 2000)).cpu / 2000
    scrape = min(spent(lambda: generate_latest(metrics.registry)).cpu for _ in range(10))
    each = statistics.median(one.cpu for one in unseen) / count
    print(f"articles               {count}, {rounds} rounds with and without in turn, one process")
    print(f"counting nothing       {_throughput(unseen, count)}, {each * 1e3:.2f} ms of CPU an article")
    print(f"with metrics           {_throughput(seen, count)}")
    for kind, said in (("wall", "longer on the wall"), ("cpu", "more CPU")):
        print(f"{said:22} {cost(seen, unseen, kind):+.2%}, median of pairs (spread {_spread(unseen, kind):.1%})")
    print(f"counting alone         {counting * 1e6:.1f} us an article = {counting / each:.2%}")
    share = scrape / SCRAPE_SECONDS
    print(f"a scrape               {scrape * 1e3:.2f} ms every {SCRAPE_SECONDS:.0f} s = {share:.3%} of a core")
    print(f"a look                 every {LOOK_SECONDS:.0f} s: on a real run, tests.bench.cost_of_watching")


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


def _throughput(times: list[Spent], count: int) -> str:
    return f"{count / statistics.median(one.wall for one in times):8.1f} articles a second"


def _spread(times: list[Spent], kind: str) -> float:
    values = [getattr(one, kind) for one in times]
    return (max(values) - min(values)) / statistics.median(values)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [300, ROUNDS][len(given) :]))
