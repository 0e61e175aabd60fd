"""Whether articles go in and alerts come out, stage by stage: for whoever runs the service."""

from typing import Any

from tools.dashboards import panels as p

STAGES = ("deduplicate", "classify", "extract", "alert")


def pipeline() -> Any:
    """The dashboard."""
    return p.board("newsmon-pipeline", "Pipeline", "Messages in and out, outcomes, durations, lag, dead letters.",
                   {"Flow": _flow(), "Outcomes": _outcomes(), "Time": _time(), "Set aside": _aside()})  # fmt: skip


def _flow() -> list[Any]:
    beat = f"max by (stage) (time() - max by (stage, partition) ({p.of('heartbeat_sent_timestamp_seconds')}))"
    last = f"time() - (max by (stage) ({p.of('last_message_timestamp_seconds')}) > 0)"
    return [
        p.graph("Taken", "Messages each stage took from its stream.", "mps",
                (f"sum by (stage) ({p.rate('messages_received_total')})", "{{stage}}")),
        p.graph("Lag", "Messages written and not yet acknowledged by their stage, by the broker's own offsets.",
                "short", (f"sum by (stage) ({p.of('consumer_lag_messages')})", "{{stage}}")),
        p.graph("Lag by partition", "The same by partition: one that stays behind alone has a slow key or no reader.",
                "short", (f"max by (stage, partition) ({p.of('consumer_lag_messages')})", "{{stage}} {{partition}}")),
        p.graph("Since the last message", "How long ago each stage finished a message. Rising in one stage alone: it "
                "is stuck.", "s", (last, "{{stage}}")),
        p.graph("Age of the last heartbeat", "How old the newest heartbeat is that a stage passed on, in its worst "
                "partition. The stage where it jumps is where the pipe is shut.", "s", (beat, "{{stage}}")),
    ]  # fmt: skip


def _outcomes() -> list[Any]:
    return [
        p.graph(f"{stage.capitalize()}: outcomes", f"What became of the messages that {stage} finished.", "short",
                (f"sum by (outcome) ({p.increase('articles_total', stage=stage)}) > 0", "{{outcome}}"), stacked=True)
        for stage in STAGES
    ]  # fmt: skip


def _time() -> list[Any]:
    return [
        p.graph("Work on one message, median", "From taking a message to the broker's acknowledgement of all it "
                "caused.", "s", (p.quantile(0.5, "stage_duration_seconds", "stage"), "{{stage}}")),
        p.graph("Work on one message, 95th percentile", "The same, of the slowest in twenty.", "s",
                (p.quantile(0.95, "stage_duration_seconds", "stage"), "{{stage}}")),
        p.graph("Since the feeder, 95th percentile", "From the feeder's send of an article to the stage being done "
                "with what came of it: waiting included.", "s",
                (p.quantile(0.95, "transit_seconds", "stage"), "{{stage}}")),
        p.heat_map("From the feeder to the alert", "Feeder's send to the alert, of every new alert.", "s",
                   "end_to_end_seconds"),
    ]  # fmt: skip


def _aside() -> list[Any]:
    dead = f"sum by (stage, reason) ({p.increase('dead_letters_total')}) > 0"
    share = (f"sum({p.increase('dead_letters_total', over='$__range')})"
             f" / sum({p.increase('messages_received_total', over='$__range')})")  # fmt: skip
    return [
        p.graph("Dead letters", "Messages nobody could read: look at `newsmon dlq list`.", "short",
                (dead, "{{stage}} {{reason}}"), stacked=True),
        p.graph("Parts dropped", "Parts of articles that were not sent on, by reason.", "short",
                (f"sum by (reason) ({p.increase('parts_dropped_total')})", "{{reason}}"), stacked=True),
        p.graph("Claims", "Claims sent to the ledger, and those taken back.", "short",
                (f"sum by (kind) ({p.increase('claims_total')})", "{{kind}}"), stacked=True),
        p.number("Share of dead letters", "Of all messages taken in the time shown.", "percentunit", share)
        .span(p.HALF).height(8).decimals(2),
    ]  # fmt: skip
