"""What an article costs after 1,000 to 200,000 others: intake and its memory, told, ledger. A table and a picture.

`python -m tests.bench.history [articles] [--write-docs]`. One article every six seconds of event time, so that the copy
memory's 14 days and its 200,000 rows fill up; claims over all states and instruments, a few of them hot. Rows are kept
as JSON bytes, as RocksDB does. 200,000 articles take about half an hour of one core: `nice` it.
"""

import json
import random
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from schemas import Article, Claim, Party
from services.monitor.analysis.intake.memory import CopyMemory
from services.monitor.analysis.ledger.fold import Entry, advance
from services.monitor.analysis.told import Told, changes, claim_key
from services.monitor.lexicon import load
from services.monitor.tools import Tools, load_tools
from tests.articles import START, news
from tests.bench.options import options
from tests.bench.picture import PICTURES, lines
from tests.bench.results import publish
from tests.bench.stored import Stored
from tests.builders import a_claim

SIZES = (500, 1_000, 5_000, 20_000, 50_000, 100_000, 200_000)
SAMPLE = 400  # articles measured at each size
EVERY = timedelta(seconds=6)
HOT = 1.1  # Zipf's exponent of how often a stance is told


class History:
    """Everything that remembers, and the seconds each part took of each article."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self.copies = Stored()
        self.memory = CopyMemory(self.copies)
        self.told = Told(Stored())
        self.ledger = Stored()
        self.spent: dict[str, list[float]] = defaultdict(list)

    def read(self, article: Article, claims: tuple[Claim, ...]) -> None:
        """One article through all that has a memory."""
        self._timed("intake and copies", lambda: self._intake(article))
        self._timed("told", lambda: self.told.apply(article.id, changes(self.told.claims(article.id), claims)))
        for claim in claims:
            self._timed("ledger, a claim", lambda: self._advance(claim))  # noqa: B023 - called at once

    def _intake(self, article: Article) -> None:
        taken = self._tools.intake.take(article, self.memory)
        self.memory.apply(taken.writes)

    def _advance(self, claim: Claim) -> None:
        key = claim_key(claim)
        row = self.ledger.get(key)
        step = advance(Entry.model_validate(row) if row else None, claim, self._tools.knowledge)
        if step.entry is not None:
            self.ledger[key] = step.entry.model_dump(mode="json")

    def _timed(self, name: str, work: Callable[[], None]) -> None:
        began = time.process_time()
        work()
        self.spent[name].append(time.process_time() - began)


def stream(count: int) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """Articles six seconds apart; two in five make a claim."""
    dice, told = random.Random(2), _stances()
    weights = [1 / (rank + 1) ** HOT for rank in range(len(told))]
    for number, article in enumerate(news(count, sentences=6)):
        when = START + EVERY * number
        made = article.model_copy(update={"published_at": when})
        claims = ()
        if dice.random() < 0.4:
            claims = (_claim(number, article, *dice.choices(told, weights)[0], dice=dice),)
        yield made, tuple(claim.model_copy(update={"published_at": when}) for claim in claims)


def _stances() -> list[tuple[Party, str, str]]:
    lexicon = load()
    states = [Party(id=code, name=code, country=code, wikidata=None) for code in _codes()]
    pairs = [(state, slug, i.family) for state in states for slug, i in lexicon.policy.instruments.items()]
    random.Random(3).shuffle(pairs)
    return pairs


def _codes() -> list[str]:
    dice = random.Random(4)
    return ["".join(dice.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=3)) for _ in range(190)]


def _claim(number: int, article: Article, actor: Party, slug: str, family: str, *, dice: random.Random) -> Claim:
    polarity = dice.choice((-1, -1, 1))
    return a_claim(
        id=f"c{number}", report_id=f"{article.id}.1", article_id=article.id, actor=actor, instrument=slug,
        family=family, polarity=polarity, action="suspend" if polarity < 0 else "resume", origin=article.source,
    )  # fmt: skip


def row(size: int, history: History) -> dict[str, Any]:
    """What the last SAMPLE articles cost, what is kept, and how long a rebuild of the index takes."""
    began = time.process_time()
    history.memory.rebuild()
    rebuilt = time.process_time() - began
    costs = {f"{name}, ms": statistics.mean(spent[-SAMPLE:]) * 1e3 for name, spent in history.spent.items()}
    return {
        "articles before": size,
        **costs,
        "copies, rows": len(history.copies),
        "ledger, rows": len(history.ledger),
        "rows, MB": (history.copies.bytes + history.ledger.bytes) / 1e6,
        "index rebuilt, s": rebuilt,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """One row per size up to the one asked for."""
    given = options(__doc__ or "", size=SIZES[-1], rounds=1).parse_args()
    sizes = [size for size in SIZES if size <= given.size] or [given.size]
    history, rows = History(load_tools(named_entities=False)), []
    for number, (article, claims) in enumerate(stream(sizes[-1] + 1), start=1):
        history.read(article, claims)
        if number in sizes:
            rows.append(row(number, history))
            print(json.dumps(rows[-1]), flush=True)
    publish("history", rows, title="CPU ms by articles of history", write=given.write_docs)
    if given.write_docs:
        costs = [name for name in rows[0] if name.endswith(", ms")]
        curves = {name: [(one["articles before"], one[name]) for one in rows] for name in costs}
        picture = lines(curves, title="CPU ms of one article (or claim), by articles of history: flat is what we want")
        (PICTURES / "history.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
