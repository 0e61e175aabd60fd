"""Workers times partitions: articles a second of each, and how much more than one worker gives. One table.

`python -m tests.bench.scale_out [articles] [--workers 1 2 4] [--partitions 1 4 16] [--embedded] [--write-docs]`.
On a real Apache Kafka, fresh for every run. The workers join first; then everything is fed at once,
and the log says when the last message was written. With more processes than cores the speed-up ends.
"""

import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import Any

from services.monitor.tools import load_tools
from tests.articles import news
from tests.bench.contender import Expected, expect
from tests.bench.options import broker, options
from tests.bench.outcome import read
from tests.bench.results import publish
from tests.bench.watching import Watched
from tests.pipeline import Pipeline, until


def measured(articles: list[Any], expected: Expected, *, workers: int, partitions: int, real: bool) -> dict[str, Any]:
    """One run."""
    with tempfile.TemporaryDirectory() as scratch, broker(Path(scratch) / "broker", real=real) as kafka:
        spread = kafka.model_copy(update={"partitions": partitions})
        with Pipeline(spread, Path(scratch)) as run, ExitStack() as watching:
            for number in range(workers):
                run.start(number)
            until(lambda: run.alive() and all(map(run.is_ready, range(workers))), what="the workers")
            time.sleep(10)  # the last to join moves partitions once more
            watched = [watching.enter_context(Watched(process.pid)) for process in run.workers.values()]
            began = time.time()
            run.feed(articles)
            outcome = read(spread, expected.counts, run.alive)
            spent = [one.cpu(began, outcome.ended) for one in watched]
            same = outcome.alerts() == expected.alerts
            return {"seconds": outcome.ended - began, "cpu": sum(spent), "shares": spent, "same": same}


def main() -> None:
    """Every pair, alternating, `rounds` times."""
    given = _options()
    os.environ["NEWSMON_WORKER_NAMED_ENTITIES"] = str(not given.without_names)
    articles = news(given.size, sentences=given.sentences)
    expected = expect(articles, load_tools(named_entities=not given.without_names))
    runs: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for _ in range(given.rounds):
        for partitions, workers in product(given.partitions, given.workers):
            found = measured(articles, expected, workers=workers, partitions=partitions, real=not given.embedded)
            runs[workers, partitions].append(found)
            print(workers, "workers", partitions, "partitions", found, file=sys.stderr)
    where = "the embedded broker" if given.embedded else "Apache Kafka"
    title = f"{given.size} articles, {given.rounds} rounds, {where}" + (
        ", without names" if given.without_names else ""
    )
    name = "scale-out" + ("-without-names" if given.without_names else "")
    publish(name, rows(runs, given.size), title=title, write=given.write_docs)


def _options() -> Any:
    parser = options(__doc__ or "", size=400, rounds=1)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--partitions", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--embedded", action="store_true", help="not on a real Kafka")
    parser.add_argument("--without-names", action="store_true", help="worker.named_entities off")
    return parser.parse_args()


def rows(runs: dict[tuple[int, int], list[dict[str, Any]]], articles: int) -> list[dict[str, Any]]:
    """Medians; `times one` is against the fewest workers on as many partitions."""
    seconds = {pair: statistics.median(run["seconds"] for run in found) for pair, found in runs.items()}
    fewest = min(workers for workers, _ in runs)
    return [
        {
            "partitions": partitions,
            "workers": workers,
            "articles/s": articles / seconds[workers, partitions],
            f"times {fewest}": seconds[fewest, partitions] / seconds[workers, partitions],
            "CPU s / 1,000": statistics.median(run["cpu"] for run in found) / articles * 1000,
            "busiest worker's share": statistics.median(max(run["shares"]) / max(run["cpu"], 0.01) for run in found),
            "same alerts": "yes" if all(run["same"] for run in found) else "NO",
        }
        for (workers, partitions), found in runs.items()
    ]


if __name__ == "__main__":
    main()
