"""The registry: every stream with its key, its type, who writes it and who reads it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from schemas.alert import PolicyShiftAlert, Stance
from schemas.article import Article
from schemas.claim import Claim
from schemas.dead_letter import DeadLetter
from schemas.message import Message
from schemas.report import ClassifiedReport, EnrichedReport, Report

DAY_MS = 86_400_000


@dataclass(frozen=True)
class Stream:
    """A Kafka topic together with what it means."""

    name: str
    type: type[Message]
    key: str
    why_this_key: str
    writer: str
    readers: tuple[str, ...]
    partitions: Literal["one", "many"] = "many"
    cleanup: Literal["delete", "compact"] = "delete"
    retention_days: int = 7

    def config(self) -> dict[str, str]:
        """Kafka topic configuration. 8 MiB: an article above it is refused by the feeder, see docs/operations.md."""
        limits = {"cleanup.policy": self.cleanup, "max.message.bytes": str(8 * 1024 * 1024)}
        if self.cleanup == "delete":
            limits["retention.ms"] = str(self.retention_days * DAY_MS)
        return limits


@dataclass(frozen=True)
class Registry:
    """All streams in the order of the pipeline."""

    raw: Stream = field(
        default=Stream(
            "newsmon.articles.raw.v1",
            Article,
            "article id",
            "one partition: copies can only be found where everything seen is remembered",
            "feeder",
            ("deduplicate",),
            partitions="one",
        )
    )
    unique: Stream = field(
        default=Stream(
            "newsmon.reports.unique.v1",
            Report,
            "report id",
            "spreads the reading; versions of a report stay in order",
            "deduplicate",
            ("classify",),
        )
    )
    classified: Stream = field(
        default=Stream(
            "newsmon.reports.classified.v1", ClassifiedReport, "report id", "as above", "classify", ("extract",)
        )
    )
    enriched: Stream = field(
        default=Stream(
            "newsmon.reports.enriched.v1", EnrichedReport, "report id", "as above", "extract", ("subscribers",)
        )
    )
    claims: Stream = field(
        default=Stream(
            "newsmon.claims.v1",
            Claim,
            "actor·family",
            "everything that can change, confirm or supersede a stance meets in one ledger",
            "extract",
            ("alert",),
            retention_days=30,
        )
    )
    alerts: Stream = field(
        default=Stream(
            "newsmon.alerts.policy-shift.v1",
            PolicyShiftAlert,
            "alert id",
            "updates of an alert follow it",
            "alert",
            ("subscribers",),
            retention_days=365,
        )
    )
    stances: Stream = field(
        default=Stream(
            "newsmon.stances.v1",
            Stance,
            "actor·instrument·target",
            "compaction keeps the present stance",
            "alert",
            ("subscribers",),
            cleanup="compact",
        )
    )
    dead_letters: Stream = field(
        default=Stream(
            "newsmon.dead-letters.v1",
            DeadLetter,
            "original key",
            "few; one partition keeps them in order",
            "every agent",
            ("newsmon dlq",),
            partitions="one",
            retention_days=90,
        )
    )

    def __iter__(self) -> Iterator[Stream]:
        """In the order of the pipeline."""
        return iter(
            (
                self.raw,
                self.unique,
                self.classified,
                self.enriched,
                self.claims,
                self.alerts,
                self.stances,
                self.dead_letters,
            )
        )


STREAMS = Registry()
