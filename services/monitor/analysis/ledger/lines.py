"""(Book, Line, Fact, Relation) -> the Line after it: told again, or waiting for a witness, or shifted."""

from datetime import datetime

from schemas import Level
from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.ledger.levels import differ
from services.monitor.analysis.ledger.promotion import promote
from services.monitor.analysis.ledger.relations import Relation
from services.monitor.analysis.ledger.shifts import Shift, candidate, quote_mark, told
from services.monitor.analysis.ledger.stances import Book, Line
from services.monitor.lexicon.ledger import LedgerRules


def apply(book: Book, line: Line, fact: Fact, relation: Relation) -> Line:
    """Write down what `fact` means to `line`."""
    if relation.kind is None:
        return retell(book, line, fact, relation.shift)
    return propose(book, line, fact, relation)


def retell(book: Book, line: Line, fact: Fact, shift: Shift | None) -> Line:
    """The same again: one more witness for `shift`, and fresh for another while if it is the present state."""
    rules = book.know.rules
    if line.state is not None and fact.polarity == line.state.polarity and fact.published_at <= line.fresh_until:
        if shift is None or quote_mark(fact) not in shift.quotes:
            line = _renewed(line, fact, book.know)
        if shift is not None and line.current is shift and fact.instrument == line.instrument:
            line = _better(line, fact, rules)
            shift = line.current
    if shift is None or shift.after is None or shift.after.polarity != fact.polarity:
        return book.put(line)
    shifts = tuple(told(known, fact, rules) if known is shift else known for known in line.shifts)
    return book.put(line._replace(shifts=shifts))


def _renewed(line: Line, fact: Fact, know: Knowledge) -> Line:
    if fact.confidence < know.rules.confidence.renew:
        return line
    until = max(line.fresh_until, fact.published_at + know.ttl(line.instrument))
    return line._replace(last=fact.published_at, fresh_until=until, denied=False)


def _better(line: Line, fact: Fact, rules: LedgerRules) -> Line:
    """A level not known before and a later stage belong to the same shift."""
    state, shift = line.state, line.current
    if state is None or shift is None or shift.after is None:
        return line
    new_level = _fills(state.level, fact.level, rules)
    level = fact.level if new_level else state.level
    status = fact.stage if rules.rank(fact.stage) > rules.rank(state.status) else state.status
    if not new_level and status == state.status:
        return line
    after = shift.after.model_copy(update={"level": level, "status": status})
    return line._replace(
        state=state.model_copy(update={"level": level, "status": status}),
        levels=(*line.levels, level)[-8:] if new_level and level else line.levels,
        shifts=tuple(known._replace(after=after) if known is shift else known for known in line.shifts),
    )


def _fills(known: Level | None, new: Level | None, rules: LedgerRules) -> bool:
    """A level where none was known, or the year to one that had none."""
    if new is None or new.unit not in rules.units:
        return False
    dated = known is not None and known.by is None and new.by is not None
    return known is None or (dated and known.unit == new.unit and not differ(known, new, rules))


def propose(book: Book, line: Line, fact: Fact, relation: Relation) -> Line:
    """A different state: it waits among the candidates until its witnesses suffice."""
    if relation.kind is None:
        return line
    waiting = {shift.signature: shift for shift in _awake(line, fact.published_at, book.know)}
    known = waiting.pop(relation.signature, None) or candidate(relation.kind, relation.signature, fact)
    known = known._replace(
        kind=relation.kind,
        before=relation.before or known.before,
        references=relation.references or known.references,
    )
    shift = told(known, fact, book.know.rules)
    if shift.confidence(book.know.rules) >= relation.threshold:
        return promote(book, line, shift, fact.published_at)
    pending = (*waiting.values(), shift)[-book.know.rules.bounds.pending :]
    return book.put(_waiting(line._replace(pending=pending), fact, book.know))


def _awake(line: Line, now: datetime, know: Knowledge) -> list[Shift]:
    return [shift for shift in line.pending if now - shift.last <= know.ttl(line.instrument)]


def _waiting(line: Line, fact: Fact, know: Knowledge) -> Line:
    """A line with candidates only is found, and forgotten, like one with a stance."""
    if line.state is not None:
        return line
    return line._replace(last=fact.published_at, fresh_until=fact.published_at + know.ttl(line.instrument))
