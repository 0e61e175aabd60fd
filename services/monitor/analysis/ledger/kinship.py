"""(Book, Fact) -> the Fact in the words of the kin instrument that told the decision first: one decision, one alert."""

from collections.abc import Iterable

from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.ledger.matching import own_line, target_of
from services.monitor.analysis.ledger.shifts import quote_mark
from services.monitor.analysis.ledger.stances import Book, Line


def in_kin_words(book: Book, fact: Fact) -> Fact:
    """ "Resumes palm oil shipments", a day after "lifts the export ban": a witness of the lifting.

    What has a line of its own, or is broader or narrower than what has one, needs no other words.
    """
    if _known(book, fact):
        return fact
    lines = [line for line in book.lines.values() if _tells(book, line, fact)]
    if not lines:
        return fact
    line = max(lines, key=lambda line: (line.last, line.key))
    return spoken_as(fact, line.instrument, book.know)


def spoken_as(fact: Fact, instrument: str, know: Knowledge) -> Fact:
    """The fact said of a kin instrument. A level of the one is none of the other."""
    sign = know.kinship(fact.instrument, instrument)
    return fact.model_copy(update={"instrument": instrument, "polarity": sign * fact.polarity, "level": None})


def distinct(facts: Iterable[Fact], know: Knowledge) -> list[Fact]:
    """One sentence tells one decision: of kin instruments in it the more telling stays, if it is about as sure."""
    told = list(facts)
    kept: list[Fact] = []
    for fact in sorted(told, key=lambda fact: (outworded(fact, told, know), -fact.confidence, fact.start, fact.id)):
        same = (other for other in kept if (other.start, other.end) == (fact.start, fact.end))
        if not any(know.kinship(fact.instrument, other.instrument) for other in same):
            kept.append(fact)
    return kept


def outworded(fact: Fact, told: Iterable[Fact], know: Knowledge) -> bool:
    """Does its report tell it in a more telling word as well, and about as surely?"""
    return any(
        other.confidence >= fact.confidence - know.rules.margin and know.leads(other.instrument, fact.instrument)
        for other in told
    )


def _known(book: Book, fact: Fact) -> bool:
    """Has it a fresh line of its own, or one that is broader or narrower?"""
    own = own_line(book, fact)
    if own is not None and own.fresh(fact.published_at):
        return True
    above = book.know.ancestors(fact.instrument)
    return any(
        line.fresh(fact.published_at) and _meets(book, line, fact)
        for line in book.lines.values()
        if line.instrument == fact.instrument
        or line.instrument in above
        or fact.instrument in book.know.ancestors(line.instrument)
    )


def _meets(book: Book, line: Line, fact: Fact) -> bool:
    target = target_of(book, fact)
    return target is None or line.target is None or line.target.id == target.id


def _tells(book: Book, line: Line, fact: Fact) -> bool:
    """Is the line's present state what `fact` says in other words, and still the talk of the day?"""
    sign = book.know.kinship(fact.instrument, line.instrument)
    if sign == 0 or line.state is None or line.state.polarity != sign * fact.polarity or not _meets(book, line, fact):
        return False
    shift = line.current
    soon = shift is not None and fact.published_at - shift.last <= book.know.rules.after("kin")
    return soon or (shift is not None and quote_mark(fact) in shift.quotes)
