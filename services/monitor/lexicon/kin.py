"""data/policy/kin.toml -> Kin: instruments that tell one decision in each other's words, and whose rows are one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.monitor.lexicon.instruments import Instrument, ancestors, read_table

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kin:
    """signs: +1 or -1 of two instruments, the more telling first; what is narrower is kin of the same. rows: where a
    family is folded."""

    signs: Mapping[Pair, int]
    rows: Mapping[str, str]

    def sign(self, one: str, other: str) -> int:
        """Of two instruments: +1, -1, or 0 if they are no kin."""
        return self.signs.get((one, other)) or self.signs.get((other, one), 0)

    def leads(self, one: str, other: str) -> bool:
        """Are they kin, and is `one` the more telling word?"""
        return (one, other) in self.signs

    def row(self, family: str) -> str:
        """The row it is folded in: its own, unless it has kin."""
        return self.rows.get(family, family)


def load_kin(instruments: Mapping[str, Instrument]) -> Kin:
    """Read the shipped table. Raises KeyError for an unknown instrument, ValueError for a family in two rows."""
    signs: dict[Pair, int] = {}
    rows: dict[str, str] = {}
    for group in read_table("kin.toml")["kin"]:
        for one, other, sign in group["pairs"]:
            signs |= {(a, b): sign for a in _below(one, instruments) for b in _below(other, instruments)}
        families = {instruments[slug].family for pair in group["pairs"] for slug in pair[:2]}
        if twice := families & rows.keys():
            raise ValueError(f"kin.toml: {sorted(twice)} in two rows")
        rows |= dict.fromkeys(families, group["row"])
    return Kin(signs, rows)


def _below(slug: str, instruments: Mapping[str, Instrument]) -> Iterator[str]:
    """The instrument and all that are narrower."""
    return (other for other in instruments if slug in (other, *ancestors(other, instruments)))
