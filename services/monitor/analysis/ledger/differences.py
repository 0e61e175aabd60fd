"""(what was sent, Book) -> alerts, updates, cancels and stances that subscribers do not have yet."""

from datetime import datetime

from schemas import Party, PolicyShiftAlert, Stance, stable_id
from services.monitor.analysis.ledger.alerts import alert_of
from services.monitor.analysis.ledger.hearing import read
from services.monitor.analysis.ledger.rows import Entry
from services.monitor.analysis.ledger.shifts import revision
from services.monitor.analysis.ledger.stances import DOT, Book, Line, stance_of

Difference = tuple[tuple[PolicyShiftAlert, ...], tuple[Stance, ...]]


def difference(old: Entry, row: Entry, book: Book) -> Difference:
    """What to send: `old` and `row` know what was sent before and after, `book` is `row` read."""
    alerts = [
        alert_of(shift, row.actor, book.know, "update" if shift.alert_id in old.sent else "alert")
        for shift in book.shifts()
        if old.sent.get(shift.alert_id) != row.sent[shift.alert_id]
    ]
    lines = [line for line in spoken(book) if old.told.get(key := _stance_key(book, line)) != row.told[key]]
    stances = [stance_of(book, line, row.actor) for line in lines]
    gone, empty = _missing(old, row, book)
    return tuple(sorted(alerts, key=in_time)) + gone, tuple(sorted(stances, key=lambda s: s.key)) + empty


def _missing(old: Entry, row: Entry, book: Book) -> Difference:
    """Cancels and emptied stances for what no longer follows; the row as it was knows their words."""
    lost = old.sent.keys() - row.sent.keys()
    empty = old.told.keys() - row.told.keys() - {_named(book, key) for key in book.forgotten}
    if not lost and not empty:
        return (), ()
    before = read(old, book.know)
    alerts = [alert_of(s, old.actor, book.know, "cancel") for s in before.shifts() if s.alert_id in lost]
    stances = [stance_of(before, line, old.actor) for line in spoken(before) if _stance_key(before, line) in empty]
    return tuple(sorted(alerts, key=in_time)), tuple(_emptied(s) for s in sorted(stances, key=lambda s: s.key))


def sent(book: Book, actor: Party) -> dict[str, dict[str, str]]:
    """The fields of the entry that say what subscribers have."""
    return {
        "sent": {shift.alert_id: revision(shift, actor) for shift in book.shifts()},
        "told": {_stance_key(book, line): _digest(book, line) for line in spoken(book)},
    }


def spoken(book: Book) -> list[Line]:
    """Lines of which something is known; mere candidates are not a stance."""
    return [line for line in book.lines.values() if line.state or line.floated or line.denied]


def in_time(alert: PolicyShiftAlert) -> tuple[datetime, str]:
    """Sort key of alerts."""
    return (alert.times.published, alert.alert_id)


def _named(book: Book, key: str) -> str:
    return f"{book.actor_id}{DOT}{key}"


def _stance_key(book: Book, line: Line) -> str:
    return _named(book, line.key)


def _digest(book: Book, line: Line) -> str:
    """Of everything the stance says, without building it."""
    shift = (book.lines.get(line.via, line) if line.via else line).current
    state = line.state or line.floated
    words = state.model_dump_json() if state else "-"
    marks = (str(line.denied), line.fresh_until.isoformat(), shift.history if shift else "-")
    return stable_id(words, *marks, *line.alert_ids, length=12)


def _emptied(stance: Stance) -> Stance:
    return Stance(key=stance.key, actor=stance.actor, instrument=stance.instrument, target=stance.target,
                  origins=0, reach=0)  # fmt: skip
