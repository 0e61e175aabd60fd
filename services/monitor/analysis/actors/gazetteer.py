"""A text and its date in; who is named that acts (states, bodies, offices, persons) with offsets, out."""

from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.claim import Party, Speaker
from services.monitor.analysis.actors.names import Name
from services.monitor.analysis.actors.phrases import read
from services.monitor.analysis.actors.readings import Phrase, Reading
from services.monitor.analysis.actors.vocabulary import Vocabulary
from services.monitor.lexicon.actors import Actors

_ANY_DAY = datetime(2025, 1, 1, tzinfo=UTC)
"""Which offices stand open hangs on the words alone."""


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A party named in text[start:end] in some role; `official` says that this mention may commit the party.

    role: state, capital, demonym, organisation, government, seat, ministry, legislature, military, office,
    person, place or opposition. `speaker` is the person or body, where one is known. `parts` are the names inside.
    """

    start: int
    end: int
    text: str
    party: Party
    role: str
    speaker: Speaker | None
    official: bool
    parts: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenMention:
    """An office or body without a country ("the defence secretary", "the ministry"): the context must tell whose.

    `name` is the person whom the text gives the office ("President Ann Example"), inside the mention.
    """

    start: int
    end: int
    text: str
    role: str
    rank: int
    office: str
    official: bool
    name: str | None = None


class Gazetteer:
    """Finds actors in texts. Build once: it holds the automaton. Safe to share, it never changes."""

    def __init__(self, actors: Actors) -> None:
        self._vocabulary = Vocabulary.of(actors)

    def find(self, text: str, when: datetime) -> tuple[ActorMention, ...]:
        """Mentions in text order, never overlapping; offices and persons as of `when`."""
        return tuple(self._mention(text, phrase) for phrase in self._read(text, when).named)

    def find_open(self, text: str, when: datetime | None = None) -> tuple[OpenMention, ...]:
        """Offices and bodies whose country the text does not say beside them, in text order."""
        phrases = self._read(text, when or _ANY_DAY).unnamed
        return tuple(
            OpenMention(p.start, p.end, text[p.start : p.end], p.role, p.rank, p.office, p.official, p.name)
            for p in phrases
        )

    def party(self, key: str) -> Party | None:
        """The party of an id (ISO alpha-3 or an organisation's code)."""
        return self._vocabulary.parties.get(key)

    def _read(self, text: str, when: datetime) -> Reading:
        return read(text, when.date(), self._vocabulary)

    def _mention(self, text: str, phrase: Phrase) -> ActorMention:
        return ActorMention(
            start=phrase.start,
            end=phrase.end,
            text=text[phrase.start : phrase.end],
            party=self._vocabulary.parties[phrase.party],
            role=phrase.role,
            speaker=phrase.speaker,
            official=phrase.official,
            parts=tuple(phrase.parts),
        )
