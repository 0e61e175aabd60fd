"""(Book, Line, candidate Shift) -> the Line after it: the stance changes, the shift gets its id, others are covered."""

from datetime import datetime

from schemas import StanceState, stable_id
from services.monitor.analysis.ledger.shifts import Shift
from services.monitor.analysis.ledger.stances import Book, Line
from services.monitor.analysis.ledger.transitions import transition
from services.monitor.lexicon.ledger import LedgerRules


def promote(book: Book, line: Line, shift: Shift, now: datetime) -> Line:
    """The candidate has witnesses enough: it becomes the line's present state (or, denied, a mark on it)."""
    rules = book.know.rules
    before, after = _before(book, line, shift), _after(line, shift, rules)
    covered = [] if after.action in rules.partial else _covered(book, line, after)
    made = shift._replace(
        target=line.target,
        alert_id=_number(book, line, shift.signature),
        transition=transition(shift.kind, before, after, rules),
        before=before,
        after=after,
        made_at=now,
        references=_references(line, shift, before, covered),
    )
    for other in covered:
        _cover(book, other, line, made)
    wide = line.target is None and any(other.target for other in covered)
    return book.put(_shifted(book, line, made)._replace(wide=wide))


def _before(book: Book, line: Line, shift: Shift) -> StanceState | None:
    """The stance; else what a broader line said; else what was floated."""
    if line.state is not None:
        return None if shift.kind == "first" else line.state
    if shift.before is not None or line.floated is None:
        return shift.before
    fresh = shift.last - line.floated.since <= book.know.ttl(line.instrument)
    return line.floated if fresh and line.floated.polarity == shift.facts[0].polarity else None


def _after(line: Line, shift: Shift, rules: LedgerRules) -> StanceState:
    """The best fact's act, the latest stage, the best known level."""
    if shift.kind == "denied":
        return StanceState(action="deny", polarity=0, status="denied", since=shift.since)
    best = shift.facts[0]
    level = next((fact.level for fact in shift.facts if fact.level and fact.level.unit in rules.units), None)
    kept = line.state if line.state and shift.kind == "stage" else None
    return StanceState(
        action=kept.action if kept else best.action,
        polarity=best.polarity,
        status=max((fact.stage for fact in shift.facts), key=rules.rank),
        level=level or (kept.level if kept else None),
        since=shift.since,
    )


def _number(book: Book, line: Line, signature: str) -> str:
    """Deterministic: actor, line, the new state, and which time it is reached."""
    key = f"{line.key}|{signature}"
    book.counts[key] = book.counts.get(key, 0) + 1
    target = line.target.id if line.target else "*"
    return stable_id(book.actor_id, line.instrument, target, signature, str(book.counts[key]))


def _references(line: Line, shift: Shift, before: StanceState | None, covered: list[Line]) -> tuple[str, ...]:
    own: tuple[str, ...] = ()
    if before is not None and before is line.state:
        current = line.current
        own = ((current.alert_id,) if current and not line.via else ()) + line.alert_ids[-1:]
    others = (other.alert_ids[-1] for other in covered if other.alert_ids)
    return tuple(dict.fromkeys((*own, *shift.references, *others)))


def _shifted(book: Book, line: Line, made: Shift) -> Line:
    most = book.know.rules.bounds.alert_ids
    line = line._replace(shifts=(*line.shifts, made), alert_ids=(*line.alert_ids, made.alert_id)[-most:], pending=())
    if made.kind == "denied":
        return line._replace(denied=True)
    level = (made.after.level,) if made.after and made.after.level else ()
    known = line.levels if made.kind in ("level", "stage", "harder", "extend") else ()
    return line._replace(
        state=made.after,
        denied=False,
        floated=None,
        via=None,
        levels=(*known, *level)[-8:],
        last=made.last,
        fresh_until=made.last + book.know.ttl(line.instrument),
    )


def _covered(book: Book, line: Line, after: StanceState) -> list[Line]:
    """Lines that say the opposite of a narrower instrument, or of a target among all targets."""
    return [
        other
        for other in book.lines.values()
        if other.state is not None
        and other.state.polarity == -after.polarity
        and (line.target is None or (other.target is not None and other.target.id == line.target.id))
        and other.key != line.key
        and after.since <= other.last + book.know.rules.after("memory")
        and (other.instrument == line.instrument or line.instrument in book.know.ancestors(other.instrument))
    ]


def _cover(book: Book, other: Line, line: Line, made: Shift) -> None:
    """The broader shift holds for `other` too: no alert of its own."""
    most = book.know.rules.bounds.alert_ids
    until = made.last + book.know.ttl(other.instrument)
    ids = (*other.alert_ids, made.alert_id)[-most:]
    book.put(
        other._replace(state=made.after, denied=False, via=line.key, pending=(), levels=(), last=made.last,
            fresh_until=until, alert_ids=ids,
        )
    )  # fmt: skip
