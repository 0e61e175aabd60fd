"""A text, its actor mentions and spaCy's spans in; canonical entities with every place they are named, out."""

import re
from collections.abc import Iterable, Iterator, Sequence

from schemas.report import Entity, Mention
from services.monitor.analysis.actors import ActorMention
from services.monitor.analysis.names import Name, NameType, slug

NerSpan = tuple[int, int, str]
"""Start, end, spaCy label."""

_TYPES: dict[str, NameType] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
_LEADING = re.compile(r"(?:(?:the|a|an|mr|mrs|ms|sir|dr|dame|lord|lady)\.? )+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:['’]s?|[\s,.;:–-]+)$")


def entities(text: str, mentions: Iterable[ActorMention], ner_spans: Sequence[NerSpan] = ()) -> tuple[Entity, ...]:
    """Entities in order of first mention. The gazetteer wins overlaps, except where its country or city is
    only a piece of a longer name of spaCy's."""
    parts = [name for mention in mentions for name in mention.parts]
    ner = list(_from_ner(text, ner_spans))
    known = [part for part in parts if not any(_longer(name, part) for name in ner)]
    added = [name for name in ner if not any(_overlap(name, other) for other in known)]
    return _collect(text, _under_full_names(text, sorted(known + added, key=lambda name: name.start)))


def _longer(name: Name, part: Name) -> bool:
    """A university or firm that only contains a country's or a city's name: "University of Texas"."""
    inside = name.start <= part.start and part.end <= name.end and name.end - name.start > part.end - part.start
    return inside and part.type in {"country", "place"} and name.type in {"organisation", "person"}


def _overlap(one: Name, other: Name) -> bool:
    return one.start < other.end and other.start < one.end


def _from_ner(text: str, spans: Sequence[NerSpan]) -> Iterator[Name]:
    for first, last, label in spans:
        leading = _LEADING.match(text, first, last)
        start = leading.end() if leading else first
        end = start + len(_TRAILING.sub("", text[start:last]))
        shown = text[start:end]
        if label in _TYPES and len(shown) > 1 and shown[0].isupper() and "\n" not in shown:
            yield Name(start, end, _TYPES[label], slug(shown), shown)


def _under_full_names(text: str, names: list[Name]) -> list[Name]:
    """ "Rayner" after "Angela Rayner" is the same person, whatever spaCy called her and where it missed her."""
    people: dict[str, Name] = {}
    for name in names:
        if name.type == "person" and " " in name.name:
            people.setdefault(name.name.split()[-1], name)
    merged = [_renamed(name, people) for name in names]
    return sorted([*merged, *_later(text, people, merged)], key=lambda name: name.start)


def _renamed(name: Name, people: dict[str, Name]) -> Name:
    full = people.get(name.name)
    if full is None or name.type in {"country", "group"} or name.start < full.start:
        return name
    return Name(name.start, name.end, "person", full.id, full.name, full.country, full.wikidata)


def _later(text: str, people: dict[str, Name], names: Sequence[Name]) -> Iterator[Name]:
    """Surnames after the full name that nobody marked."""
    for last, full in people.items():
        if len(last) < 3:
            continue
        for found in re.finditer(rf"(?<![\w-]){re.escape(last)}(?![\w-])(?! [A-Z])", text[full.end :]):
            start, end = full.end + found.start(), full.end + found.end()
            later = Name(start, end, "person", full.id, full.name, full.country, full.wikidata)
            if not any(_overlap(later, other) for other in names):
                yield later


def _collect(text: str, names: Iterable[Name]) -> tuple[Entity, ...]:
    groups: dict[str, list[Name]] = {}
    for name in names:
        groups.setdefault(name.id, []).append(name)
    return tuple(_entity(text, group) for group in groups.values() if group[0].id)


def _entity(text: str, names: list[Name]) -> Entity:
    first = names[0]
    places = tuple(Mention(start=n.start, end=n.end, text=text[n.start : n.end]) for n in names)
    return Entity(
        id=first.id,
        name=first.name,
        type=first.type,
        country=first.country,
        wikidata=first.wikidata,
        mentions=places,
    )
