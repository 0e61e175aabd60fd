"""Folded text, its date and the vocabulary in; phrases that name an actor (country + office + person) out.

The grammar, over the hits of the alias search, with nothing but a space between the parts:
  [former] owner ['s] [new ...] title [Mr] [person]   "the former German defence minister Boris Pistorius"
  title of [the] owner                                "the Ministry of Defence of Ukraine"
  [title] [Mr] person [title]                         "Prime Minister Keir Starmer", "the Trump administration"
An owner is a state, demonym, capital, organisation or body. A title without owner or person is left open.
"""

import re
from datetime import date

from schemas.claim import Speaker
from services.monitor.analysis.actors.aliases import Hit, fold
from services.monitor.analysis.actors.alone import alone
from services.monitor.analysis.actors.context import plausible
from services.monitor.analysis.actors.holders import Holders
from services.monitor.analysis.actors.names import Name, actor_name, name_after, person_name
from services.monitor.analysis.actors.people import Person
from services.monitor.analysis.actors.readings import Phrase, Reading, Unnamed
from services.monitor.analysis.actors.sequence import Sequence
from services.monitor.analysis.actors.vocabulary import Vocabulary
from services.monitor.lexicon.actors import Title

_THE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Tt]his) (?:[\w-]+ )?$|^$|[.!?] $")
_UNKNOWN = re.compile(r"\b([A-Z][\w'-]+) $")
_BODIES = {"government", "military", "seat"}
_OF = re.compile(r" of ")
_OF_SOMEBODY = {"leader", "leaders"}
"""Titles that are no office without their country: parties, unions and churches have leaders too."""


def read(text: str, day: date, vocabulary: Vocabulary) -> Reading:
    """Find every phrase. Offices and persons are resolved as of `day`."""
    plain = fold(text)
    hits = [hit for hit in vocabulary.aliases.find(plain) if plausible(hit, plain, vocabulary)]
    sequence = Sequence(plain, hits, vocabulary)
    walk = _Walk(sequence, Holders(sequence, day))
    place = 0
    while place < len(hits):
        place = walk.step(place)
    return Reading(walk.named, walk.unnamed)


class _Walk:
    """One pass over the hits; each method reads from a place and returns the place after."""

    def __init__(self, sequence: Sequence, holders: Holders) -> None:
        self.line, self.holders = sequence, holders
        self.named: list[Phrase] = []
        self.unnamed: list[Unnamed] = []

    def step(self, place: int) -> int:
        """Read the phrase that starts here, if one does."""
        hit = self.line.hits[place]
        if hit.get("blocked"):
            return place + 1
        if hit.get("person", "current", "surname") and (
            person := self.holders.person(place, governing=self.governs(place))
        ):
            return self.personal(place, place, person)
        if owner := self.line.owner(place):
            title_at = self.line.title_after(place)
            if title_at:
                return self.office(place, title_at, owner)
            self.named.append(alone(self.line, place, owner))
            return place + 1
        return self.titled(place)

    def personal(self, start: int, place: int, person: Person, *, owner: str | None = None) -> int:
        """A person, with the title that stands in hits[start:place]."""
        title = next((found for at in range(start, place) if (found := self.line.title(at))), None)
        if start == place and self.governs(place):
            return self.cabinet(place, person)
        held = self.holders.tenure(person, title)
        barred = self.line.effects(start, place) & {"former", "rival"}
        official = not barred and self.holders.commits(person, title, owned=owner is not None)
        begin = place - 1 if start == place and self.line.honorific(place - 1) else start
        party = owner or (held.party if held else person.party)
        speaker = self.holders.speaker(person, title, official=official)
        parts = self.parts(start, place + 1, person)
        self.emit(begin, place, Phrase(0, 0, party, "person", official, speaker, parts))
        if official and self.line.gap(place).startswith("'") and (title_at := self.line.title_after(place)):
            return self.office(title_at, title_at, party)  # "Trump's defence secretary"
        return place + 1

    def governs(self, place: int) -> bool:
        """Whether "administration" or the like follows directly."""
        title = self.line.title(place + 1) if self.line.gap(place) == " " else None
        return title is not None and title.role == "government"

    def cabinet(self, place: int, person: Person) -> int:
        """ "The Trump administration" is the government, not the person."""
        held = self.holders.tenure(person, None)
        name = self.line.plain[self.line.hits[place].start : self.line.hits[place + 1].end]
        speaker = Speaker(name=name, office="government", rank=4)
        party, parts = held.party if held else person.party, self.parts(place, place + 1, person)
        self.emit(place, place + 1, Phrase(0, 0, party, "government", held is not None, speaker, parts))
        return place + 2

    def office(self, start: int, title_at: int, owner: str) -> int:
        """Owner and title, with the person or the unknown name that follows."""
        title = self.line.title(title_at)
        if title is None:
            return title_at + 1
        named_at = self.line.named_after(title_at)
        if named_at and (person := self.holders.person(named_at, office=title.office)):
            return self.personal(start, named_at, person, owner=owner)
        phrase = self.held((start, title_at), start, owner, title)
        self.emit(start, title_at, phrase)
        name = self.following_name(title_at, title, owner)
        if name:
            phrase.role, phrase.end = "person", name.end
            phrase.speaker = Speaker(name=name.name, office=title.titles[0], rank=title.rank if phrase.official else 1)
            phrase.parts.append(name)
        return next((at for at in range(title_at + 1, len(self.line.hits)) if self.starts_after(at, phrase)), 1 << 62)

    def starts_after(self, place: int, phrase: Phrase) -> bool:
        return self.line.hits[place].start >= phrase.end

    def held(self, span: tuple[int, int], owner_at: int, owner: str, title: Title) -> Phrase:
        """The office (hits of `span`) without a name: its holder that day, else the office itself, speaks."""
        start, title_at = span
        effects = self.line.effects(start, title_at)
        regional = self.line.region(owner_at)
        official = title.official and not regional and not effects & {"former", "rival"}
        role = "opposition" if "rival" in effects else "place" if regional else title.role
        rank = 3 if "deputy" in effects else title.rank
        holder = (
            None
            if regional or effects - {"neutral"}
            else self.holders.holding(owner, self.line.office(owner_at, title))
        )
        words = self.line.plain[self.line.hits[start].start : self.line.hits[title_at].end]
        unnamed = Speaker(name=words, office=title.titles[0], rank=rank if official else 1)
        speaker = self.holders.speaker(holder, title, official=official) if holder else unnamed
        return Phrase(0, 0, owner, role, official, speaker, self.parts(start, title_at + 1, None))

    def following_name(self, title_at: int, title: Title, owner: str | None) -> Name | None:
        """The unknown person whom the text itself gives this office: "Germany's defence minister Karl Neumann"."""
        hit, following = self.line.hits[title_at], self.line.at(title_at + 1)
        words = self.line.plain[hit.start : hit.end]
        plural = words.endswith("s") and not words.endswith("boss")
        held_by_one = not plural and (title.role == "office" or words.endswith("leader"))
        country = self.line.vocabulary.parties[owner].country if owner else None
        found = name_after(self.line.plain, hit.end, country) if held_by_one else None
        return None if found is None or (following and following.start < found.end) else found

    def titled(self, place: int) -> int:
        """A title first: "the president of France", "Prime Minister Starmer", or one left open."""
        title = self.line.title(place)
        if title is None or title.needs:
            return place + 1
        named_at = self.line.named_after(place)
        if named_at and (person := self.holders.person(named_at, office=title.office)):
            return self.personal(place, named_at, person)
        if owner := self.line.owner_after(place):
            phrase = self.held((place, place), place + 1, owner, title)
            phrase.parts += self.parts(place + 1, place + 2, None)
            self.emit(place, place + 1, phrase)
            return place + 2
        if title.party:
            return self.office(place, place, title.party)
        self.leave_open(place, title)
        return place + 1

    def leave_open(self, place: int, title: Title) -> None:
        """Not "the president of the company", nor "government bonds"."""
        hit = self.line.hits[place]
        if title.office in _OF_SOMEBODY:
            return
        owned = title.role in {"office", "government"} and _OF.match(self.line.plain, hit.end)
        loose = title.role in _BODIES and not self.somebodys(hit)
        if not owned and not loose:
            official = title.official and not self.line.effects(place, place) & {"former", "rival"}
            name = self.following_name(place, title, None)
            end, called = (name.end, name.name) if name else (hit.end, None)
            self.unnamed.append(Unnamed(hit.start, end, title.role, title.rank, title.titles[0], official, called))

    def somebodys(self, hit: Hit) -> bool:
        """The, its or this administration; not the Nixon administration, whose owner nobody knows here."""
        start, plain = max(0, hit.start - 24), self.line.plain
        before = _UNKNOWN.search(plain, start, hit.start)
        stranger = before is not None and before.group(1) not in self.line.vocabulary.openers
        return not stranger and _THE.search(plain, start, hit.start) is not None

    def emit(self, start: int, last: int, phrase: Phrase) -> None:
        """Keep a phrase that reaches from hits[start] to hits[last]."""
        phrase.start, phrase.end = self.line.hits[start].start, self.line.hits[last].end
        self.named.append(phrase)

    def parts(self, start: int, end: int, person: Person | None) -> list[Name]:
        """The names within hits[start:end]."""
        found = []
        for hit in self.line.hits[start:end]:
            if person and hit.get("person", "current", "surname"):
                found.append(person_name(hit, person, self.line.vocabulary))
            elif name := actor_name(hit, self.line.vocabulary):
                found.append(name)
        return found
