"""(Book, Fact) -> the Line and its Relation: a Patriot battery is military aid, but military aid is more than that."""

from dataclasses import replace

from schemas import Party
from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.matching import new_line, own_line, target_of
from services.monitor.analysis.ledger.relations import Relation, relate
from services.monitor.analysis.ledger.stances import Book, Line


def place(book: Book, fact: Fact) -> tuple[Line, Relation]:
    """The line and the relation of an assertion. A new line is not yet in the book."""
    line = own_line(book, fact)
    if line is not None and line.fresh(fact.published_at):
        return line, relate(line, fact, book.know)
    kin = _kin(book, fact)
    broader = next((other for other in kin if other.instrument != fact.instrument and _above(book, other, fact)), None)
    if broader is not None:
        return broader, Relation(None, shift=broader.current) if broader.state else relate(broader, fact, book.know)
    narrower = [other for other in kin if fact.instrument in book.know.ancestors(other.instrument)]
    merged = next((other for other in narrower if _same_story(book, other, fact)), None)
    if merged is not None:
        return merged, Relation(None, shift=merged.current)
    line = line or new_line(book, fact)
    return line, _in_context(book, relate(line, fact, book.know), fact, narrower)


def _above(book: Book, line: Line, fact: Fact) -> bool:
    return line.instrument in book.know.ancestors(fact.instrument)


def _kin(book: Book, fact: Fact, *, sign: int = 1) -> list[Line]:
    """Fresh lines of the same, a broader or a narrower instrument and a target that fits, nearest, latest first."""
    target, above = target_of(book, fact), book.know.ancestors(fact.instrument)
    near = {slug: index for index, slug in enumerate((fact.instrument, *above))}
    found = [
        line
        for line in book.lines.values()
        if line.fresh(fact.published_at)
        and line.polarity == sign * fact.polarity
        and _fits(line, target)
        and (line.instrument in near or fact.instrument in book.know.ancestors(line.instrument))
    ]
    found.sort(key=lambda line: (line.last, line.key), reverse=True)
    return sorted(found, key=lambda line: near.get(line.instrument, len(near)))


def _fits(line: Line, target: Party | None) -> bool:
    return target is None or line.target is None or line.target.id == target.id


def _same_story(book: Book, line: Line, fact: Fact) -> bool:
    """The broader word in the report, or soon after by the origin, that told the narrower act."""
    shift = line.current
    if shift is None or shift.made_at is None:
        return False
    if any(known.report_id == fact.report_id for known in shift.facts):
        return True
    soon = fact.published_at - shift.made_at <= book.know.rules.after("merge")
    return soon and any(witness.origin == fact.origin for witness in shift.witnesses)


def _remembered(book: Book, fact: Fact) -> list[Line]:
    """Stale lines of the same or a broader instrument that said the opposite within memory, the latest first."""
    kin, memory = {fact.instrument, *book.know.ancestors(fact.instrument)}, book.know.rules.after("memory")
    target = target_of(book, fact)
    found = [
        line
        for line in book.lines.values()
        if line.instrument in kin
        and line.state is not None
        and line.state.polarity == -fact.polarity
        and _fits(line, target)
        and fact.published_at - line.last <= memory
    ]
    return sorted(found, key=lambda line: (line.last, line.key), reverse=True)


def _in_context(book: Book, relation: Relation, fact: Fact, narrower: list[Line]) -> Relation:
    """A first word on a line: related lines say what was before and which alerts it belongs to."""
    if relation.kind != "first":
        return relation
    against = [line for line in _kin(book, fact, sign=-1) if line.state is not None] or _remembered(book, fact)
    before = against[0].state if against else None
    kin = [*against[:1], *narrower]
    ids = tuple(line.alert_ids[-1] for line in kin if line.alert_ids)
    return replace(relation, before=before, references=ids)
