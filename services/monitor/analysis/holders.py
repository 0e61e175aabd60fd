"""A sequence of hits and its date in; which person is meant and what office commits whom, out."""

from collections.abc import Callable
from datetime import date

from schemas.claim import Speaker
from services.monitor.analysis.people import Person
from services.monitor.analysis.sequence import Sequence
from services.monitor.lexicon.actors import Holder, Title

_UNOFFICIAL = {"opposition", "legislator"}
"""Offices that commit nobody: one member is not the parliament."""


class Holders:
    """Resolves names and offices of one text as of one day."""

    def __init__(self, sequence: Sequence, day: date) -> None:
        self._sequence, self._day = sequence, day
        self._people = sequence.vocabulary.people
        self._introduced = {
            entry.key
            for hit in sequence.hits
            for entry in hit.entries
            if entry.kind == "person" and " " in sequence.plain[hit.start : hit.end]
        }

    def person(self, place: int, *, office: str | None = None) -> Person | None:
        """The person meant by the name there; a bare surname needs Mr, a title or the full name elsewhere."""
        hit = self._sequence.hits[place]
        addressed = office is not None or self._sequence.honorific(place - 1)
        sure = [entry.key for entry in hit.entries if entry.kind == "person"]
        loose = [e.key for e in hit.entries if e.kind == "surname" and (addressed or e.key in self._introduced)]
        people = [self._people.by_name[key] for key in dict.fromkeys(sure or loose)]
        return people[0] if len(people) == 1 else self._likeliest(people, office)

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

    def commits(self, person: Person, title: Title | None) -> bool:
        """The file's word, or the text's own title where the file does not know this person to have left it."""
        if title is not None and not title.official:
            return False
        held = self.tenure(person, title)
        if held:
            return held.office not in _UNOFFICIAL or (title is not None and title.office != "leader")
        return title is not None and title.office not in {h.office for h in person.offices}

    def speaker(self, person: Person, title: Title | None, *, official: bool) -> Speaker:
        """The person as a Speaker; rank 1 without an office that commits."""
        held = self.tenure(person, title)
        office = held.office.replace("-", " ") if held else title.titles[0] if title else None
        rank = (held.rank if held else title.rank if title else 1) if official else 1
        return Speaker(name=person.name, office=office, wikidata=person.wikidata, rank=rank)

    def holding(self, party: str, title: Title) -> Person | None:
        """Who holds the office that day, if the file knows exactly one."""
        return self._people.holder(party, title.office, self._day)
