"""A classified report in, the same report with entities and claims out."""

from collections.abc import Callable, Sequence

from schemas import ClassifiedReport, EnrichedReport
from services.monitor.analysis.actors.entities import entities
from services.monitor.analysis.actors.gazetteer import Gazetteer
from services.monitor.analysis.claims.reader import Reader

NameSpans = Callable[[str], Sequence[tuple[int, int, str]]]
"""Text to (start, end, spaCy label): a named-entity recogniser, off the alert path."""


class Understanding:
    """Reads entities and claims. `names` is optional: without it only the gazetteer's entities are given."""

    def __init__(self, reader: Reader, gazetteer: Gazetteer, names: NameSpans | None = None) -> None:
        self._reader = reader
        self._gazetteer = gazetteer
        self._names = names

    def of(self, report: ClassifiedReport) -> EnrichedReport:
        """Everything newsmon understands of the report. A canceled report says nothing any more."""
        if report.status == "canceled":
            return EnrichedReport(**dict(report))
        mentions = self._gazetteer.find(report.text, report.published_at)
        spans = self._names(report.text) if self._names and report.kind != "copy" else ()
        found = entities(report.text, mentions, spans)
        return EnrichedReport(**dict(report), entities=found, claims=self._reader.read(report).claims)
