"""The query of an address in, a filter and its choices out; and back, so that every view has an address."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import NamedTuple
from urllib.parse import urlencode

from schemas import PolicyShiftAlert, Stance
from services.desk.names import CERTAINTIES, TRANSITIONS, Names
from services.subscriber.subscription import Filter

FIELDS = ("actor", "target", "instrument", "topic", "transition", "certainty")
MOST_CHOICES = 300


class Choice(NamedTuple):
    """One value of a filter, what a person reads, how many alerts have it, and whether it is chosen."""

    value: str
    label: str
    alerts: int
    chosen: bool


def asked(query: Mapping[str, str]) -> Filter:
    """Empty values ask nothing; unknown names are for others."""
    return Filter(**{name: query[name] for name in FIELDS if query.get(name)})


def query(keep: Filter, **more: str | int) -> str:
    """`?actor=USA&page=2`, or nothing."""
    given = {name: value for name, value in (asdict(keep) | more).items() if value not in (None, "")}
    return f"?{urlencode(given)}" if given else ""


def choices(alerts: Iterable[PolicyShiftAlert], keep: Filter, names: Names) -> dict[str, list[Choice]]:
    """For each filter the values that alerts have, by what a person reads; the chosen one is always among them."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FIELDS}
    labels = {name: {value: value} if (value := getattr(keep, name)) else {} for name in FIELDS}
    for alert in alerts:
        for name, value, label in _values(alert, names):
            counts[name][value] += 1
            labels[name][value] = label
    return {name: _sorted(name, labels[name], counts[name], getattr(keep, name)) for name in FIELDS}


def _values(alert: PolicyShiftAlert, names: Names) -> Iterable[tuple[str, str, str]]:
    yield "actor", alert.actor.id, alert.actor.name
    if alert.target:
        yield "target", alert.target.id, alert.target.name
    yield "instrument", alert.instrument, names.instrument(alert.instrument)
    yield "transition", alert.transition, alert.transition.replace("-", " ")
    yield "certainty", alert.certainty, alert.certainty
    for code in alert.topics:
        yield "topic", code, names.topic(code)


def _sorted(name: str, labels: dict[str, str], counts: Counter[str], chosen: str | None) -> list[Choice]:
    order = {"transition": TRANSITIONS, "certainty": CERTAINTIES}.get(name, ())
    places = {value: place for place, value in enumerate(order)}
    ranked = sorted(labels.items(), key=lambda item: (places.get(item[0], 0), item[1].casefold()))
    return [Choice(value, label, counts[value], value == chosen) for value, label in ranked[:MOST_CHOICES]]


def standing(stances: Iterable[Stance], query: Mapping[str, str]) -> list[Stance]:
    """Stances of an actor, towards a target, of an instrument; what is not asked does not matter."""
    asked = {name: query.get(name) for name in ("actor", "target", "instrument")}
    return [stance for stance in stances if all(not v or v == _part(stance, n) for n, v in asked.items())]


def _part(stance: Stance, name: str) -> str | None:
    parts = {"actor": stance.actor.id, "instrument": stance.instrument}
    return stance.target.id if name == "target" and stance.target else parts.get(name)
