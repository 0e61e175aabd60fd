"""The query of an address in, a filter and its choices out; and back, so that every view has an address."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from typing import NamedTuple
from urllib.parse import urlencode

from schemas import Party, PolicyShiftAlert, Stance
from services.desk.names import CERTAINTIES, TRANSITIONS, Names
from services.subscriber.subscription import Filter

FIELDS = ("actor", "target", "instrument", "topic", "transition", "certainty")
STANDING = ("actor", "target", "instrument")
MOST_CHOICES = 300

Value = tuple[str, str, str]
"""A field, its value, and what a person reads."""


class Choice(NamedTuple):
    """One value of a filter, what a person reads, how many have it, and whether it is chosen."""

    value: str
    label: str
    amount: int
    chosen: bool


@dataclass(frozen=True)
class Standing:
    """Stances of an actor, towards a target, of an instrument; None asks nothing. What stands no more is not kept."""

    actor: str | None = None
    target: str | None = None
    instrument: str | None = None

    def keeps(self, stance: Stance) -> bool:
        """Whether every given word matches."""
        asked = ((self.actor, stance.actor.id), (self.instrument, stance.instrument),
                 (self.target, stance.target.id if stance.target else None))  # fmt: skip
        return stance.state is not None and all(wanted in (None, found) for wanted, found in asked)


def asked(query: Mapping[str, str]) -> Filter:
    """Empty values ask nothing; unknown names are for others."""
    return Filter(**{name: query[name] for name in FIELDS if query.get(name)})


def query(keep: Filter | Standing, **more: str | int) -> str:
    """`?actor=USA&page=2`, or nothing."""
    given = {name: value for name, value in (asdict(keep) | more).items() if value not in (None, "")}
    return f"?{urlencode(given)}" if given else ""


def choices(alerts: Iterable[PolicyShiftAlert], keep: Filter, names: Names) -> dict[str, list[Choice]]:
    """For each filter the values that alerts have, by what a person reads; the chosen one is always among them."""
    return _counted((_values(alert, names) for alert in alerts), keep, FIELDS)


def _counted(values: Iterable[Iterable[Value]], keep: object, fields: Iterable[str]) -> dict[str, list[Choice]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in fields}
    labels = {name: {value: value} if (value := getattr(keep, name)) else {} for name in counts}
    for name, value, label in chain.from_iterable(values):
        counts[name][value] += 1
        labels[name][value] = label
    return {name: _sorted(name, labels[name], counts[name], getattr(keep, name)) for name in counts}


def _side(actor: Party, target: Party | None) -> Iterator[Value]:
    yield "actor", actor.id, actor.name
    if target:
        yield "target", target.id, target.name


def _values(alert: PolicyShiftAlert, names: Names) -> Iterator[Value]:
    yield from _side(alert.actor, alert.target)
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


def asked_standing(query: Mapping[str, str]) -> Standing:
    """As `asked`, of stances."""
    return Standing(**{name: query[name] for name in STANDING if query.get(name)})


def standing_choices(stances: Iterable[Stance], keep: Standing, names: Names) -> dict[str, list[Choice]]:
    """As `choices`, of stances."""
    values = ((*_side(stance.actor, stance.target), ("instrument", stance.instrument,
               names.instrument(stance.instrument))) for stance in stances)  # fmt: skip
    return _counted(values, keep, STANDING)
