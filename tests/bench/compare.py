"""newsmon beside what people would use instead, on the same articles, alternating in one run: one table.

`python -m tests.bench.compare [articles] [--rounds 3] [--kafka] [--without-names] [--write-docs]`. Every contender does
the same job in one process (tests/bench/job.py): it reads four streams, writes six, keeps three tables, and its
alerts are compared byte for byte with those of the agents over lists.
"""

import importlib.util
import os
import statistics
import sys
from collections import defaultdict
from typing import Any

from services.monitor.tools import load_tools
from tests.articles import news
from tests.bench.contender import EXTRA, LISTS, LOOPS, Run, expect, over_lists, through_kafka
from tests.bench.options import options
from tests.bench.results import publish

NEEDS = {"quixstreams": "quixstreams", "confluent-kafka loop": "confluent_kafka"}
BASE = "newsmon over lists"


def main() -> None:
    """Run everything in turn, `rounds` times."""
    given = _options()
    os.environ["NEWSMON_WORKER_NAMED_ENTITIES"] = str(not given.without_names)
    articles = news(given.size, sentences=given.sentences)
    words = sum(len((article.text or "").split()) for article in articles)
    expected = expect(articles, load_tools(named_entities=not given.without_names))
    runs: dict[str, list[Run]] = defaultdict(list)
    for _ in range(given.rounds):
        for name in [*LISTS, *(name for name in LOOPS if installed(name))]:
            if name in LISTS:
                runs[name].append(over_lists(name, count=given.size, sentences=given.sentences))
            else:
                runs[name].append(through_kafka(name, articles, expected, real=given.kafka))
            print(name, runs[name][-1], file=sys.stderr)
    where = "Apache Kafka" if given.kafka else "the embedded broker"
    title = f"{given.size} articles, {words / given.size:.0f} words each, {given.rounds} rounds, {where}"
    title += ", without names" if given.without_names else ""
    name = "compare" + ("-kafka" if given.kafka else "") + ("-without-names" if given.without_names else "")
    publish(name, rows(runs, given.size, words), title=title, write=given.write_docs)


def _options() -> Any:
    parser = options(__doc__ or "", size=200)
    parser.add_argument("--without-names", action="store_true", help="worker.named_entities off")
    return parser.parse_args()


def installed(name: str) -> bool:
    """Whether a contender's framework is there (make bench puts it into .venv/bench)."""
    if str(EXTRA) not in sys.path:
        sys.path.append(str(EXTRA))
    there = name not in NEEDS or importlib.util.find_spec(NEEDS[name]) is not None
    if not there:
        print(f"{name}: not installed, skipped", file=sys.stderr)
    return there


def rows(runs: dict[str, list[Run]], articles: int, words: int) -> list[dict[str, Any]]:
    """Medians and spreads; ratios are of medians."""
    base = statistics.median(run.seconds for run in runs[BASE])
    base_cpu = statistics.median(run.cpu for run in runs[BASE])
    return [
        {
            "contender": name,
            "articles/s": articles / seconds,
            "from ... to": " to ".join(f"{articles / s:.1f}" for s in (max(taken), min(taken))),
            "words/s": words / seconds,
            "CPU s / 1,000": cpu / articles * 1000,
            "peak MB": statistics.median(run.peak_mb for run in ran),
            "ratio to lists": base / seconds,
            "ratio of CPU": base_cpu / max(cpu, 0.01),
            "same alerts": {None: "", True: "yes", False: "NO"}[ran[-1].right],
        }
        for name, ran in runs.items()
        for taken in [[run.seconds for run in ran]]
        for seconds, cpu in [(statistics.median(taken), statistics.median(run.cpu for run in ran))]
    ]


if __name__ == "__main__":
    main()
