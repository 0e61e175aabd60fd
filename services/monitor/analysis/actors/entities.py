"""A text, its actor mentions and spaCy's spans in; canonical entities with every place they are named, out."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ahocorasick import Automaton

from schemas.report import Entity, Mention
from services.monitor.analysis.actors.gazetteer import ActorMention
from services.monitor.analysis.actors.names import Name, NameType, slug
from services.monitor.analysis.actors.spans import Spans

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
MOST_NAMES = 10_000
"""Of one report: what it becomes must fit into one Kafka message. A live blog of 100,000 characters has about 2,000."""

_LEADING = re.compile(r"(?:(?:the|a|an|mr|mrs|ms|sir|dr|dame|lord|lady)\.? )+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:['’]s?|[\s,.;:–-]+)$")


def entities(text: str, mentions: Iterable[ActorMention], ner_spans: Sequence[NerSpan] = ()) -> tuple[Entity, ...]:
    """Entities in order of first mention. The gazetteer wins overlaps, except where its country or city is
    only a piece of a longer name of spaCy's."""
    parts = [name for mention in mentions for name in mention.parts]
    ner = list(_from_ner(text, ner_spans))
    whole = Spans(name for name in ner if name.type in {"organisation", "person"})
    known = [part for part in parts if part.type not in {"country", "place"} or not whole.longer(part)]
    taken = Spans(known)
    added = [name for name in ner if not taken.overlap(name)]
    return _collect(text, _under_full_names(text, sorted(known + added, key=lambda name: name.start))[:MOST_NAMES])


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
    """Surnames after the full name that nobody marked. One pass, however many people there are."""
    lasts, taken = Automaton(), Spans(names)
    for last in people:
        if len(last) >= 3:
            lasts.add_word(last, last)
    if not len(lasts):
        return
    lasts.make_automaton()
    for at, last in lasts.iter(text):
        start, end, full = at + 1 - len(last), at + 1, people[last]
        later = Name(start, end, "person", full.id, full.name, full.country, full.wikidata)
        if start >= full.end and _alone(text, start, end) and not taken.overlap(later):
            yield later


def _alone(text: str, start: int, end: int) -> bool:
    """Not a piece of a longer word, nor a first name."""
    before, after = text[start - 1 : start], text[end : end + 2]
    inside = before.isalnum() or before in {"-", "_"} or after[:1].isalnum() or after[:1] in {"-", "_"}
    return not inside and not ("A" <= after[1:] <= "Z" and after[0] == " ")


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
