"""plain.toml and the verb forms in; what the parser is shown instead of words it stumbles over out."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.monitor.lexicon.acts import Acts
from services.monitor.lexicon.inflection import past, third
from services.monitor.lexicon.instruments import read_table


@dataclass(frozen=True)
class Plain:
    """names: role -> stand-in. past: third person -> past form. triples: (first, last) of "a-b" -> three words."""

    names: Mapping[str, str]
    swaps: Mapping[str, str]
    subjects: frozenset[str]
    past: Mapping[str, str]
    bases: frozenset[str]
    verbs: frozenset[str]
    base_past: Mapping[str, str]
    triples: Mapping[tuple[str, str], tuple[str, str, str]]


def load_plain(acts: Acts) -> Plain:
    """Read plain.toml."""
    table, irregular = read_table("plain.toml"), read_table("forms.toml")["forms"]
    bases = {base for group in (acts.verbs, *acts.classes.values()) for base in group}
    return Plain(
        names=table["names"],
        swaps=table["swaps"],
        subjects=acts.subjects["generics"] | frozenset(table["subjects"]),
        past={third(base): past(base, irregular) for base in sorted(bases)},
        bases=frozenset(bases),
        verbs=frozenset(acts.forms) - acts.subjects["generics"],
        base_past={base: past(base, irregular) for base in sorted(bases)},
        triples={(row[0], row[1]): (row[2], row[3], row[4]) for row in table["triples"]},
    )
