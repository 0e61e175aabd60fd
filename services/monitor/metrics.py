"""Declarations in, a registry of live metrics out. Nothing registers itself at import; the undeclared is an error."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info

from schemas import PolicyShiftAlert
from services.monitor.declarations import DECLARATIONS, OUTCOMES, STAGES, TOPICS, Declaration

__all__ = ["DECLARATIONS", "OUTCOMES", "STAGES", "Metrics"]

MOST_SHIFTS = 500  # actor x instrument x transition; Prometheus advises a hundred, and warns of tens of thousands
OTHER = ("other", "other", "other")


class Metrics:
    """The declared metrics in a registry of their own, every declared label set at zero."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._metrics = {d.name: _build(d, self.registry) for d in DECLARATIONS}
        self._children = {
            (d.name, *values): _child(self._metrics[d.name], values)
            for d in DECLARATIONS
            if d.kind != "info"
            for values in (d.values or (() if d.labels else ((),)))
        }
        self._open = {d.name: len(d.labels) for d in DECLARATIONS if d.values is None}
        self._shifts: set[tuple[str, ...]] = set()
        self._newest = datetime.min.replace(tzinfo=UTC)

    def outcome(self, stage: str, outcome: str, *, amount: int = 1) -> None:
        """Count one finished message. Raises KeyError for an undeclared outcome."""
        self.event("articles_total", stage, outcome, amount=amount)

    def event(self, name: str, *labels: str, amount: float = 1, exemplar: Mapping[str, str] | None = None) -> None:
        """Add to a counter or observe in a histogram. Raises KeyError for an undeclared name or label value.

        `exemplar` names one case behind the number (an alert id), at most 128 characters in all.
        """
        metric = self._find(name, labels)
        add = metric.observe if isinstance(metric, Histogram) else metric.inc
        add(amount, dict(exemplar) if exemplar else None)

    def set(self, name: str, value: float, *labels: str) -> None:
        """Set a gauge. Raises KeyError as `event` does."""
        self._find(name, labels).set(value)

    def forget(self, name: str, *labels: str) -> None:
        """Take one label set of an open metric out: what it told is no longer this worker's to tell."""
        self._metrics[name].remove(*labels)

    def about(self, topics: Sequence[str]) -> None:
        """Count a report under its top-level topics."""
        for topic in [code for code in topics if code in TOPICS] or ["none"]:
            self.event("topics_total", topic)

    def told(self, alert: PolicyShiftAlert) -> None:
        """Count an alert message: what it says, how well it is founded, and, when new, who changed what."""
        exemplar = {"alert_id": alert.alert_id}
        self.event("alerts_total", alert.transition, alert.type, alert.certainty, exemplar=exemplar)
        self.event("alert_origins", amount=alert.origins, exemplar=exemplar)
        self.event("alert_reach", amount=alert.reach, exemplar=exemplar)
        if alert.type == "alert":
            shift = self._bounded(alert.actor.id, alert.instrument, alert.transition)
            self.set("last_shift_timestamp_seconds", time.time(), *shift)

    def _bounded(self, *shift: str) -> tuple[str, ...]:
        if shift not in self._shifts and len(self._shifts) >= MOST_SHIFTS:
            return OTHER
        self._shifts.add(shift)
        return shift

    def passed(self, stage: str, message: Any, now: datetime) -> None:
        """Note how old a message is when its stage is done with it; the first stage also notes how new its news is."""
        if message.ingested_at:
            self.event("transit_seconds", stage, amount=max(0.0, (now - message.ingested_at).total_seconds()))
        if stage == STAGES[0] and message.published_at > self._newest:
            self._newest = message.published_at
            self.set("last_article_timestamp_seconds", self._newest.timestamp())

    def describe(self, **facts: str) -> None:
        """Fill build_info."""
        self._metrics["build_info"].info(facts)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count a message in, observe how long its stage had it, and note when it was done."""
        self.event("messages_received_total", stage)
        began = time.perf_counter()
        yield
        self.event("stage_duration_seconds", stage, amount=time.perf_counter() - began)
        self.set("last_message_timestamp_seconds", time.time(), stage)

    def _find(self, name: str, labels: tuple[str, ...]) -> Any:
        child = self._children.get((name, *labels))
        if child is not None:
            return child
        if self._open.get(name) != len(labels):
            raise KeyError(f"{name}{list(labels)} is not declared in declarations.py")
        return self._metrics[name].labels(*labels)


def _child(metric: Any, values: tuple[str, ...]) -> Any:
    return metric.labels(*values) if values else metric


def _build(declared: Declaration, registry: CollectorRegistry) -> Any:
    name, meaning = declared.full_name, declared.meaning
    if declared.kind == "info":
        return Info(name.removesuffix("_info"), meaning, registry=registry)
    if declared.kind == "histogram":
        return Histogram(name, meaning, declared.labels, registry=registry, buckets=declared.buckets)
    if declared.kind == "gauge":
        return Gauge(name, meaning, declared.labels, registry=registry)
    return Counter(name, meaning, declared.labels, registry=registry)
