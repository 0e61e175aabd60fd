"""The tables of `data/policy/sayings` in; phrases that tell an instrument and what is done to it in one, out.

"Will need a licence to ship abroad" names neither a ban nor an act on one. A pattern is written as in `patterns.py`;
beside that `@x` is any form of the verb x and `$x` any word of the list x. Its head (`^`) is the word that says it.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.monitor.lexicon.inflection import inflect
from services.monitor.lexicon.instruments import data_folder, read_table
from services.monitor.lexicon.patterns import Hit, longest, match
from services.monitor.lexicon.slots import Pattern, compile_pattern
from services.monitor.lexicon.words import Word

_WORDS = "words.toml"


@dataclass(frozen=True, slots=True)
class Saying:
    """What a phrase says. `ruled`: its subject is who must live with it, not who decides."""

    instrument: str
    action: str
    polarity: int
    ruled: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A saying found in a text; hit.slug is its instrument."""

    hit: Hit
    saying: Saying


class Sayings:
    """All sayings. Each is tried only where a word of each of its slots is in the sentence."""

    def __init__(self, patterns: Mapping[Pattern, Saying], common: Collection[str]) -> None:
        self._saying = {pattern.kind: saying for pattern, saying in patterns.items()}
        self._rare: dict[str, list[_Need]] = {}
        for pattern in patterns:
            need = _Need.of(pattern)
            for word in sorted(need.rarest(common)):
                self._rare.setdefault(word, []).append(need)
        self._anchors = frozenset(self._rare)

    def find(self, row: Sequence[Word]) -> tuple[Said, ...]:
        """In text order, never overlapping: the longest of overlapping ones counts."""
        there = {word.folded for word in row}
        needs = {need.pattern.kind: need for word in there & self._anchors for need in self._rare[word]}
        found = [
            (hit, 0)
            for kind in sorted(needs)
            if not any(slot.isdisjoint(there) for slot in needs[kind].slots)
            for i, word in enumerate(row)
            if word.folded in needs[kind].first and (hit := match(needs[kind].pattern, row, i)) is not None
        ]
        return tuple(Said(hit, self._saying[hit.kind]) for hit in longest(found))


@dataclass(frozen=True, slots=True)
class _Need:
    """A pattern, the words it can start with, and for each slot the words of which one must be there."""

    pattern: Pattern
    first: frozenset[str]
    slots: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, pattern: Pattern) -> "_Need":
        needed = (slot for slot in pattern.slots if not slot.gap and not slot.optional)
        slots = tuple(slot.starts() for slot in needed)
        return cls(pattern, pattern.starts(), slots)

    def rarest(self, common: Collection[str]) -> frozenset[str]:
        """The slot without words that are everywhere, and of these the smallest."""
        ranked = ((not slot.isdisjoint(common), len(slot), i) for i, slot in enumerate(self.slots))
        return self.slots[min(ranked)[2]]


def load_sayings() -> Sayings:
    """Read every file of the folder. Raises KeyError for an unknown list of words."""
    folder = data_folder() / "sayings"
    table = tomllib.loads((folder / _WORDS).read_text(encoding="utf-8"))
    spelling = _Spelling(table["words"], read_table("forms.toml")["forms"])
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    rows = [row for file in files if file.name != _WORDS
            for row in tomllib.loads(file.read_text(encoding="utf-8"))["saying"]]  # fmt: skip
    return Sayings(dict(_patterns(rows, spelling)), frozenset(table["common"]["words"]))


def _patterns(rows: Sequence[Mapping[str, Any]], spelling: "_Spelling") -> Iterator[tuple[Pattern, Saying]]:
    for i, row in enumerate(rows):
        saying = Saying(row["instrument"], row["action"], row["polarity"], bool(row.get("ruled")))
        for j, text in enumerate(row["patterns"]):
            yield compile_pattern(saying.instrument, f"saying {i}.{j}", spelling.out(text), verbal=True), saying


class _Spelling:
    """Writes `@x` and `$x` out."""

    def __init__(self, lists: Mapping[str, Sequence[str]], irregular: Mapping[str, str]) -> None:
        self._lists = lists
        self._irregular = irregular

    def out(self, text: str) -> str:
        """The same pattern without `@` and `$`."""
        return " ".join(self._slot(part) for part in text.split())

    def _slot(self, part: str) -> str:
        mark = part[0] if part[0] in "^!" else ""
        optional = "?" if part.endswith("?") else ""
        choices = part.removeprefix(mark).removesuffix("?").split("|")
        return mark + "|".join(word for choice in choices for word in self._words(choice)) + optional

    def _words(self, choice: str) -> Sequence[str]:
        if choice.startswith("$"):
            return [word for entry in self._lists[choice[1:]] for word in self._words(entry)]
        if not choice.startswith("@"):
            return [choice]
        base, _, rest = choice[1:].partition("-")
        return [f"{form}-{rest}" if rest else form for form in inflect([base], self._irregular)]
