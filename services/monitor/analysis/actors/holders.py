"""A sequence of hits and its date in; which person is meant and what office commits whom, out."""

from collections.abc import Callable
from datetime import date

from schemas.claim import Speaker
from services.monitor.analysis.actors.aliases import Hit
from services.monitor.analysis.actors.namesakes import Strangers
from services.monitor.analysis.actors.people import HEAD, Person
from services.monitor.analysis.actors.sequence import Sequence
from services.monitor.lexicon.actors import Holder, Title

_UNOFFICIAL = {"opposition", "legislator"}
"""Offices that commit nobody: one member is not the parliament."""

MINISTER = 4
"""Rank of ministers (schemas.claim.Speaker)."""


def _kinds(hit: Hit) -> dict[str, set[str]]:
    """Names of persons at a hit, each with how it was found: in full, or by surname."""
    found: dict[str, set[str]] = {}
    for entry in hit.entries:
        if entry.kind in {"person", "current", "surname"}:
            found.setdefault(entry.key, set()).add(entry.kind)
    return found


class Holders:
    """Resolves names and offices of one text as of one day."""

    def __init__(self, sequence: Sequence, day: date) -> None:
        self._sequence, self._day = sequence, day
        self._people = sequence.vocabulary.people
        self._strangers = Strangers(sequence.plain, sequence.hits, sequence.vocabulary.openers)
        self._introduced = {
            entry.key
            for hit in sequence.hits
            for entry in hit.entries
            if entry.kind == "person" and " " in sequence.plain[hit.start : hit.end]
        }

    def person(self, place: int, *, office: str | None = None, governing: bool = False) -> Person | None:
        """The person meant by the name there.

        A bare surname needs the full name elsewhere, its office before it, or, for heads of government,
        Mr before or "administration" after it.
        """
        hit, addressed = self._sequence.hits[place], governing or self._sequence.honorific(place - 1)
        people = [
            person
            for key, kinds in _kinds(hit).items()
            if ("person" in kinds or self._expected(key, office, addressed=addressed or "current" in kinds))
            and not self._strangers.other(hit, key, introduced=key in self._introduced)
            and (person := self._people.by_name[key])
        ]
        return people[0] if len(people) == 1 else self._likeliest(people, office)

    def _expected(self, name: str, office: str | None, *, addressed: bool) -> bool:
        person = self._people.by_name[name]
        held = person.held(self._day, office)
        known = held is not None and (
            office is not None or (addressed and ((held.rank == HEAD and not held.surname) or bool(held.current)))
        )
        return name in self._introduced or known

    def _likeliest(self, people: list[Person], office: str | None) -> Person | None:
        """Of namesakes: the one introduced by full name, else in this office today, else in any; never a guess."""
        tests: tuple[Callable[[Person], bool], ...] = (
            lambda person: person.name in self._introduced,
            lambda person: person.held(self._day, office) is not None,
            lambda person: person.held(self._day) is not None,
        )
        for test in tests:
            if found := [person for person in people if test(person)]:
                return found[0] if len(found) == 1 else None
        return None

    def tenure(self, person: Person, title: Title | None) -> Holder | None:
        """The office held on the day; the one that the title names, if several."""
        return (person.held(self._day, title.office) if title else None) or person.held(self._day)

    def commits(self, person: Person, title: Title | None, *, owned: bool) -> bool:
        """The file's word, or the text's own title where the file does not know this person to have left it.

        A title without its country counts from minister upwards: spokespersons and leaders may be a party's.
        """
        if title is not None and not title.official:
            return False
        held = self.tenure(person, title)
        if held and held.office not in _UNOFFICIAL:
            return True
        named = title is not None and (owned or (title.rank >= MINISTER and title.office != "leader"))
        return named and title is not None and title.office not in {h.office for h in person.offices}

    def speaker(self, person: Person, title: Title | None, *, official: bool) -> Speaker:
        """The person as a Speaker; rank 1 without an office that commits."""
        held = self.tenure(person, title)
        office = held.office.replace("-", " ") if held else title.titles[0] if title else None
        rank = (held.rank if held else title.rank if title else 1) if official else 1
        return Speaker(name=person.name, office=office, wikidata=person.wikidata, rank=rank)

    def holding(self, party: str, office: str) -> Person | None:
        """Who holds the office that day, if the file knows exactly one."""
        return self._people.holder(party, office, self._day)
