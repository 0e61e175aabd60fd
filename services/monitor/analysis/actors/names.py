"""A hit or a person in; the name as the output's entities know it (type, id, country), out."""

import re
from dataclasses import dataclass
from typing import Literal

from services.monitor.analysis.actors.aliases import Hit, Kind, fold
from services.monitor.analysis.actors.people import Person
from services.monitor.analysis.actors.vocabulary import Vocabulary

NameType = Literal["person", "organisation", "country", "place", "group"]
NAMING: tuple[Kind, ...] = ("state", "body", "organisation", "capital", "demonym", "people", "region")
"""Kinds of hits that name a party or a place of it; where a word is several, the first counts."""

_NAME = re.compile(
    r" ((?:(?:[A-Z]\.|[A-Z][\w'-]+|de|van|der|den|von|bin|al|el|da|di|dos|ter) ){0,4}"
    r"(?:al-|el-)?[A-Z][\w'-]*[a-z](?:-[A-Z]\w+)?)(?<!'s)"
)


@dataclass(frozen=True, slots=True)
class Name:
    """text[start:end] names the entity `id`; types and ids as in schemas.report.Entity."""

    start: int
    end: int
    type: NameType
    id: str
    name: str
    country: str | None = None
    wikidata: str | None = None


def slug(name: str) -> str:
    """The id of an entity that has no better one."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")


def person_name(hit: Hit, person: Person, vocabulary: Vocabulary) -> Name:
    """A person of the data under the full name."""
    country = vocabulary.parties[person.party].country
    return Name(
        hit.start, hit.end, "person", person.wikidata or slug(person.name), person.name, country, person.wikidata
    )


def name_after(plain: str, end: int, country: str | None) -> Name | None:
    """The unknown person named directly after a title that ends at `end`."""
    found = _NAME.match(plain, end)
    if found is None:
        return None
    return Name(found.start(1), found.end(1), "person", slug(found.group(1)), found.group(1), country)


def actor_name(hit: Hit, vocabulary: Vocabulary, *, place: bool = False) -> Name | None:
    """A state, organisation, body or capital; `place`: the city is meant, not the government."""
    entry = hit.get(*NAMING)
    if entry is None:
        return None
    if entry.kind == "region":
        state, _, region = entry.key.partition(" ")
        return Name(hit.start, hit.end, "place", slug(region), region, state)
    if entry.kind == "body":
        body = vocabulary.bodies[entry.key]
        country, id_ = vocabulary.parties[body.party].country, body.wikidata or slug(entry.key)
        return Name(hit.start, hit.end, "organisation", id_, entry.key, country, body.wikidata)
    party = vocabulary.parties[entry.key]
    if entry.kind == "organisation":
        kind: NameType = "group" if entry.key in vocabulary.groups else "organisation"
        return Name(hit.start, hit.end, kind, party.id, party.name, None, party.wikidata)
    if entry.kind == "capital" and place:
        city = vocabulary.cities[entry.key]
        return Name(hit.start, hit.end, "place", slug(city), city, party.country)
    return Name(hit.start, hit.end, "country", party.id, party.name, party.id, party.wikidata)
