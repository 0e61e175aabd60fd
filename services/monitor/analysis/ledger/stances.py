"""Line and Book: what is known of (instrument, target), for all lines of one row. Line -> Stance message."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from schemas import Level, Party, Stance, StanceState
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.ledger.shifts import Shift
from services.monitor.analysis.ledger.witnesses import independent

DOT = "·"


def line_key(instrument: str, target: Party | None) -> str:
    """Key of a line inside its row; `*` is the target nobody named."""
    return f"{instrument}{DOT}{target.id if target else '*'}"


class Line(NamedTuple):
    """One instrument towards one target (None: not named, or domestic).

    `fresh_until` renews with each repetition. `via` names the broader line whose shift covered this one.
    """

    instrument: str
    target: Party | None
    last: datetime
    fresh_until: datetime
    state: StanceState | None = None
    denied: bool = False
    floated: StanceState | None = None
    levels: tuple[Level, ...] = ()
    shifts: tuple[Shift, ...] = ()
    pending: tuple[Shift, ...] = ()
    alert_ids: tuple[str, ...] = ()
    via: str | None = None
    wide: bool = False

    @property
    def key(self) -> str:
        """Key inside the row."""
        return line_key(self.instrument, self.target)

    @property
    def polarity(self) -> int:
        """Of the stance, else of the first candidate, else 0."""
        if self.state:
            return self.state.polarity
        return self.pending[0].facts[0].polarity if self.pending else 0

    @property
    def current(self) -> Shift | None:
        """The shift that made the present state; a denial marks it, but does not replace it."""
        return next((shift for shift in reversed(self.shifts) if shift.kind != "denied"), None)

    def fresh(self, now: datetime) -> bool:
        """Is it still news at `now`?"""
        return (self.state is not None or bool(self.pending)) and now <= self.fresh_until


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a fold leaves behind: the next claim is folded onto it."""

    lines: tuple[Line, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """The lines while a fold is running. `done` collects shifts that nothing can change any more."""

    actor_id: str
    know: Knowledge
    lines: dict[str, Line] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    done: list[Shift] = field(default_factory=list)
    forgotten: set[str] = field(default_factory=set)

    def put(self, line: Line) -> Line:
        """Write the line down; its oldest shifts beyond the bound are done, and the oldest line beyond that."""
        spare = len(line.shifts) - self.know.rules.bounds.shifts
        if spare > 0:
            self.done.extend(line.shifts[:spare])
            line = line._replace(shifts=line.shifts[spare:])
        self.lines[line.key] = line
        if len(self.lines) > self.know.rules.bounds.lines:
            self._forget(min(self.lines.values(), key=lambda known: (known.last, known.key)))
        return line

    def _forget(self, line: Line) -> None:
        del self.lines[line.key]
        self.done.extend(line.shifts)
        self.forgotten.add(line.key)

    def shifts(self) -> list[Shift]:
        """Every alerted shift, those that are done first."""
        return [*self.done, *(shift for line in self.lines.values() for shift in line.shifts)]


def stance_of(book: Book, line: Line, actor: Party) -> Stance:
    """The message about the line as it stands."""
    told_by = book.lines.get(line.via, line) if line.via else line
    shift, know = told_by.current, book.know
    return Stance(
        key=f"{actor.id}{DOT}{line.key}",
        actor=actor,
        instrument=line.instrument,
        target=line.target,
        state=line.state or line.floated,
        stale_at=line.fresh_until if line.state else None,
        denied=line.denied,
        origins=len(independent(shift.witnesses, know.rules.confidence)) if shift else 0,
        reach=shift.reach if shift else 0,
        alert_ids=line.alert_ids,
    )
