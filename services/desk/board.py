"""Messages of the alert, stance and report streams in; what the desk shows now out. Bounded memory.

An alert stands under its id in its latest telling; one that was taken back stays, shown as withdrawn.
"""

import asyncio
from collections import OrderedDict
from typing import NamedTuple

from pydantic import BaseModel

from schemas import PolicyShiftAlert, Stance
from services.desk.journal import Journal

MOST_ALERTS = 5_000
MOST_ALERT_BYTES = 32 * 1024 * 1024  # on the wire; about 4.4 times that as objects (measured, 3 kB alerts)
MOST_STANCES = 20_000
MOST_CONTEXTS = 20_000
AROUND = 160  # characters of the report on each side of a quote


class Context(NamedTuple):
    """The words of the report around a quote; `cut_...` says that the report goes on there."""

    before: str
    after: str
    cut_before: bool
    cut_after: bool


class Place(BaseModel):
    """Of a claim, all that the desk needs."""

    id: str
    start: int
    end: int


class Heard(BaseModel):
    """Of an enriched report, all that the desk needs: a third of the time that reading the whole message takes."""

    text: str
    claims: tuple[Place, ...]


class Board:
    """What is known. One event loop writes and reads it: no locks."""

    def __init__(self, journal: Journal[PolicyShiftAlert] | None = None, *, most_alerts: int = MOST_ALERTS) -> None:
        self.journal: Journal[PolicyShiftAlert] = journal or Journal()
        self.changes: Journal[Stance] = Journal()
        self.alerts: OrderedDict[str, PolicyShiftAlert] = OrderedDict()
        self.stances: OrderedDict[str, Stance] = OrderedDict()
        self.contexts: OrderedDict[str, Context] = OrderedDict()
        self.caught_up = asyncio.Event()
        self.unreadable = 0
        self._most_alerts = most_alerts
        self._sizes: dict[str, int] = {}
        self._followers: dict[str, set[str]] = {}
        self._bytes = 0

    def tell(self, alert: PolicyShiftAlert, partition: int, offset: int, *, size: int) -> None:
        """A message of the alert stream; `size` in bytes as it came. Told again, it changes nothing."""
        if not self.journal.add(partition, offset, alert, size=size):
            return
        known = self.alerts.pop(alert.alert_id, None)
        if known:
            self._drop(known)
        self._put(alert, size)
        while len(self.alerts) > self._most_alerts or self._bytes > MOST_ALERT_BYTES:
            self._drop(self.alerts.popitem(last=False)[1])

    def hold(self, key: str, stance: Stance | None, partition: int, offset: int, *, size: int) -> None:
        """A message of the stance stream; None is Kafka's word for deleted. Told again, it changes nothing."""
        if stance is None:
            self.changes.skip(partition, offset)
        elif not self.changes.add(partition, offset, stance, size=size):
            return
        self.stances.pop(key, None)
        if stance is not None and stance.state is not None:
            self.stances[key] = stance
        while len(self.stances) > MOST_STANCES:
            self.stances.popitem(last=False)

    def overhear(self, report: Heard) -> None:
        """A report with claims: the words around each quote are kept, the rest is not."""
        for claim in report.claims:
            start, end = max(0, claim.start - AROUND), claim.end + AROUND
            before, after = report.text[start : claim.start], report.text[claim.end : end]
            self.contexts[claim.id] = Context(before, after, start > 0, end < len(report.text))
        while len(self.contexts) > MOST_CONTEXTS:
            self.contexts.popitem(last=False)

    def newest_first(self) -> list[PolicyShiftAlert]:
        """By time of publication, then by id: a stable order."""
        return sorted(self.alerts.values(), key=lambda a: (a.times.published, a.alert_id), reverse=True)

    def line(self, key: str) -> list[PolicyShiftAlert]:
        """Every shift of one stance, oldest first."""
        return [alert for alert in reversed(self.newest_first()) if key_of(alert) == key]

    def followers(self, alert_id: str) -> list[PolicyShiftAlert]:
        """Alerts that name this one as superseded, oldest first."""
        found = [self.alerts[name] for name in self._followers.get(alert_id, ())]
        return sorted(found, key=lambda a: (a.times.published, a.alert_id))

    def _put(self, alert: PolicyShiftAlert, size: int) -> None:
        self.alerts[alert.alert_id] = alert
        self._sizes[alert.alert_id] = size
        self._bytes += size
        for earlier in set(alert.references):
            self._followers.setdefault(earlier, set()).add(alert.alert_id)

    def _drop(self, alert: PolicyShiftAlert) -> None:
        self._bytes -= self._sizes.pop(alert.alert_id)
        for earlier in set(alert.references):
            self._followers[earlier].remove(alert.alert_id)
            if not self._followers[earlier]:
                del self._followers[earlier]


def key_of(alert: PolicyShiftAlert) -> str:
    """Key of the stance that an alert is about, as in the stance stream."""
    return "·".join((alert.actor.id, alert.instrument, alert.target.id if alert.target else "*"))
