"""Decisions on an article's parts in, its reports, writes and counts out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from schemas import Article, Report
from services.monitor.analysis.intake import copies
from services.monitor.analysis.intake.memory import CopyMemory, Row, Writes
from services.monitor.analysis.intake.origins import Origin
from services.monitor.analysis.intake.parts import Divided, Part
from services.monitor.analysis.intake.versions import Numbered, When

Outcome = Literal[
    "unique", "update", "copy", "version", "repeat", "outdated", "canceled", "withheld", "not-english", "empty"
]
"""What became of an article. unique, update, copy: its reports went on, named after the newest thing in them.
version: a known article with another text. repeat: the same text again, from the same house. outdated: older than
what is known under its id. canceled: taken back. The others went nowhere."""

Reason = Literal["empty-part", "not-english-part", "repeated-part", "unchanged-part"]
"""Why a part of an article was not sent on."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one part, for `newsmon explain`."""

    number: int
    language: str
    origin: Origin | None = None
    copy: copies.Verdict | None = None
    dropped: Reason | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Send `reports` in order, await them, then `memory.apply(writes)`; count `outcome` once and each of `reasons`."""

    outcome: Outcome
    reports: tuple[Report, ...] = ()
    reasons: Mapping[Reason, int] = field(default_factory=dict)
    writes: Writes = field(default_factory=dict)
    divided: Divided | None = None
    decisions: tuple[Decision, ...] = ()


class Desk:
    """Collects the reports, writes and decisions of one article's parts."""

    def __init__(self, article: Article, publisher: str, version: int, numbered: Numbered, when: When) -> None:
        self.article, self.publisher, self.version = article, publisher, version
        self.numbered, self.when = numbered, when
        self.digests: set[str] = set()
        self.parts: dict[str, str] = {}
        self.reports: list[Report] = []
        self.decisions: list[Decision] = []
        self.rows: Writes = {}

    def key(self, n: int) -> str:
        """Row of the part's text."""
        return f"r:{self.article.id}.{n}"

    def add(self, n: int, part_digest: str, decision: Decision, report: Report | None, row: Row | None) -> None:
        """Note one part; its row is deleted when None."""
        self.decisions.append(decision)
        self.rows[self.key(n)] = row
        if report or decision.dropped == "unchanged-part":
            self.parts[str(n)] = part_digest
        if report:
            self.reports.append(report)

    def report(self, part: Part, n: int, verdict: copies.Verdict, origin: str) -> Report:
        """The part as a report."""
        return Report(
            **self._shared(n),
            url=part.url,
            title=part.title,
            published_at=part.published_at,
            text=part.text,
            traces=part.traces,
            kind=verdict.kind,
            copy_of=verdict.group,
            origin=origin,
        )

    def canceled(self) -> tuple[Report, ...]:
        """Reports that take back the parts that are gone."""
        article = self.article
        return tuple(
            Report(
                **self._shared(n),
                url=article.url,
                published_at=article.published_at,
                text="",
                origin=self.publisher,
                status="canceled",
            )
            for n in self.numbered.gone
        )

    def _shared(self, n: int) -> dict[str, Any]:
        return {
            "id": f"{self.article.id}.{n}",
            "article_id": self.article.id,
            "part": n,
            "version": self.version,
            "source": self.article.source,
            "publisher": self.publisher,
            "ingested_at": self.article.ingested_at,
            "notify": self.article.notify,
        }

    def taken(self, divided: Divided, writes: Writes, memory: CopyMemory) -> Taken:
        """Everything together; `writes` come on top of the parts' rows."""
        reasons = Counter(decision.dropped for decision in self.decisions if decision.dropped)
        reports = (*self.reports, *self.canceled())
        rows = {key: row for key, row in self.rows.items() if row is not None or memory.row(key) is not None}
        rows = dict.fromkeys(memory.expired(1 + len(rows))) | rows
        return Taken(self._outcome(), reports, dict(reasons), {**rows, **writes}, divided, tuple(self.decisions))

    def _outcome(self) -> Outcome:
        if self.version > 1:
            return "version"
        kinds = {report.kind for report in self.reports}
        if "original" in kinds:
            return "unique"
        if kinds:
            return "update" if "update" in kinds else "copy"
        return "not-english"
