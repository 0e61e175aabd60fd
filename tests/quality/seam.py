"""Articles in; alerts, claims and report texts out. The only file of the scoreboard that knows the pipeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from schemas import Article, Claim, EnrichedReport, PolicyShiftAlert


@dataclass(frozen=True)
class Run:
    """What one run over a list of articles left behind: the alerts that stand, and what led to them."""

    alerts: list[PolicyShiftAlert]
    claims: list[Claim]
    reports: dict[str, EnrichedReport]


@cache
def _tools() -> Any:
    from services.monitor.tools import load_tools

    return load_tools(named_entities=False)


def run(articles: Iterable[Article]) -> Run:
    """The whole pipeline over lists, as `offline.analyze` runs it, with a fresh memory."""
    from services.monitor.analysis.final import final
    from services.monitor.offline import Offline

    offline = Offline(_tools())
    offline.feed(articles)
    reports = {report.id: report for report in offline.enriched.messages}
    return Run(final(offline.alerts.messages), offline.claims.messages, reports)


def an_article(text: str, row: dict[str, Any], *, name: str = "") -> Article:
    """A row's text as an article; `context` is the sentence before."""
    words = f"{row['context']} {text}" if row.get("context") else text
    return Article(
        source=row.get("source", "Example Times"),
        title=row.get("title", ""),
        published_at=row["published_at"],
        text=words,
        url=f"https://news.example/{name or row['id']}",
    )
