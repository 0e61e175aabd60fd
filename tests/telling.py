"""A text in; the shifts that its claims would alert, as (actor, instrument, polarity), out."""

from datetime import UTC, datetime
from functools import cache

from services.monitor.analysis.actors.gazetteer import Gazetteer
from services.monitor.analysis.claims.reader import Reader
from services.monitor.language import load_reader_nlp
from services.monitor.lexicon import load
from services.monitor.lexicon.ledger import load_ledger
from tests import builders

AUTUMN = datetime(2025, 11, 24, 12, tzinfo=UTC)


@cache
def reader() -> Reader:
    """With everything it needs; loaded once."""
    lexicon = load()
    return Reader(load_reader_nlp(), Gazetteer(lexicon.actors), lexicon.policy)


def shifts_in(text: str, when: datetime = AUTUMN) -> set[tuple[str, str, int]]:
    """Of a report published at `when`."""
    least = load_ledger().confidence.alert
    claims = reader().read(builders.a_report(text=text, published_at=when)).claims
    return {(c.actor.id, c.instrument, c.polarity) for c in claims if c.confidence >= least and c.stage != "floated"}
