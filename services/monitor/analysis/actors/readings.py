"""Nothing in; the shapes of what the phrase grammar finds in one text, out."""

from dataclasses import dataclass, field

from schemas.claim import Speaker
from services.monitor.analysis.actors.names import Name


@dataclass(slots=True)
class Phrase:
    """A named actor; `parts` are the names inside."""

    start: int
    end: int
    party: str
    role: str
    official: bool
    speaker: Speaker | None = None
    parts: list[Name] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """An office or body without owner."""

    start: int
    end: int
    role: str
    rank: int
    office: str
    official: bool
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one text."""

    named: list[Phrase]
    unnamed: list[Unnamed]
