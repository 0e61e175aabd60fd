"""Articles in, final alerts out: the same agents over lists and dicts. No Kafka, no Faust, no clock."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from schemas import Article, Claim, ClassifiedReport, EnrichedReport, Message, PolicyShiftAlert, Report, Stance
from services.monitor import agents
from services.monitor.analysis.final import final
from services.monitor.analysis.intake.memory import CopyMemory
from services.monitor.analysis.intake.taken import Taken
from services.monitor.analysis.ledger.fold import Entry
from services.monitor.analysis.told import Told
from services.monitor.metrics import Metrics
from services.monitor.tools import Tools, load_tools

M = TypeVar("M", bound=Message)


class Collected(Generic[M]):
    """An outlet that keeps what it is sent."""

    def __init__(self) -> None:
        self.messages: list[M] = []

    async def send(self, messages: Sequence[tuple[str, Any]], *, cause: Message | None = None) -> None:  # noqa: ARG002 - the port's shape
        """Keep the values."""
        self.messages.extend(value for _, value in messages)


@dataclass
class Offline:
    """The pipeline over lists. Feed it in as many calls as you like: it remembers like a worker does."""

    tools: Tools
    metrics: Metrics = field(default_factory=Metrics)
    reports: Collected[Report] = field(default_factory=Collected)
    classified: Collected[ClassifiedReport] = field(default_factory=Collected)
    enriched: Collected[EnrichedReport] = field(default_factory=Collected)
    claims: Collected[Claim] = field(default_factory=Collected)
    alerts: Collected[PolicyShiftAlert] = field(default_factory=Collected)
    stances: Collected[Stance] = field(default_factory=Collected)
    ledger: dict[str, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._memory = CopyMemory({})
        self._told = Told({})

    def feed(self, articles: Iterable[Article]) -> None:
        """Run every article through all four agents, in order."""
        asyncio.run(self._feed(list(articles)))

    def decide(self, article: Article) -> Taken:
        """What deduplicate would do with the article now; remembers nothing. For `newsmon explain`."""
        return self.tools.intake.take(article, self._memory)

    async def _feed(self, articles: list[Article]) -> None:
        marks = [len(outlet.messages) for outlet in (self.reports, self.classified, self.claims)]
        tools, tally = self.tools, self.metrics
        await agents.deduplicate(
            _stream(articles, tally, "deduplicate"),
            intake=tools.intake,
            memory=self._memory,
            unique=self.reports,
            tally=tally,
        )
        await agents.classify(
            _stream(self.reports.messages[marks[0] :], tally, "classify"),
            topics=tools.topics,
            classified=self.classified,
            tally=tally,
        )
        await agents.extract(
            _stream(self.classified.messages[marks[1] :], tally, "extract"),
            understanding=tools.understanding,
            told=self._told,
            enriched=self.enriched,
            claims=self.claims,
            tally=tally,
        )
        await agents.alert(_stream(self.claims.messages[marks[2]:], tally, "alert"), knowledge=tools.knowledge,
                           ledger=self.ledger, alerts=self.alerts, stances=self.stances, tally=tally)  # fmt: skip


async def _stream(messages: Sequence[M], tally: Metrics, stage: str) -> AsyncIterator[M]:
    for message in messages:
        with tally.timed(stage):
            yield message


def analyze(articles: Iterable[Article], *, tools: Tools | None = None) -> list[PolicyShiftAlert]:
    """The alerts that stand at the end, in order of publication. Same articles, same bytes."""
    run = Offline(tools or load_tools())
    run.feed(articles)
    return final(run.alerts.messages)


def read_claims(article: Article, *, tools: Tools | None = None) -> tuple[Claim, ...]:
    """Every claim the article makes, before the ledger."""
    run = Offline(tools or load_tools())
    run.feed([article])
    return tuple(run.claims.messages)
