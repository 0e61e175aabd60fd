"""Actors data in; every name with its meaning, and what each meaning stands for, out."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.claim import Party
from services.monitor.analysis.actors.aliases import Aliases, Entry
from services.monitor.analysis.actors.people import People, surname
from services.monitor.lexicon.actors import Actors, Ambiguity, Body, Prefix, Title

Names = Iterator[tuple[str, Entry]]


@dataclass(frozen=True)
class Vocabulary:
    """The data by key. Bodies, titles and prefixes are keyed by their first name."""

    aliases: Aliases
    people: People
    parties: dict[str, Party]
    bodies: dict[str, Body]
    titles: dict[str, Title]
    prefixes: dict[str, Prefix]
    ambiguities: dict[str, Ambiguity]
    groups: frozenset[str]
    cities: dict[str, str]
    openers: frozenset[str]

    @classmethod
    def of(cls, actors: Actors) -> "Vocabulary":
        """Build the tables and the automaton: some 10 ms."""
        return cls(
            aliases=Aliases([*_state_names(actors), *_body_names(actors), *_person_names(actors)]),
            people=People(actors.holders),
            parties=_parties(actors),
            bodies={body.names[0]: body for body in actors.bodies},
            titles={title.titles[0]: title for title in actors.titles},
            prefixes={prefix.words[0]: prefix for prefix in actors.prefixes},
            ambiguities={name: row for row in actors.ambiguities for name in row.names},
            openers=actors.openers,
            groups=frozenset(o.id for o in actors.organisations if o.type == "group"),
            cities={nation.id: nation.capitals[0] for nation in actors.nations if nation.capitals},
        )


def _parties(actors: Actors) -> dict[str, Party]:
    states = {s.id: Party(id=s.id, name=s.names[0], country=s.id, wikidata=s.wikidata) for s in actors.states}
    return states | {o.id: Party(id=o.id, name=o.name, wikidata=o.wikidata) for o in actors.organisations}


def _state_names(actors: Actors) -> Names:
    for state in actors.states:
        yield from ((name, Entry("state", state.id)) for name in state.names)
    for nation in actors.nations:
        yield from ((name, Entry("state", nation.id)) for name in nation.aliases)
        yield from ((name, Entry("demonym", nation.id)) for name in nation.adjectives)
        yield from ((name, Entry("capital", nation.id)) for name in nation.capitals)
        yield from ((name, Entry("people", nation.id)) for name in nation.people)


def _body_names(actors: Actors) -> Names:
    yield from ((name, Entry("blocked", name, cased=not name.islower())) for name in actors.blocked)
    for region in actors.regions:
        yield from ((name, Entry("region", f"{region.party} {name}")) for name in region.names)
    for body in actors.bodies:
        yield from ((name, Entry("body", body.names[0])) for name in body.names)
    for org in actors.organisations:
        yield from ((name, Entry("organisation", org.id)) for name in (org.name, *org.aliases))
    for title in actors.titles:
        yield from ((name, Entry("title", title.titles[0], cased=False)) for name in title.titles)
    for prefix in actors.prefixes:
        yield from ((word, Entry("prefix", prefix.words[0], cased=False)) for word in prefix.words)


def _person_names(actors: Actors) -> Names:
    for held in actors.holders:
        yield from ((name, Entry("person", held.name)) for name in (held.name, *held.aliases, *held.alone))
        yield from ((name, Entry("current", held.name)) for name in held.current)
        last = held.surname or surname(held.name)
        if last not in held.alone:
            yield last, Entry("surname", held.name)
