"""Folded text, its date and the vocabulary in; phrases that name an actor (country + office + person) out.

The grammar, over the hits of the alias search, with nothing but a space between the parts:
  [former] owner ['s] [new ...] title [Mr] [person]   "the former German defence minister Boris Pistorius"
  title of [the] owner [person]                       "the Ministry of Defence of Ukraine"
  [title] [Mr] person [title]                         "Prime Minister Keir Starmer", "the Trump administration"
An owner is a state, demonym, capital, organisation or body. A title without owner or person is left open.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from schemas.claim import Speaker
from services.monitor.analysis.aliases import Hit, fold
from services.monitor.analysis.context import plausible
from services.monitor.analysis.names import Name, actor_name, person_name, unknown_person
from services.monitor.analysis.people import Person
from services.monitor.analysis.vocabulary import Vocabulary
from services.monitor.lexicon.actors import Holder, Title

_OWNED = re.compile(r"'s? |'s?-| ")
_OF = re.compile(r" of (the )?")
_IN = re.compile(r" in (the )?")
_THE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Tt]his) (?:[\w-]+ )?$|^$|[.!?] $")
_AT_PLACE = re.compile(r"\b(?:in|near|outside|over|across|around|at|throughout|inside|within|through) (?:the )?$")
_NAME = re.compile(
    r" ((?:(?:[A-Z][\w'.-]*|de|van|der|den|von|bin|al|el|da|di|dos|ter) ){0,4}(?:al-|el-)?[A-Z][\w'-]*[a-z](?:-[A-Z]\w+)?)(?<!'s)"
)
_PLACED = {"officials", "government", "parliament", "central-bank"}
"""Bodies that sit where they govern: "officials in Beijing" are China's, "soldiers in Kabul" need not be Afghan."""


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


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one text."""

    named: tuple[Phrase, ...]
    unnamed: tuple[Unnamed, ...]


def read(text: str, day: date, vocabulary: Vocabulary) -> Reading:
    """Find every phrase. Offices and persons are resolved as of `day`."""
    plain = fold(text)
    hits = [hit for hit in vocabulary.aliases.find(plain) if plausible(hit, plain, vocabulary)]
    walk = _Walk(plain, hits, day, vocabulary)
    at = 0
    while at < len(hits):
        at = walk.step(at)
    return Reading(tuple(walk.named), tuple(walk.unnamed))


class _Walk:
    """One pass over the hits of one text."""

    def __init__(self, plain: str, hits: list[Hit], day: date, vocabulary: Vocabulary) -> None:
        self.plain, self.hits, self.day, self.vocabulary = plain, hits, day, vocabulary
        self.named: list[Phrase] = []
        self.unnamed: list[Unnamed] = []
        self.introduced = {
            e.key for h in hits for e in h.entries if e.kind == "person" and " " in plain[h.start : h.end]
        }

    def step(self, at: int) -> int:
        """Read the phrase that starts at this hit; the index after it."""
        hit = self.hits[at]
        if hit.get("blocked"):
            return at + 1
        if hit.get("person", "surname") and (person := self.person(at)):
            return self.personal(at, at, person)
        owner = self.owner(at)
        if owner:
            title_at = self.title_after(at)
            return self.office(at, title_at, owner) if title_at else self.bare(at, owner)
        if hit.get("title"):
            return self.titled(at)
        return at + 1

    # --- what stands at a hit

    def owner(self, at: int) -> str | None:
        """The party a name stands for, unless it is only part of a person's name."""
        entry = self.hits[at].get("state", "demonym", "capital", "organisation", "body", "people")
        if not entry:
            return None
        return self.vocabulary.bodies[entry.key].party if entry.kind == "body" else entry.key

    def gap(self, at: int) -> str:
        """What stands between this hit and the next; a newline that is no gap when there is no next."""
        if at + 1 >= len(self.hits):
            return "\n"
        return self.plain[self.hits[at].end : self.hits[at + 1].start]

    def title(self, at: int) -> Title | None:
        """The title at this hit."""
        entry = self.hits[at].get("title")
        return self.vocabulary.titles[entry.key] if entry else None

    def effect(self, at: int) -> str | None:
        """The effect of the prefix at this hit."""
        entry = self.hits[at].get("prefix") if 0 <= at < len(self.hits) else None
        return self.vocabulary.prefixes[entry.key].effect if entry else None

    def title_after(self, at: int) -> int | None:
        """The title that this hit owns: directly after it, or after 's and words such as "new"."""
        if not _OWNED.fullmatch(self.gap(at)):
            return None
        place = at + 1
        while self.effect(place) and self.gap(place) in {" ", ", ", "-", ""}:
            place += 1
        return place if place < len(self.hits) and self.title(place) and not self.hits[place].get("blocked") else None

    def effects(self, start: int, end: int) -> set[str]:
        """Effects of the prefixes within hits[start:end] and directly before them."""
        found = {effect for i in range(start, end) if (effect := self.effect(i))}
        place = start - 1
        while (effect := self.effect(place)) and self.gap(place) in {" ", "", "-"}:
            found.add(effect)
            place -= 1
        return found

    # --- persons

    def person(self, at: int, *, office: str | None = None) -> Person | None:
        """The person meant by the name at this hit, if it is sure enough."""
        hit = self.hits[at]
        addressed = office is not None or (self.effect(at - 1) == "honorific" and self.gap(at - 1) == " ")
        sure = [e.key for e in hit.entries if e.kind == "person"]
        keys = sure or [e.key for e in hit.entries if e.kind == "surname" and (addressed or e.key in self.introduced)]
        people = [self.vocabulary.people.by_name[key] for key in dict.fromkeys(keys)]
        if len(people) > 1:
            people = self.likeliest(people, office)
        return people[0] if people else None

    def likeliest(self, people: list[Person], office: str | None) -> list[Person]:
        """Of namesakes: those introduced by full name, then those in (this) office today."""
        for test in (
            lambda p: p.name in self.introduced,
            lambda p: p.held(self.day, office) is not None,
            lambda p: p.held(self.day) is not None,
        ):
            if found := [p for p in people if test(p)]:
                return found if len(found) == 1 else []
        return []

    def personal(
        self, start: int, at: int, person: Person, *, title: Title | None = None, owner: str | None = None
    ) -> int:
        """Emit a person (hits[start..at]); "the Trump administration" is the government, not the person."""
        held = self.tenure(person, title)
        effects = self.effects(start, at)
        follower = self.title(at + 1) if self.gap(at) == " " else None
        if title is None and follower and follower.role == "government":
            return self.government(at, person, held)
        party = owner or (held.party if held else person.party)
        official = bool(self.in_office(person, held, title)) and not effects & {"former", "rival"}
        begin = (
            start - 1 if start == at and self.effect(start - 1) == "honorific" and self.gap(start - 1) == " " else start
        )
        self.named.append(
            Phrase(
                self.hits[begin].start,
                self.hits[at].end,
                party,
                "person",
                official,
                self.speaker(person, held, title, official=official),
                self.parts(start, at + 1, person),
            )
        )
        return self.after_person(at, party, official=official)

    def tenure(self, person: Person, title: Title | None) -> Holder | None:
        return (person.held(self.day, title.office) if title else None) or person.held(self.day)

    def in_office(self, person: Person, held: Holder | None, title: Title | None) -> bool:
        """The file's word, or the text's own title where the file does not know this person to have left it."""
        if held:
            return title is None or title.official
        return title is not None and title.official and title.office not in {h.office for h in person.offices}

    def speaker(self, person: Person, held: Holder | None, title: Title | None, *, official: bool) -> Speaker:
        office = held.office if held else title.office if title else None
        rank = (held.rank if held else title.rank if title else 1) if official else 1
        return Speaker(
            name=person.name, office=office and office.replace("-", " "), wikidata=person.wikidata, rank=rank
        )

    def government(self, at: int, person: Person, held: Holder | None) -> int:
        start, end = self.hits[at].start, self.hits[at + 1].end
        speaker = Speaker(name=self.plain[start:end], office="government", rank=4)
        parts = [person_name(self.hits[at], person, self.vocabulary)]
        party = held.party if held else person.party
        self.named.append(Phrase(start, end, party, "government", held is not None, speaker, parts))
        return at + 2

    def after_person(self, at: int, party: str, *, official: bool) -> int:
        """ "Trump's defence secretary": the title belongs to the person's country."""
        if official and self.gap(at).startswith("'") and (title_at := self.title_after(at)):
            return self.office(at + 1, title_at, party)
        return at + 1

    # --- offices and bodies

    def office(self, start: int, title_at: int, owner: str) -> int:
        """Emit owner + title, with the person or the name that follows."""
        title = self.title(title_at)
        assert title is not None  # noqa: S101  # title_after said so
        named_at = (
            title_at + 2 if self.effect(title_at + 1) == "honorific" and self.gap(title_at) == " " else title_at + 1
        )
        if named_at < len(self.hits) and self.gap(named_at - 1) == " " and self.hits[named_at].get("person", "surname"):
            person = self.person(named_at, office=title.office)
            if person:
                return self.personal(start, named_at, person, title=title, owner=owner)
        phrase = self.official_phrase(start, title_at, owner, title)
        self.named.append(phrase)
        after = title_at + 1
        while after < len(self.hits) and self.hits[after].start < phrase.end:
            after += 1
        return after

    def official_phrase(self, start: int, title_at: int, owner: str, title: Title) -> Phrase:
        begin, end = self.hits[start].start, self.hits[title_at].end
        effects = self.effects(start, title_at)
        official = title.official and not effects & {"former", "rival"}
        role = "opposition" if "rival" in effects else title.role
        rank = 3 if "deputy" in effects else title.rank if official else 1
        name = self.following_name(title_at, title)
        parts = self.parts(start, title_at + 1, None)
        if name:
            parts.append(unknown_person(end + 1, name, self.vocabulary.parties[owner].country))
            speaker = Speaker(name=name, office=title.titles[0], rank=rank)
            return Phrase(begin, end + 1 + len(name), owner, "person", official, speaker, parts)
        holder = None if effects - {"neutral"} else self.vocabulary.people.holder(owner, title.office, self.day)
        held = holder and holder.held(self.day, title.office)
        if holder and held:
            return Phrase(
                begin, end, owner, role, official, self.speaker(holder, held, title, official=official), parts
            )
        speaker = Speaker(name=self.plain[begin:end], office=title.titles[0], rank=rank)
        return Phrase(begin, end, owner, role, official, speaker, parts)

    def following_name(self, title_at: int, title: Title) -> str | None:
        """The unknown person whom the text itself gives this office: "Germany's defence minister Karl Neumann"."""
        if title.role != "office" and title.role != "opposition":
            return None
        found = _NAME.match(self.plain, self.hits[title_at].end)
        if not found or self.plain[self.hits[title_at].end - 1] == "s":
            return None
        following = self.hits[title_at + 1] if title_at + 1 < len(self.hits) else None
        return None if following and following.start < found.end() else found.group(1)

    def titled(self, at: int) -> int:
        """A title first: "the president of France", "Prime Minister Starmer", or one left open."""
        title = self.title(at)
        assert title is not None  # noqa: S101  # step said so
        named_at = at + 2 if self.effect(at + 1) == "honorific" and self.gap(at) == " " else at + 1
        if named_at < len(self.hits) and self.gap(named_at - 1) == " " and self.hits[named_at].get("person", "surname"):
            person = self.person(named_at, office=title.office)
            if person:
                return self.personal(at, named_at, person, title=title)
        if at + 1 < len(self.hits) and (owner := self.owner(at + 1)) and self.belongs(at, title):
            self.named.append(self.reversed_phrase(at, owner, title))
            return at + 2
        if title.party:
            return self.office(at, at, title.party)
        self.leave_open(at, title)
        return at + 1

    def belongs(self, at: int, title: Title) -> bool:
        gap = self.gap(at)
        return bool(_OF.fullmatch(gap)) or (title.office in _PLACED and bool(_IN.fullmatch(gap)))

    def reversed_phrase(self, at: int, owner: str, title: Title) -> Phrase:
        phrase = self.official_phrase(at, at, owner, title)
        phrase.end = self.hits[at + 1].end
        phrase.parts.extend(self.parts(at + 1, at + 2, None))
        return phrase

    def leave_open(self, at: int, title: Title) -> None:
        hit = self.hits[at]
        if _OF.match(self.plain, hit.end) and title.role in {"office", "government"}:
            return  # "the president of the company"
        if title.role in {"government", "military", "seat"} and not _THE.search(
            self.plain, max(0, hit.start - 24), hit.start
        ):
            return  # "government bonds", "military might"
        official = title.official and not self.effects(at, at) & {"former", "rival"}
        self.unnamed.append(Unnamed(hit.start, hit.end, title.role, title.rank, title.titles[0], official))

    # --- names alone

    def bare(self, at: int, owner: str) -> int:
        """Emit a name that stands alone: Ukraine, Kyiv, the White House, NATO, the Chinese."""
        hit = self.hits[at]
        entry = hit.get("state", "body", "organisation", "capital", "demonym", "people")
        assert entry is not None  # noqa: S101  # owner() said so
        speaker, role, official = None, entry.kind, entry.kind not in {"demonym", "people"}
        if entry.kind == "body":
            body = self.vocabulary.bodies[entry.key]
            speaker, role = Speaker(name=entry.key, office=body.role, rank=body.rank), body.role
            official = role != "opposition"
        place = entry.kind == "capital" and bool(_AT_PLACE.search(self.plain, max(0, hit.start - 16), hit.start))
        official = official and not place
        if self.plain[hit.end : hit.end + 1] == "-" and self.plain[hit.end + 1 : hit.end + 2].islower():
            role, official = "demonym", False
        role = "demonym" if role == "people" else role
        name = actor_name(hit, self.vocabulary, place=place)
        self.named.append(Phrase(hit.start, hit.end, owner, role, official, speaker, [name] if name else []))
        return at + 1

    def parts(self, start: int, end: int, person: Person | None) -> list[Name]:
        """The names within hits[start:end]."""
        found: list[Name] = []
        for hit in self.hits[start:end]:
            if person and hit.get("person", "surname"):
                found.append(person_name(hit, person, self.vocabulary))
            elif name := actor_name(hit, self.vocabulary):
                found.append(name)
        return found
