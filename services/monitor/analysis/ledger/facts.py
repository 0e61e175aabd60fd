"""Claim -> Fact: what one ledger row keeps of a claim. The row itself knows actor and family."""

from datetime import datetime
from typing import Self

from schemas import Action, Claim, Level, Party, Polarity, Speaker, Stage, Timestamp, stable_id
from schemas.message import Part, Score


class Fact(Part):
    """A claim without what its row already says. Fields mean what they mean in schemas.Claim.

    `mark` is a digest of the whole claim: equal marks are equal facts.
    """

    id: str
    published_at: Timestamp
    report_id: str
    article_id: str
    source: str
    publisher: str
    origin: str
    instrument: str
    action: Action
    polarity: Polarity
    stage: Stage
    confidence: Score
    rule: str
    quote: str
    start: int
    end: int
    url: str | None = None
    speaker: Speaker | None = None
    target: Party | None = None
    target_inferred: bool = False
    level: Level | None = None
    reasons: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    event_at: Timestamp | None = None
    notify: bool = True
    mark: str = ""

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """What the row keeps of `claim`."""
        told = {name: getattr(claim, name) for name in cls.model_fields if name != "mark"}
        return cls.model_construct(**told, mark=stable_id(claim.model_dump_json(exclude={"ingested_at"}), length=12))

    @property
    def place(self) -> tuple[datetime, str]:
        """Where its report stands in event time; a report is read as a whole."""
        return (self.published_at, self.report_id)

    @property
    def rank(self) -> int:
        """The speaker's rank, 0 if nobody is named."""
        return self.speaker.rank if self.speaker else 0
