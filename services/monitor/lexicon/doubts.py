"""`doubts.toml` in; the words that make a seeming change none, and the words that mute an instrument, out."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.monitor.lexicon.instruments import read_table

_VERBS = (
    "aspiring",
    "repeated",
    "barring",
    "losses",
    "moving",
    "becoming",
    "tabling",
    "aiming",
    "means",
    "requiring",
    "telling",
    "marching",
)
"""Word lists that hold verbs by their base."""


@dataclass(frozen=True)
class Doubts:
    """`words`: named sets of folded words, verbs by their base. `mute`, `need`: slug -> phrases, lower case.

    `offers`: base verb -> its particles.
    """

    words: Mapping[str, frozenset[str]]
    mute: Mapping[str, tuple[str, ...]]
    need: Mapping[str, tuple[str, ...]]
    offers: Mapping[str, tuple[str, ...]]

    @property
    def verbs(self) -> frozenset[str]:
        """Bases of all verbs named, to be inflected."""
        return frozenset(self.offers).union(*(self.words[name] for name in _VERBS))


def load_doubts() -> Doubts:
    """Read the table. Raises KeyError if a part is missing."""
    table = read_table("doubts.toml")
    return Doubts(
        words={name: frozenset(found) for name, found in table["words"].items()},
        mute={slug: tuple(found) for slug, found in table["mute"].items()},
        need={slug: tuple(found) for slug, found in table["need"].items()},
        offers={base: tuple(found) for base, found in table["offers"].items()},
    )
