"""Every metric of the monitor, declared once with its meaning. Nothing registers itself at import."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from time import perf_counter
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info

STAGES = ("deduplicate", "classify", "extract", "alert")
OUTCOMES: dict[str, tuple[str, ...]] = {
    "deduplicate": ("unique", "update", "copy", "repeat", "version", "canceled", "withheld", "not-english", "empty",
                    "dead-letter"),
    "classify": ("classified", "unclassified", "canceled", "dead-letter"),
    "extract": ("claims", "no-claims", "retracted", "dead-letter"),
    "alert": ("alert", "update", "cancel", "candidate", "unchanged", "dead-letter"),
}  # fmt: skip
"""What can become of a message in each stage: exactly one of these, for every message."""

TRANSITIONS = ("opened", "raised", "lowered", "suspended", "ended", "resumed", "ruled-out", "reversed", "denied",
               "renewed", "advanced", "delayed", "withdrawn")  # fmt: skip
REASONS = ("not-json", "invalid", "encoding", "too-large", "empty", "unknown-version", "key", "unreadable-file")
LATENCY = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 3600.0, 21600.0, 86400.0)
WORK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Declaration:
    """One metric: its name without the `newsmon_` prefix, its kind, its meaning and its closed label sets."""

    name: str
    kind: Literal["counter", "gauge", "histogram", "info"]
    meaning: str
    labels: tuple[str, ...] = ()
    values: tuple[tuple[str, ...], ...] = ()
    buckets: tuple[float, ...] = ()


_BY_STAGE = tuple((stage, outcome) for stage in STAGES for outcome in OUTCOMES[stage])

DECLARATIONS: tuple[Declaration, ...] = (
    Declaration("messages_received_total", "counter", "Messages a stage took from its stream; equals the sum of its "
                "outcomes when idle.", ("stage",), tuple((s,) for s in STAGES)),
    Declaration("articles_total", "counter", "Messages a stage finished, by what became of them. Every message is "
                "counted once per stage.", ("stage", "outcome"), _BY_STAGE),
    Declaration("stage_duration_seconds", "histogram", "Seconds from taking a message to its last acknowledged send.",
                ("stage",), tuple((s,) for s in STAGES), WORK),
    Declaration("reports_dropped_total", "counter", "Parts of articles that were not sent on, by reason.", ("reason",),
                (("repeat",), ("not-english",), ("empty",), ("withheld",))),
    Declaration("duplicates_total", "counter", "Reports recognised as copies, by method.", ("method",),
                (("exact",), ("near",), ("update",))),
    Declaration("claims_total", "counter", "Claims sent to the ledger, by whether they take one back.", ("kind",),
                (("asserted",), ("retracted",))),
    Declaration("alerts_total", "counter", "Alert messages sent, by transition, type and certainty.",
                ("transition", "type", "certainty"),
                tuple(product(TRANSITIONS, ("alert", "update", "cancel"), ("possible", "confirmed")))),
    Declaration("alert_latency_seconds", "histogram", "Publication of the article to the alert.", (), (), LATENCY),
    Declaration("end_to_end_seconds", "histogram", "Feeder's send to the alert.", (), (), LATENCY),
    Declaration("dead_letters_total", "counter", "Messages nobody could read, by stage and reason.",
                ("stage", "reason"), tuple(product(STAGES, REASONS))),
    Declaration("table_rows", "gauge", "Rows a stage remembers in this worker.", ("table",),
                (("copies",), ("told",), ("ledger",))),
    Declaration("last_article_timestamp_seconds", "gauge", "published_at of the newest article seen (Unix time)."),
    Declaration("build_info", "info", "Version of newsmon, of the lexicon and of the model."),
)  # fmt: skip

_KINDS = {"counter": Counter, "gauge": Gauge}


class Metrics:
    """The declared metrics in a registry of their own, all label sets initialised to zero."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._metrics = {d.name: _build(d, self.registry) for d in DECLARATIONS}

    def outcome(self, stage: str, outcome: str, *, amount: int = 1) -> None:
        """Count one finished message. Raises KeyError for an undeclared outcome."""
        if outcome not in OUTCOMES[stage]:
            raise KeyError(f"outcome {outcome!r} of {stage!r} is not declared in metrics.py")
        self.event("articles_total", stage, outcome, amount=amount)

    def event(self, name: str, *labels: str, amount: float = 1) -> None:
        """Add to a counter or observe in a histogram. Raises KeyError for an undeclared name."""
        metric = self._metrics[name]
        child = metric.labels(*labels) if labels else metric
        child.observe(amount) if isinstance(metric, Histogram) else child.inc(amount)

    def set(self, name: str, value: float, *labels: str) -> None:
        """Set a gauge."""
        metric = self._metrics[name]
        (metric.labels(*labels) if labels else metric).set(value)

    def describe(self, **facts: str) -> None:
        """Fill build_info."""
        self._metrics["build_info"].info(facts)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count a message in and observe how long its stage had it."""
        self.event("messages_received_total", stage)
        began = perf_counter()
        yield
        self.event("stage_duration_seconds", stage, amount=perf_counter() - began)


def _build(declared: Declaration, registry: CollectorRegistry) -> Counter | Gauge | Histogram | Info:
    name = f"newsmon_{declared.name}"
    if declared.kind == "info":
        return Info(name.removesuffix("_info"), declared.meaning, registry=registry)
    if declared.kind == "histogram":
        metric: Counter | Gauge | Histogram = Histogram(
            name, declared.meaning, declared.labels, registry=registry, buckets=declared.buckets
        )
    else:
        metric = _KINDS[declared.kind](name, declared.meaning, declared.labels, registry=registry)
    for values in declared.values:
        metric.labels(*values)
    return metric
