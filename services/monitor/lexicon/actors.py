"""The files under data/actors in; one frozen, validated Actors out: states, organisations, bodies, offices, people."""

import csv
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter

DATA = Path(__file__).parent / "data" / "actors"


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(";") if part.strip()) if isinstance(value, str) else value


def _none_if_empty(value: object) -> object:
    return value or None


Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
"""Written in the file as one cell, separated by semicolons."""
Day = Annotated[date | None, BeforeValidator(_none_if_empty)]
Qid = Annotated[str | None, BeforeValidator(_none_if_empty)]
Role = Literal["office", "government", "ministry", "seat", "legislature", "military", "opposition"]


class Row(BaseModel):
    """A line of a data file; an unknown column is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class State(Row):
    """A state: `names[0]` is the one shown."""

    id: str
    wikidata: Qid
    names: Names


class Nation(Row):
    """How news names a state, its people and its government's city."""

    id: str
    adjectives: Names
    people: Names
    capitals: Names
    aliases: Names


class Organisation(Row):
    """An international organisation or an armed non-state group."""

    id: str
    name: str
    type: Literal["organisation", "group"]
    wikidata: Qid
    aliases: Names


class Body(Row):
    """A named seat, ministry, parliament, bank or force that stands for its party.

    `head` is the office that its president, chair, governor or director holds.
    """

    names: Names
    party: str
    role: Role
    rank: int
    head: str
    wikidata: Qid


class Region(Row):
    """Places of a state that are not its government."""

    party: str
    names: Names


class Title(Row):
    """An office or body that needs a country (or a body); `party` is meant when the text names none."""

    titles: Names
    office: str
    role: Role
    rank: int
    official: bool
    party: Annotated[str | None, BeforeValidator(_none_if_empty)]
    needs: Annotated[Literal["body"] | None, BeforeValidator(_none_if_empty)]


class Holder(Row):
    """A person in an office from `since` until before `until` (None: still, as far as the file knows).

    `alone` are the short forms that mean this person without any title, `current` those that do so only in these
    years, `aliases` other full names.
    """

    name: str
    surname: str
    party: str
    office: str
    rank: int
    since: Day
    until: Day
    alone: Names
    current: Names
    aliases: Names
    wikidata: Qid


class Prefix(Row):
    """Words around an office or a name and what they change."""

    words: Names
    effect: Literal["neutral", "unsure", "deputy", "former", "rival", "honorific", "calendar"]


class Ambiguity(Row):
    """A name that is also something else: no actor when one of `against` is near, unless one of `support` is.

    `person` says that it is a first or last name too: no actor beside an unknown capitalised word. `shouted` says
    that it is a common word in a text all in capitals: WHO.
    """

    names: Names
    person: bool
    shouted: bool
    against: Names
    support: Names


class Actors(BaseModel):
    """Everything newsmon knows of who acts."""

    model_config = ConfigDict(frozen=True)

    states: tuple[State, ...]
    nations: tuple[Nation, ...]
    organisations: tuple[Organisation, ...]
    bodies: tuple[Body, ...]
    regions: tuple[Region, ...]
    titles: tuple[Title, ...]
    holders: tuple[Holder, ...]
    prefixes: tuple[Prefix, ...]
    ambiguities: tuple[Ambiguity, ...]
    blocked: tuple[str, ...]
    openers: frozenset[str]


R = TypeVar("R", bound=Row)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def _rows(folder: Path, name: str, kind: type[R]) -> tuple[R, ...]:
    records = list(csv.DictReader(_lines(folder / name)))
    return tuple(TypeAdapter(list[kind]).validate_python(records))  # type: ignore[valid-type]


def load_actors(folder: Path = DATA) -> Actors:
    """Read and check every file. Raises pydantic.ValidationError or OSError with the file's name in the trace."""
    return Actors(
        states=_rows(folder, "states.csv", State),
        nations=_rows(folder, "nations.csv", Nation),
        organisations=_rows(folder, "organisations.csv", Organisation),
        bodies=_rows(folder, "bodies.csv", Body),
        regions=(*_rows(folder, "subdivisions.csv", Region), *_rows(folder, "regions.csv", Region)),
        titles=_rows(folder, "titles.csv", Title),
        holders=_rows(folder, "people.csv", Holder),
        prefixes=_rows(folder, "prefixes.csv", Prefix),
        ambiguities=_rows(folder, "ambiguous.csv", Ambiguity),
        blocked=tuple(_lines(folder / "blocked.txt")),
        openers=frozenset(_lines(folder / "openers.txt")),
    )
