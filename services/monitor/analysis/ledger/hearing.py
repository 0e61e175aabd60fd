"""(Entry) -> the Book after its standing facts: reports in event time, each fact to its line."""

from collections.abc import Iterable
from itertools import groupby

from services.monitor.analysis.ledger.accounts import account
from services.monitor.analysis.ledger.denials import deny, float_
from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.hierarchy import place
from services.monitor.analysis.ledger.kinship import in_kin_words
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.ledger.lines import apply
from services.monitor.analysis.ledger.rows import Entry, standing
from services.monitor.analysis.ledger.stances import Book


def opened(row: Entry, know: Knowledge) -> Book:
    """The book as the snapshot left it."""
    return Book(row.actor.id, know, {line.key: line for line in row.snapshot.lines}, dict(row.snapshot.counts))


def read(row: Entry, know: Knowledge) -> Book:
    """The book after everything the row holds."""
    book = opened(row, know)
    hear(book, standing(row))
    return book


def hear(book: Book, facts: Iterable[Fact]) -> None:
    """Read `facts`, which are in event time, report by report."""
    for _, report in groupby(facts, key=lambda fact: fact.place):
        for fact in account(report, book.know):
            _hear(book, fact)


def _hear(book: Book, fact: Fact) -> None:
    if fact.stage == "denied" or fact.action == "deny":
        deny(book, fact)
    elif fact.stage == "floated":
        float_(book, fact)
    elif fact.polarity != 0:
        said = in_kin_words(book, fact)
        line, relation = place(book, said)
        apply(book, line, said, relation)
