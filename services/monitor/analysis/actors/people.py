"""Office-holders' rows in; persons who can be asked what they were on a date, out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.monitor.lexicon.actors import Holder

HEAD = 5
"""Rank of heads of state or government (schemas.claim.Speaker)."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person and every office newsmon knows of, in the file's order (most important first)."""

    name: str
    wikidata: str | None
    offices: tuple[Holder, ...]

    @property
    def party(self) -> str:
        """The party of the last office taken."""
        return max(self.offices, key=lambda held: held.since or date.min).party

    def held(self, day: date, office: str | None = None) -> Holder | None:
        """The office held that day (a given one, if named), or None."""
        return next((h for h in self.offices if _in_office(h, day) and office in {None, h.office}), None)


def _in_office(held: Holder, day: date) -> bool:
    return (held.since is None or held.since <= day) and (held.until is None or day < held.until)


class People:
    """Persons by name, and the holder of an office of a party on a day."""

    def __init__(self, holders: Iterable[Holder]) -> None:
        rows: dict[str, list[Holder]] = {}
        self._offices: dict[tuple[str, str], list[Holder]] = {}
        self._heads: dict[str, list[Holder]] = {}
        for held in holders:
            rows.setdefault(held.name, []).append(held)
            self._offices.setdefault((held.party, held.office), []).append(held)
            if held.rank == HEAD:
                self._heads.setdefault(held.party, []).append(held)
        self.by_name: Mapping[str, Person] = {
            name: Person(name, next((h.wikidata for h in held if h.wikidata), None), tuple(held))
            for name, held in rows.items()
        }

    def holder(self, party: str, office: str, day: date) -> Person | None:
        """Who held this office that day, if the file knows exactly one; "leader" may be any head."""
        names = {h.name for h in self._offices.get((party, office), ()) if _in_office(h, day)}
        if not names and office == "leader":
            names = {h.name for h in self._heads.get(party, ()) if _in_office(h, day)}
        return self.by_name[names.pop()] if len(names) == 1 else None


def surname(name: str) -> str:
    """The name that stands alone after Mr or Ms: 'Starmer', 'von der Leyen' of Ursula von der Leyen."""
    words = name.split()
    particle = next((i for i, word in enumerate(words) if i and word[0].islower()), len(words) - 1)
    return " ".join(words[particle:])
