"""What changed in the world, as the monitor tells it: for editors. Which alert says what stands in the desk."""

from typing import Any

from tools.dashboards import panels as p
from tools.dashboards.topics import topic_names

NEW = {"type": "alert"}


def newsroom() -> Any:
    """The dashboard."""
    return p.board("newsmon-newsroom", "Newsroom", "Policy shifts: how many, who, what, how sure, how soon.",
                   {"Now": _now(), "Shifts": _shifts(), "Reading": _reading()})  # fmt: skip


def _now() -> list[Any]:
    new, confirmed = (f"sum({p.increase('alerts_total', over='$__range', **NEW, **more)})"
                      for more in ({}, {"certainty": "confirmed"}))  # fmt: skip
    withdrawn = f"sum({p.increase('alerts_total', over='$__range', type='cancel')})"
    newest = f"time() - (max({p.of('last_article_timestamp_seconds')}) > 0)"
    return [
        p.number("New alerts", "Policy shifts told for the first time in the time shown.", "short", new),
        p.number("Confirmed at once", "Share of new alerts that had two independent witnesses from the start.",
                 "percentunit", f"{confirmed} / {new}"),
        p.number("Withdrawn", "Alerts taken back, because what they rested on was retracted.", "short",
                 withdrawn),
        p.number("Age of the newest article", "Since the publication of the newest article seen. A replay of old "
                 "news shows its age.", "s", newest),
    ]  # fmt: skip


def _shifts() -> list[Any]:
    last = f"max by (actor, instrument, transition) ({p.of('last_shift_timestamp_seconds')}) * 1000"
    matrix = f"max by (actor, instrument) ({p.of('last_shift_timestamp_seconds')}) * 1000"
    return [
        p.graph("Alerts by transition", "New alerts, by what they do to the stance.", "short",
                (f"sum by (transition) ({p.increase('alerts_total', **NEW)}) > 0", "{{transition}}"), stacked=True),
        p.graph("Alerts by certainty", "All alert messages: possible rests on one witness, confirmed on several.",
                "short", (f"sum by (certainty) ({p.increase('alerts_total')})", "{{certainty}}"), stacked=True),
        p.rows("Latest alerts", "The last time each actor did this to each instrument, newest first.",
               "dateTimeFromNow", last, [*_columns("transition"), _newest_first()]),
        p.rows("Instruments × actors", "When each actor last shifted each instrument.", "dateTimeFromNow", matrix,
               [("groupingToMatrix", {"columnField": "actor", "rowField": "instrument", "valueField": "Value"})]),
    ]  # fmt: skip


def _reading() -> list[Any]:
    topics = f"sum by (topic) ({p.increase('topics_total', over='$__range')}) > 0"
    latency = [(p.quantile(q, "alert_latency_seconds"), f"p{q * 100:.0f}") for q in (0.5, 0.95)]
    return [
        p.bars("Topics", "Reports by top-level IPTC Media Topic in the time shown.", "short", (topics, "{{topic}}"),
               topic_names()),
        p.graph("Reach against origins", "How many reports carry an alert, and how many of them are independent. Far "
                "apart: one text, much reprinted.", "short",
                (p.mean("alert_reach"), "reach"), (p.mean("alert_origins"), "origins")),
        p.graph("From publication to alert", "How long after its article was published an alert went out.", "s",
                *latency),
        p.graph("New, copied and updated", "Reports by whether their text was seen before.", "short",
                (f"sum by (kind) ({p.increase('reports_total')})", "{{kind}}"), stacked=True),
    ]  # fmt: skip


def _columns(*more: str) -> list[tuple[str, Any]]:
    order = ["Value", "actor", *more, "instrument"]
    renamed = {"Value": "last", "actor": "actor", "instrument": "instrument"}
    return [("organize", {"excludeByName": {"Time": True}, "renameByName": renamed,
                          "indexByName": {name: at for at, name in enumerate(order)}})]  # fmt: skip


def _newest_first() -> tuple[str, Any]:
    return ("sortBy", {"sort": [{"field": "last", "desc": True}]})
