"""`doubts.toml` in; the words that make a seeming change none, and the words that mute an instrument, out."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.monitor.lexicon.instruments import read_table


@dataclass(frozen=True)
class Doubts:
    """`words`: named sets of folded words, verbs by their base. `mute`: slug -> phrases, lower case."""

    words: Mapping[str, frozenset[str]]
    mute: Mapping[str, tuple[str, ...]]


def load_doubts() -> Doubts:
    """Read the table. Raises KeyError if a part is missing."""
    table = read_table("doubts.toml")
    return Doubts(
        words={name: frozenset(found) for name, found in table["words"].items()},
        mute={slug: tuple(found) for slug, found in table["mute"].items()},
    )
