"""(Book, Fact) -> the Line of its own instrument that it speaks of, whether or not it names the target."""

from collections.abc import Iterable

from schemas import Party
from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.levels import differ
from services.monitor.analysis.ledger.stances import Book, Line, line_key


def new_line(book: Book, fact: Fact) -> Line:
    """A line of which nothing is known."""
    target = target_of(book, fact)
    return Line(fact.instrument, target, last=fact.published_at, fresh_until=fact.published_at)


def target_of(book: Book, fact: Fact) -> Party | None:
    """Whom it acts on; a domestic instrument acts on nobody."""
    return None if book.know.domestic(fact.instrument) else fact.target


def own_line(book: Book, fact: Fact) -> Line | None:
    """The line of this very instrument that the fact speaks of."""
    target = target_of(book, fact)
    exact = book.lines.get(line_key(fact.instrument, target))
    if book.know.domestic(fact.instrument):
        return exact
    if target is None:
        return _unnamed(book, fact, exact)
    if exact is not None and exact.fresh(fact.published_at):
        return _through(book, exact, fact)
    guess = _guessed(book, fact) if fact.target_inferred and exact is None else None
    return _wildcard(book, fact, fill=exact is None and not fact.target_inferred) or guess or exact


def _through(book: Book, line: Line, fact: Fact) -> Line:
    """A covered line's present state is told by the line that covered it."""
    broader = book.lines.get(line.via) if line.via else None
    return broader if broader and broader.polarity == fact.polarity == line.polarity else line


def _unnamed(book: Book, fact: Fact, exact: Line | None) -> Line | None:
    """Nobody is named: the one that is talked about, by polarity, then by recency."""
    lines = [line for line in book.lines.values() if line.instrument == fact.instrument]
    fresh = [line for line in lines if line.fresh(fact.published_at)]
    same = [line for line in fresh if line.polarity == fact.polarity]
    if same:
        return _through(book, _latest(same), fact)
    if fact.polarity and fact.instrument in book.know.rules.many_targets:
        return exact
    return _latest(fresh) if fresh else (lines[0] if len(lines) == 1 else exact)


def _latest(lines: Iterable[Line]) -> Line:
    return max(lines, key=lambda line: (line.last, line.key))


def _wildcard(book: Book, fact: Fact, *, fill: bool) -> Line | None:
    """The fresh line without target: it was about this one, and gets its name. If it meant everybody, only as far
    as it says the same of this one."""
    line = book.lines.get(line_key(fact.instrument, None))
    if line is None or not line.fresh(fact.published_at):
        return None
    many, level = fact.instrument in book.know.rules.many_targets, line.state.level if line.state else None
    if many and fact.polarity == -line.polarity:
        return None
    if line.wide or (many and level):
        return None if differ(level, fact.level, book.know.rules) else line
    return _filled(book, line, fact) if fill else line


def _filled(book: Book, line: Line, fact: Fact) -> Line:
    del book.lines[line.key]
    shifts = tuple(shift._replace(target=fact.target) for shift in line.shifts)
    return book.put(line._replace(target=fact.target, shifts=shifts))


def _guessed(book: Book, fact: Fact) -> Line | None:
    """A target taken from context joins the young story of another target rather than open its own."""
    if fact.instrument in book.know.rules.many_targets:
        return None
    young = [
        line
        for line in book.lines.values()
        if line.instrument == fact.instrument
        and line.fresh(fact.published_at)
        and line.polarity == fact.polarity
        and fact.published_at - line.last <= book.know.rules.after("inferred")
    ]
    return _latest(young) if young else None
