"""Nothing in; every text at hand as a report, with its half, out: labelled sets, storylines, seeds, outside sets."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from schemas import Article, Report
from services.feeder.sources import read_articles
from tests.builders import a_report
from tests.quality.gold import Row, rows
from tests.quality.seam import an_article
from tests.quality.seeds import SEEDS
from tests.quality.split import half
from tests.quality.streams import storylines

SETS = ("sentences", "fresh_security", "fresh_economy", "practice", "factuality", "paraphrases", "reversals")
OUTSIDE = 60  # of each outside set; reading every sentence of all of them takes ten minutes


class Text(NamedTuple):
    """One text of a corpus: its half, a name, and what is read."""

    side: str
    name: str
    report: Report


def corpora() -> Iterator[Text]:
    """Everything, in a fixed order; of the outside sets, where they are, some."""
    for name in SETS:
        for row in rows(f"{name}.jsonl"):
            side = "tune" if name == "practice" else half(row["id"])
            yield from (Text(side, row["id"], _report(article)) for article in _articles(row))
    for path in storylines():
        for line in path.read_text().splitlines():
            yield Text(half(path.stem), path.stem, _report(Article.model_validate_json(line)))
    yield from seeds()
    for name in ("topics_bbc", "stories_ecbplus", "events_plover_gold", "events_cameo_manual"):
        yield from outside(name, OUTSIDE)


def seeds() -> Iterator[Text]:
    """The five documents, uncut."""
    for found in read_articles(SEEDS):
        if isinstance(found, Article):
            yield Text("tune", found.id, _report(found))


def outside(name: str, most: int) -> Iterator[Text]:
    """Rows of a set of ../shared/evaluation, evenly spread; none where it is absent."""
    for parent in Path(__file__).parents:
        if (path := parent / "shared" / "evaluation" / f"{name}.jsonl").exists():
            every = [json.loads(line) for line in path.read_text().splitlines()]
            for row in every[:: max(1, len(every) // most)][:most]:
                yield Text(half(row["id"]), row["id"], a_report(row["text"], id=row["id"]))
            return


def _articles(row: Row) -> Iterator[Article]:
    """A row's texts: one sentence, a pair of outlets, or a shift and what is nearly one."""
    pieces: list[dict[str, Any]] = [row[side] for side in ("first", "second") if side in row]
    pieces = pieces or [{**row, "text": row[side]} for side in ("text", "positive", "negative") if side in row]
    for piece in pieces:
        yield an_article(piece["text"], {**piece, "id": row["id"]})


def _report(article: Article) -> Report:
    return a_report(article.text or "", id=article.id, title=article.title, published_at=article.published_at)
