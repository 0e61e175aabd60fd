"""data/policy/kin.toml -> Kin: instruments that tell one decision in each other's words, and whose rows are one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.monitor.lexicon.instruments import Instrument, read_table

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kin:
    """signs: +1 or -1 of two instruments, the more telling first. rows: where a family is folded."""

    signs: Mapping[Pair, int]
    rows: Mapping[str, str]

    def sign(self, one: Iterable[str], other: Iterable[str]) -> int:
        """Of two instruments, each given as itself and its ancestors: +1, -1, or 0 if they are no kin."""
        ones, others = tuple(one), tuple(other)
        return self._sign(ones, others) or self._sign(others, ones)

    def leads(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Are they kin, and is the first the more telling word?"""
        return self._sign(tuple(one), tuple(other)) != 0

    def _sign(self, ones: tuple[str, ...], others: tuple[str, ...]) -> int:
        return next((self.signs[pair] for one in ones for other in others if (pair := (one, other)) in self.signs), 0)

    def row(self, family: str) -> str:
        """The row it is folded in: its own, unless it has kin."""
        return self.rows.get(family, family)


def load_kin(instruments: Mapping[str, Instrument]) -> Kin:
    """Read the shipped table. Raises KeyError for an unknown instrument, ValueError for a family in two rows."""
    signs: dict[Pair, int] = {}
    rows: dict[str, str] = {}
    for group in read_table("kin.toml")["kin"]:
        signs |= {(one, other): sign for one, other, sign in group["pairs"]}
        families = {instruments[slug].family for pair in group["pairs"] for slug in pair[:2]}
        if twice := families & rows.keys():
            raise ValueError(f"kin.toml: {sorted(twice)} in two rows")
        rows |= dict.fromkeys(families, group["row"])
    return Kin(signs, rows)
