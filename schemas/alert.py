"""What subscribers act on: a stance, and the message that it changed."""

from typing import Literal

from pydantic import Field

from schemas.claim import Action, Level, Party, Speaker, Stage
from schemas.message import Message, Part, Polarity, Score, Timestamp

Transition = Literal[
    "opened", "raised", "lowered", "suspended", "ended", "resumed", "ruled-out",
    "reversed", "denied", "renewed", "advanced", "delayed", "withdrawn",
]  # fmt: skip
"""What the shift does to the stance. advanced: the same policy reached a later stage (announced -> in effect)."""

Certainty = Literal["possible", "confirmed"]


class StanceState(Part):
    """One state of a stance."""

    action: Action
    polarity: Polarity
    status: Stage
    level: Level | None = None
    since: Timestamp


class Stance(Message):
    """What is known of (actor, instrument, target) now. Key: actor, instrument, target joined by a middle dot."""

    key: str
    actor: Party
    instrument: str
    target: Party | None = None
    state: StanceState | None = Field(default=None, description="None: every claim for it was taken back.")
    stale_at: Timestamp | None = Field(default=None, description="After this nobody has repeated it for its time.")
    denied: bool = False
    origins: int = Field(ge=0)
    reach: int = Field(ge=0)
    alert_ids: tuple[str, ...] = Field(default=(), description="Shifts that led here, oldest first (the last 20).")


class Evidence(Part):
    """A quote a person can check: report.text[start:end] == quote."""

    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    report_id: str
    article_id: str
    source: str
    url: str | None = None
    published_at: Timestamp
    rule: str
    claim_id: str


class Plover(Part):
    """The shift in the PLOVER ontology: an annotation, never a key."""

    event: str
    mode: str | None = None
    context: str | None = None


class Times(Part):
    """Four clocks, kept apart. The last two are facts of one run: they travel in the envelope's headers
    (docs/decisions/0008), are null in the value, and `newsmon alerts` fills them in."""

    event: Timestamp | None = Field(default=None, description="When the text says it happens, if it says.")
    published: Timestamp = Field(description="published_at of the claim that made the shift.")
    ingested: Timestamp | None = Field(default=None, description="Feeder's clock.")
    emitted: Timestamp | None = Field(default=None, description="The alert agent's clock.")


class PolicyShiftAlert(Message):
    """A stance changed. The same alert_id again is the same shift told better: keep the latest by `revision`."""

    alert_id: str = Field(description="Deterministic: the stance, the new state, and which time it is reached.")
    type: Literal["alert", "update", "cancel"]
    revision: str = Field(description="Digest of everything but type: equal revisions are equal alerts.")
    references: tuple[str, ...] = Field(default=(), description="Alerts this one supersedes or belongs to.")
    transition: Transition
    actor: Party
    speaker: Speaker | None = None
    instrument: str
    target: Party | None = None
    polarity: Polarity
    before: StanceState | None = Field(default=None, description="None: not known before.")
    after: StanceState
    headline: str
    certainty: Certainty
    confidence: Score
    reasons: tuple[str, ...] = ()
    origins: int = Field(ge=1, description="Independent witnesses.")
    reach: int = Field(ge=1, description="Reports that carry it, reprints included.")
    evidence: tuple[Evidence, ...] = Field(min_length=1, description="Best first, at most 5.")
    topics: tuple[str, ...] = ()
    plover: Plover | None = None
    times: Times
    notify: bool = Field(default=True, description="False: rests on a backfill alone.")
