"""(Entry | None, Claim) -> the Entry after it, with the alerts and stances that are different now. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from schemas import Claim, PolicyShiftAlert, Stance
from services.monitor.analysis.ledger.alerts import alert_of
from services.monitor.analysis.ledger.differences import difference, in_time, sent, spoken
from services.monitor.analysis.ledger.hearing import read
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.ledger.rows import Entry, is_late, with_claim
from services.monitor.analysis.ledger.settling import settle
from services.monitor.analysis.ledger.stances import stance_of

Outcome = Literal["read", "known", "late"]

__all__ = ["Advance", "Entry", "Folded", "advance", "fold"]


@dataclass(frozen=True, slots=True)
class Advance:
    """What to store, and what to send. Nothing new: the entry is the one that came in.

    outcome: read, known (the same claim again), late (of a time that is folded away; mostly a redelivery).
    """

    entry: Entry | None
    alerts: tuple[PolicyShiftAlert, ...] = ()
    stances: tuple[Stance, ...] = ()
    outcome: Outcome = "read"


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
        return Advance(entry, outcome="late" if entry and is_late(entry, claim) else "known")
    old = entry or Entry(actor=row.actor, family=row.family)
    book = read(row, know)
    row = row.model_copy(update=sent(book, row.actor))
    alerts, stances = difference(old, row, book)
    settled = settle(row, know)
    if settled is not row:
        settled = settled.model_copy(update=sent(read(settled, know), settled.actor))
    return Advance(settled, alerts, stances)


def fold(claims: Iterable[Claim], know: Knowledge) -> Folded:
    """The same without history: all claims of one row at once, in any order. Raises ValueError without claims."""
    row: Entry | None = None
    for claim in claims:
        row = with_claim(row, claim, know.rules.bounds) or row
    if row is None:
        raise ValueError("nothing to fold")
    book = read(row, know)
    alerts = sorted((alert_of(shift, row.actor, know) for shift in book.shifts()), key=in_time)
    stances = (stance_of(book, line, row.actor) for line in spoken(book))
    return Folded(tuple(alerts), tuple(sorted(stances, key=lambda stance: stance.key)))
