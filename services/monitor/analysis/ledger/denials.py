"""(Book, Fact) -> the Book after a denial or after talk: marks on a stance, never its reversal."""

from schemas import StanceState
from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.lines import apply
from services.monitor.analysis.ledger.matching import new_line, own_line
from services.monitor.analysis.ledger.relations import Relation
from services.monitor.analysis.ledger.shifts import Shift, told
from services.monitor.analysis.ledger.stances import Book, Line


def deny(book: Book, fact: Fact) -> None:
    """A denial contradicts a fresh stance (an alert), or marks that something was denied (none)."""
    line = own_line(book, fact)
    if line is None:
        book.put(new_line(book, fact)._replace(denied=True))
    elif line.state is None or not line.fresh(fact.published_at):
        book.put(line._replace(denied=True))
    elif line.denied and line.shifts and line.shifts[-1].kind == "denied":
        _again(book, line, line.shifts[-1], fact)
    else:
        apply(book, line, fact, Relation("denied", "denied", book.know.rules.confidence.alert))


def _again(book: Book, line: Line, shift: Shift, fact: Fact) -> None:
    book.put(line._replace(shifts=(*line.shifts[:-1], told(shift, fact, book.know.rules))))


def float_(book: Book, fact: Fact) -> None:
    """Talk is kept where nothing is known, as what was before, should it be announced."""
    line = own_line(book, fact) or new_line(book, fact)
    if line.state is not None and line.fresh(fact.published_at):
        return
    talk = StanceState(
        action=fact.action, polarity=fact.polarity, status="floated", level=fact.level, since=fact.published_at
    )
    book.put(line._replace(floated=talk, last=max(line.last, fact.published_at)))
