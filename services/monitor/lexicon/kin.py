"""data/policy/kin.toml -> Kin: instruments that tell one decision in each other's words, and whose rows are one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.monitor.lexicon.instruments import Instrument, ancestors, read_table

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kin:
    """signs: +1 or -1 of two instruments, the more telling first. rows: in whose name a family is folded."""

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
        """The family in whose name it is folded: its own, unless it has kin."""
        return self.rows.get(family, family)


def load_kin(instruments: Mapping[str, Instrument]) -> Kin:
    """Read the shipped table. Raises KeyError for an instrument that is not known."""
    pairs = [tuple(pair) for group in read_table("kin.toml")["kin"] for pair in group["pairs"]]
    signs = {(one, other): sign for one, other, sign in pairs}
    families = [(_root(one, instruments), _root(other, instruments)) for one, other, _ in pairs]
    return Kin(signs, _rows(families))


def _root(slug: str, instruments: Mapping[str, Instrument]) -> str:
    return (slug, *ancestors(slug, instruments))[-1]


def _rows(families: Sequence[Pair]) -> dict[str, str]:
    """Every family that is joined to another, with the first of all it is joined to, in the order of the table."""
    groups: dict[str, set[str]] = {}
    for pair in families:
        joined = set(pair).union(*(groups.get(family, set()) for family in pair))
        groups.update(dict.fromkeys(joined, joined))
    order = [family for pair in families for family in pair]
    return {family: min(group, key=order.index) for family, group in groups.items()}
