"""A text in; the shifts that its claims would alert, as (actor, instrument, polarity), out."""

from datetime import UTC, datetime
from functools import cache

from schemas import Claim
from services.monitor.analysis.actors.gazetteer import Gazetteer
from services.monitor.analysis.claims.reader import Reader
from services.monitor.language import load_reader_nlp
from services.monitor.lexicon import load
from services.monitor.lexicon.ledger import load_ledger
from tests import builders

SPRING = datetime(2025, 6, 2, 12, tzinfo=UTC)
AUTUMN = datetime(2025, 11, 24, 12, tzinfo=UTC)
ALERT = load_ledger().confidence.alert


@cache
def reader() -> Reader:
    """With everything it needs; loaded once."""
    lexicon = load()
    return Reader(load_reader_nlp(), Gazetteer(lexicon.actors), lexicon.policy)


def claims_in(text: str, when: datetime = SPRING) -> list[Claim]:
    """What of a report published at `when` would alert."""
    found = reader().read(builders.a_report(text=text, published_at=when)).claims
    return [claim for claim in found if claim.confidence >= ALERT and claim.stage != "floated"]


def shifts_in(text: str, when: datetime = SPRING) -> set[tuple[str, str, int]]:
    """The same in short."""
    return {(claim.actor.id, claim.instrument, claim.polarity) for claim in claims_in(text, when)}
