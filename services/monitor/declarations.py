"""Every metric of the monitor, declared once: name, kind, meaning, label sets. `docs/metrics.md` is made of it."""

from dataclasses import dataclass
from itertools import product
from typing import Literal, get_args

from schemas.alert import Certainty, PolicyShiftAlert, Transition
from schemas.dead_letter import Reason
from schemas.report import Report

STAGES = ("deduplicate", "classify", "extract", "alert")
OUTCOMES: dict[str, tuple[str, ...]] = {
    "deduplicate": ("unique", "update", "copy", "repeat", "outdated", "version", "canceled", "withheld",
                    "not-english", "empty", "dead-letter"),
    "classify": ("classified", "unclassified", "canceled", "dead-letter"),
    "extract": ("claims", "no-claims", "retracted", "dead-letter"),
    "alert": ("alert", "update", "cancel", "candidate", "unchanged", "dead-letter"),
}  # fmt: skip
"""What can become of a message in each stage: exactly one of these, for every message."""

TRANSITIONS: tuple[str, ...] = get_args(Transition)
CERTAINTIES: tuple[str, ...] = get_args(Certainty)
REASONS: tuple[str, ...] = get_args(Reason)
ALERT_TYPES: tuple[str, ...] = get_args(PolicyShiftAlert.model_fields["type"].annotation)
REPORT_KINDS: tuple[str, ...] = get_args(Report.model_fields["kind"].annotation)
TOPICS = (*(f"medtop:{number:02d}000000" for number in range(1, 18)), "none")
"""The 17 top-level IPTC Media Topics, and reports without one."""

LATENCY = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 3600.0, 21600.0, 86400.0)
WORK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
STALL = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
COUNTS = (1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0)


@dataclass(frozen=True)
class Declaration:
    """One metric. `values` are its label values, all of them, set to zero at the start; None: known while running."""

    name: str
    kind: Literal["counter", "gauge", "histogram", "info"]
    meaning: str
    labels: tuple[str, ...] = ()
    values: tuple[tuple[str, ...], ...] | None = ()
    buckets: tuple[float, ...] = ()
    bound: str = ""

    @property
    def full_name(self) -> str:
        """As Prometheus sees it."""
        return f"newsmon_{self.name}"


_STAGE = tuple((stage,) for stage in STAGES)
_OUTCOME = tuple((stage, outcome) for stage in STAGES for outcome in OUTCOMES[stage])
_TABLE = (("copies",), ("told",), ("ledger",))

DECLARATIONS: tuple[Declaration, ...] = (
    Declaration("messages_received_total", "counter", "Messages a stage took from its stream. Equals the sum of its "
                "outcomes when idle.", ("stage",), _STAGE),
    Declaration("articles_total", "counter", "Messages a stage finished, by what became of them. Every message is "
                "counted once per stage.", ("stage", "outcome"), _OUTCOME),
    Declaration("stage_duration_seconds", "histogram", "From taking a message to the broker's acknowledgement of all "
                "it caused.", ("stage",), _STAGE, WORK),
    Declaration("transit_seconds", "histogram", "From the feeder's send of the article to the stage being done with "
                "what came of it.", ("stage",), _STAGE, LATENCY),
    Declaration("last_message_timestamp_seconds", "gauge", "When the stage last finished a message (Unix time, 0: not "
                "yet).", ("stage",), _STAGE),
    Declaration("heartbeat_sent_timestamp_seconds", "gauge", "When the newest heartbeat was sent that the stage passed "
                "on (Unix time): time() minus it is how old the pipe's last sign of life is. Heartbeats count nowhere "
                "else.", ("stage", "partition"), None, bound="stages × partitions; with `newsmon heartbeat` alone"),
    Declaration("reports_total", "counter", "Reports that deduplicate sent on, by whether their text was seen before.",
                ("kind",), tuple((kind,) for kind in REPORT_KINDS)),
    Declaration("parts_dropped_total", "counter", "Parts of articles that were not sent on, by reason.", ("reason",),
                (("empty-part",), ("not-english-part",), ("repeated-part",), ("unchanged-part",))),
    Declaration("topics_total", "counter", "Reports by top-level IPTC Media Topic; a report may have several.",
                ("topic",), tuple((topic,) for topic in TOPICS)),
    Declaration("claims_total", "counter", "Claims sent to the ledger, by whether they take one back.", ("kind",),
                (("asserted",), ("retracted",))),
    Declaration("alerts_total", "counter", "Alert messages sent, by transition, type and certainty.",
                ("transition", "type", "certainty"), tuple(product(TRANSITIONS, ALERT_TYPES, CERTAINTIES))),
    Declaration("last_shift_timestamp_seconds", "gauge", "When the latest new alert of its kind was sent (Unix time). "
                "The triples appear as they happen.", ("actor", "instrument", "transition"), None,
                bound="500 triples a worker; what comes after is told under other"),
    Declaration("alert_origins", "histogram", "Independent witnesses behind each alert message.", (), (), COUNTS),
    Declaration("alert_reach", "histogram", "Reports that carry each alert message, reprints included.", (), (),
                COUNTS),
    Declaration("alert_latency_seconds", "histogram", "Publication of the article to the alert.", (), (), LATENCY),
    Declaration("end_to_end_seconds", "histogram", "Feeder's send of the article to the alert.", (), (), LATENCY),
    Declaration("dead_letters_total", "counter", "Messages nobody could read, by stage and reason.",
                ("stage", "reason"), tuple(product(STAGES, REASONS))),
    Declaration("consumer_lag_messages", "gauge", "Messages written to a partition and not yet acknowledged by its "
                "stage: the broker's end minus the committed offset.", ("stage", "partition"), None,
                bound="stages × partitions; only the partitions this worker has"),
    Declaration("table_rows", "gauge", "Rows a stage remembers in this worker.", ("table",), _TABLE),
    Declaration("state_bytes", "gauge", "Bytes of the state directory on disk."),
    Declaration("state_free_bytes", "gauge", "Bytes free on the disk that holds the state directory."),
    Declaration("loop_delay_seconds", "histogram", "How much later than asked the event loop woke, sampled every "
                "second.", (), (), STALL),
    Declaration("loop_timestamp_seconds", "gauge", "When the event loop last turned (Unix time). The container's "
                "health check reads it."),
    Declaration("last_article_timestamp_seconds", "gauge", "published_at of the newest article seen (Unix time)."),
    Declaration("build_info", "info", "Version of newsmon and of the language model.", ("version", "model"), None,
                bound="one"),
)  # fmt: skip
