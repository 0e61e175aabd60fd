"""(Entry | None, Claim) -> the Entry after it, with the alerts and stances that are different now. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from schemas import Claim, Party, PolicyShiftAlert, Stance, stable_id
from services.monitor.analysis.accounts import account
from services.monitor.analysis.alerts import alert_of
from services.monitor.analysis.denials import deny, float_
from services.monitor.analysis.facts import Fact
from services.monitor.analysis.hierarchy import place
from services.monitor.analysis.knowledge import Knowledge
from services.monitor.analysis.lines import apply
from services.monitor.analysis.rows import Entry, standing, with_claim
from services.monitor.analysis.settling import settle
from services.monitor.analysis.stances import Book, Snapshot, stance_of


@dataclass(frozen=True, slots=True)
class Advance:
    """What to store, and what to send. Nothing new: the entry is the one that came in."""

    entry: Entry | None
    alerts: tuple[PolicyShiftAlert, ...] = ()
    stances: tuple[Stance, ...] = ()


@dataclass(frozen=True, slots=True)
class Folded:
    """Everything that follows from some claims of one row: alerts by time, stances by key."""

    alerts: tuple[PolicyShiftAlert, ...]
    stances: tuple[Stance, ...]


def advance(entry: Entry | None, claim: Claim, know: Knowledge) -> Advance:
    """Put one claim in its place in event time, fold again, and say what is different from what was sent.

    The same claim twice, or one older than what was folded away, changes nothing. Store the entry after the
    alerts and stances are acknowledged: sending them again is harmless, forgetting them is not.
    """
    row = with_claim(entry, claim, know.rules.bounds)
    if row is None:
        return Advance(entry)
    old = entry or Entry(actor=row.actor, family=row.family)
    book = _read(row, know)
    now = _folded(book, row.actor)
    alerts, stances = _difference(old, now, book, know)
    settled = settle(row, know, _hear_all)
    if settled is not row:
        now = _folded(_read(settled, know), settled.actor)
    return Advance(settled.model_copy(update=_as_sent(now)), alerts, stances)


def fold(claims: Iterable[Claim], know: Knowledge) -> Folded:
    """The same without history: all claims of one row at once, in any order. Raises ValueError without claims."""
    row: Entry | None = None
    for claim in claims:
        row = with_claim(row, claim, know.rules.bounds) or row
    if row is None:
        raise ValueError("nothing to fold")
    return _folded(_read(row, know), row.actor)


def _read(row: Entry, know: Knowledge) -> Book:
    lines = {line.key: line for line in row.snapshot.lines}
    book = Book(row.actor.id, know, lines, dict(row.snapshot.counts))
    _hear_all(book, standing(row))
    return book


def _hear_all(book: Book, facts: Iterable[Fact]) -> None:
    for _, report in groupby(facts, key=lambda fact: fact.place):
        for fact in account(report, book.know):
            _hear(book, fact)


def _hear(book: Book, fact: Fact) -> None:
    if fact.stage == "denied" or fact.action == "deny":
        deny(book, fact)
    elif fact.stage == "floated":
        float_(book, fact)
    elif fact.polarity != 0:
        line, relation = place(book, fact)
        apply(book, line, fact, relation)


def _folded(book: Book, actor: Party) -> Folded:
    alerts = [alert_of(shift, actor, book.know) for shift in book.shifts()]
    known = [line for line in book.lines.values() if line.state or line.floated or line.denied]
    return Folded(
        tuple(sorted(alerts, key=lambda alert: (alert.times.published, alert.alert_id))),
        tuple(sorted((stance_of(book, line, actor) for line in known), key=lambda stance: stance.key)),
    )


def _as_sent(folded: Folded) -> dict[str, dict[str, str]]:
    return {
        "sent": {alert.alert_id: alert.revision for alert in folded.alerts},
        "told": {stance.key: _digest(stance) for stance in folded.stances},
    }


def _digest(stance: Stance) -> str:
    return stable_id(stance.model_dump_json(), length=12)


def _difference(
    old: Entry, now: Folded, book: Book, know: Knowledge
) -> tuple[tuple[PolicyShiftAlert, ...], tuple[Stance, ...]]:
    alerts = [
        alert.model_copy(update={"type": "update" if alert.alert_id in old.sent else "alert"})
        for alert in now.alerts
        if old.sent.get(alert.alert_id) != alert.revision
    ]
    stances = [stance for stance in now.stances if old.told.get(stance.key) != _digest(stance)]
    forgotten = {f"{book.actor_id}·{key}" for key in book.forgotten}
    lost = set(old.sent) - {alert.alert_id for alert in now.alerts}
    empty = set(old.told) - {stance.key for stance in now.stances} - forgotten
    if lost or empty:
        before = _folded(_read(old, know), old.actor)
        alerts += [_cancelled(alert) for alert in before.alerts if alert.alert_id in lost]
        stances += [_emptied(stance) for stance in before.stances if stance.key in empty]
    return tuple(alerts), tuple(stances)


def _cancelled(alert: PolicyShiftAlert) -> PolicyShiftAlert:
    return alert.model_copy(update={"type": "cancel"})


def _emptied(stance: Stance) -> Stance:
    return Stance(key=stance.key, actor=stance.actor, instrument=stance.instrument, target=stance.target,
                  origins=0, reach=0)  # fmt: skip


__all__ = ["Advance", "Entry", "Folded", "Snapshot", "advance", "fold"]
