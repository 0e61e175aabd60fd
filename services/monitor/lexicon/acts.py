"""The verb, noun and gate tables of `data/policy` in; frozen look-ups for the reader of claims out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.monitor.lexicon.doubts import Doubts, load_doubts
from services.monitor.lexicon.inflection import inflect, past
from services.monitor.lexicon.instruments import read_table
from services.monitor.lexicon.words import fold


@dataclass(frozen=True, slots=True)
class Act:
    """A verb (with particles) that does something to its object. `preps`: where else the object may stand."""

    base: str
    rest: tuple[str, ...]
    preps: frozenset[str]
    action: str
    polarity: int
    intransitive: bool = False


@dataclass(frozen=True, slots=True)
class NounAct:
    """A noun that names a change."""

    action: str
    polarity: int


@dataclass(frozen=True, slots=True)
class Override:
    """What a verb does to instruments of these kinds or slugs only. action "none": nothing."""

    when: frozenset[str]
    action: str
    polarity: int


@dataclass(frozen=True, slots=True)
class VerbFrame:
    """A verb that carries its instrument. object: any, state, organisation or people."""

    object: str
    instrument: str
    action: str
    polarity: int


@dataclass(frozen=True)
class Acts:
    """What can be done to an instrument and the words that decide whether it was done."""

    forms: Mapping[str, tuple[str, ...]]
    unchanging: frozenset[str]
    verbs: Mapping[str, tuple[Act, ...]]
    overrides: Mapping[str, tuple[Override, ...]]
    frames: Mapping[str, tuple[Act, ...]]
    frame_of: Mapping[Act, VerbFrame]
    classes: Mapping[str, Mapping[str, tuple[Act, ...]]]
    nouns: Mapping[str, NounAct]
    looks: Mapping[str, frozenset[str]]
    moods: Mapping[str, tuple[str, ...]]
    subjects: Mapping[str, frozenset[str]]
    stages: Mapping[str, tuple[str, ...]]
    predicates: Mapping[str, tuple[str, ...]]
    factors: Mapping[str, float]
    doubts: Doubts

    def bases(self, form: str) -> tuple[str, ...]:
        """Base forms an inflected verb can belong to."""
        return self.forms.get(form, ())


def load_acts() -> Acts:
    """Read verbs.toml, nouns.toml, gates.toml and forms.toml. Raises KeyError for a missing table."""
    gates, nouns = read_table("gates.toml"), read_table("nouns.toml")
    table = read_table("verbs.toml")
    verbs = _verbs(table["group"])
    classes = {name: _by_base(_act(word, name, 0) for word in found) for name, found in gates["verbs"].items()}
    frame_of = _frames(table["frame"])
    frames = _by_base(frame_of)
    bases = {base for found in (verbs, frames, *classes.values()) for base in found} | load_doubts().verbs
    irregular = read_table("forms.toml")["forms"]
    return Acts(
        forms=inflect(sorted(bases), irregular),
        unchanging=frozenset(base for base in bases if past(base, irregular) == base),
        verbs=verbs,
        frames=frames,
        frame_of=frame_of,
        overrides=_overrides(table["override"]),
        classes=classes,
        nouns=_nouns(nouns["actions"]),
        looks={name: frozenset(fold(word) for word in found) for name, found in nouns["looks"].items()}
        | {name: frozenset(nouns["looks"][name]) for name in ("hurdled", "granted", "statistics")},
        moods={name: tuple(found) for name, found in gates["moods"].items()},
        subjects={name: frozenset(fold(word) for word in found) for name, found in gates["subjects"].items()},
        stages={name: tuple(found) for name, found in gates["stages"].items()},
        predicates={name: tuple(found) for name, found in gates["predicates"].items()},
        factors=gates["factors"],
        doubts=load_doubts(),
    )


def _verbs(groups: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Act, ...]]:
    acts: list[Act] = []
    for group in groups:
        action, polarity = group["action"], group["polarity"]
        acts += [_act(word, action, polarity) for word in group["words"]]
        acts += [_act(word, action, polarity, intransitive=True) for word in group.get("intransitive", ())]
    return _by_base(acts)


def _act(entry: str, action: str, polarity: int, *, intransitive: bool = False) -> Act:
    verb, _, preps = entry.partition("|")
    base, *rest = verb.split()
    found = frozenset(prep.strip() for prep in preps.split(",") if prep.strip())
    return Act(base, tuple(rest), found, action, polarity, intransitive)


def _by_base(acts: Iterable[Act]) -> dict[str, tuple[Act, ...]]:
    """Longest particle first, so that `hold off` is met before `hold`."""
    table: dict[str, list[Act]] = {}
    for act in acts:
        table.setdefault(act.base, []).append(act)
    return {base: tuple(sorted(found, key=lambda act: -len(act.rest))) for base, found in table.items()}


def _nouns(actions: Mapping[str, Mapping[str, Any]]) -> dict[str, NounAct]:
    return {fold(word): NounAct(action, row["polarity"]) for action, row in actions.items() for word in row["words"]}


def _frames(rows: Iterable[Mapping[str, Any]]) -> dict[Act, VerbFrame]:
    return {
        _act(word, row["instrument"], 0): VerbFrame(row["object"], row["instrument"], row["action"], row["polarity"])
        for row in rows
        for word in row["words"]
    }


def _overrides(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Override, ...]]:
    table: dict[str, tuple[Override, ...]] = {}
    for row in rows:
        rule = Override(frozenset(row["when"]), row["action"], row["polarity"])
        table[row["verb"]] = (*table.get(row["verb"], ()), rule)
    return table
