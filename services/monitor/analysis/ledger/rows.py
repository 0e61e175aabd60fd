"""Entry: the value of one ledger row, JSON in and out; and how claims enter it, in any order."""

from datetime import datetime
from typing import Self

from pydantic import Field

from schemas import Claim, Party
from schemas.message import Part, Timestamp
from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.stances import DOT, Snapshot
from services.monitor.lexicon.ledger import Bounds


class Entry(Part):
    """All that is remembered of one actor and one family of instruments.

    facts: not folded away yet, by event time; of one claim id at most its first and its last version.
    gone: claim ids taken back, with the time of the latest retraction. snapshot: everything up to `horizon`.
    sent, told: revision of every alert, digest of every stance, as subscribers have them.
    """

    actor: Party
    family: str
    facts: tuple[Fact, ...] = ()
    gone: dict[str, Timestamp] = Field(default_factory=dict)
    horizon: tuple[Timestamp, str] | None = None
    snapshot: Snapshot = Snapshot()
    sent: dict[str, str] = Field(default_factory=dict)
    told: dict[str, str] = Field(default_factory=dict)

    @property
    def key(self) -> str:
        """The row's key, and the Kafka key of its claims."""
        return row_key(self.actor.id, self.family)

    def to_bytes(self) -> bytes:
        """Compact UTF-8 JSON; what has its default is left out."""
        return self.model_dump_json(exclude_defaults=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote. Raises pydantic.ValidationError on anything else."""
        return cls.model_validate_json(data)


def row_key(actor_id: str, family: str) -> str:
    """Key of a ledger row and of the claims that meet in it."""
    return f"{actor_id}{DOT}{family}"


def is_late(row: Entry, claim: Claim) -> bool:
    """Does the claim belong to a time that is folded away?"""
    return row.horizon is not None and (claim.published_at, claim.report_id) <= row.horizon


def with_claim(entry: Entry | None, claim: Claim, bounds: Bounds) -> Entry | None:
    """The row after `claim` arrived; None: it changes nothing (known, or older than what was folded away)."""
    row = entry or Entry(actor=claim.actor, family=claim.family)
    fact = Fact.of(claim)
    if is_late(row, claim):
        return None
    actor = min(row.actor, claim.actor, key=lambda party: party.model_dump_json())
    if claim.retracted:
        gone = {**row.gone, claim.id: max(claim.published_at, row.gone.get(claim.id, claim.published_at))}
        latest = sorted(gone.items(), key=lambda item: (item[1], item[0]))[-bounds.tombstones :]
        after = row.model_copy(update={"gone": dict(latest), "actor": actor})
    else:
        after = row.model_copy(update={"facts": _versions((*row.facts, fact), fact.id), "actor": actor})
    return None if entry is not None and after == entry else after


def _versions(facts: tuple[Fact, ...], claim_id: str) -> tuple[Fact, ...]:
    """Of `claim_id` keep the first and the last version: whatever the order of arrival, the same two remain."""
    others = [fact for fact in facts if fact.id != claim_id]
    same = sorted((f for f in facts if f.id == claim_id), key=lambda f: (f.place, f.mark))
    kept = same[:1] if same[0].place == same[-1].place else [same[0], same[-1]]
    return tuple(sorted((*others, *kept), key=lambda fact: (fact.place, fact.id)))


def standing(entry: Entry) -> list[Fact]:
    """The facts that nobody took back: of each claim the first version that stands."""
    chosen: dict[str, Fact] = {}
    moved: dict[tuple[str, ...], datetime] = {}
    for fact in entry.facts:
        gone = entry.gone.get(fact.id)
        if fact.id not in chosen and (gone is None or fact.published_at > gone):
            chosen[fact.id] = fact
        elif gone is not None and fact.published_at <= gone:
            moved.setdefault(_content(fact), fact.published_at)
    kept = (_dated(fact, moved.get(_content(fact))) for fact in chosen.values())
    return sorted(kept, key=lambda fact: (*fact.place, fact.id))


def _content(fact: Fact) -> tuple[str, ...]:
    """A sentence that moved in its text has another id; it says the same and was said when it was first said."""
    target = fact.target.id if fact.target else "*"
    return (fact.report_id, fact.instrument, target, fact.action, fact.stage, fact.quote)


def _dated(fact: Fact, when: datetime | None) -> Fact:
    return fact if when is None or when >= fact.published_at else fact.model_copy(update={"published_at": when})
