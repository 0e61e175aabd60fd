"""A claim of the headline and the verdicts on the report's first sentences in; the sentence that bears it out, out.

A headline says in eight words what its article tells, but it is no evidence: offsets point into the text. So its claim
is quoted from the lede, if the lede speaks of the same thing or the same actor and says nothing against it.
"""

from collections.abc import Mapping, Sequence

from services.monitor.analysis.claims.frames import Fallen, Frame
from services.monitor.analysis.claims.named import Named
from services.monitor.lexicon.instruments import Instrument

LEDE = 3
"""Sentences among which the one that bears the headline out is sought."""

_AGAINST = (
    "modal", "condition", "request", "question", "fear", "expected", "talk", "attempt", "purpose", "unreal", "unsure",
    "conditional", "unchanged", "a hope", "a guess", "history", "hearsay", "motion defeated", "only", "not said",
)  # fmt: skip
"""Reasons for which a sentence fell that speak against the headline too; others only say that it was hard to read."""

Read = Sequence[tuple[int, Frame | Fallen]]


def bearer(frame: Frame, read: Read, rows: Sequence[Named], instruments: Mapping[str, Instrument]) -> int | None:
    """The number of the sentence to quote; None if nothing bears the headline out, or the text says it itself."""
    family = instruments[frame.hit.slug].family
    same = [(i, result) for i, result in read if instruments[result.hit.slug].family == family]
    if any(_settles(result, frame) for i, result in same) or any(_against(result) for i, result in same if i < LEDE):
        return None
    near = [i for i, _ in same if i < LEDE]
    named = [i for i, row in enumerate(rows[:LEDE]) if any(m.party.id == frame.actor.party.id for m in row.mentions)]
    both = [i for i in near if i in named]
    return next(iter((*both, *near, *named)), None)


def _settles(result: Frame | Fallen, frame: Frame) -> bool:
    """The text tells it itself, in whatever direction."""
    return isinstance(result, Frame) and result.actor.party.id == frame.actor.party.id and result.confidence >= SURE


def _against(result: Frame | Fallen) -> bool:
    """The text calls it talk, a condition, a wish."""
    if isinstance(result, Fallen):
        return result.why.startswith(_AGAINST)
    return result.stage == "floated"


SURE = 0.6
"""A claim of the text that alerts by itself (lexicon/data/ledger.toml)."""
