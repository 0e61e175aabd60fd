"""One phrase pattern as text in; its slots, compiled to sets of words, out. The language is told in patterns.py."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.monitor.lexicon.words import Word, fold, words

_PREPS = frozenset(
    "of on to in for with at along from about over between against inside into".split()  # a head stands before these
)
Choice = tuple[tuple[str, bool], ...]
"""Words with whether each must stand in this very form."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a pattern; `gap` > 0 is a free run of words and has no alternatives.

    `folded` and `exact` are its single words, `longer` its alternatives of several words.
    """

    folded: frozenset[str]
    exact: frozenset[str]
    longer: tuple[Choice, ...]
    optional: bool
    gap: int
    over: bool = False

    def starts(self) -> frozenset[str]:
        """Folded first words of all alternatives."""
        return self.folded | {fold(word) for word in (*self.exact, *(choice[0][0] for choice in self.longer))}

    def fits(self, row: Sequence[Word], i: int, *, first: bool) -> Iterator[int]:
        """Ends of the alternatives that stand at word i, the longer ones first; no phrase runs over punctuation."""
        for choice in self.longer:
            if i + len(choice) <= len(row) and all(
                (row[i + n].lower if exact else row[i + n].folded) == text
                and (not row[i + n].broken or (first and n == 0))
                for n, (text, exact) in enumerate(choice)
            ):
                yield i + len(choice)
        if i < len(row):
            word = row[i]
            if (word.folded in self.folded or word.lower in self.exact) and (first or not word.broken):
                yield i + 1


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern of one instrument. `needs`: sets of folded words of each of which the row must hold one."""

    slug: str
    kind: str
    slots: tuple[Slot, ...]
    head: int
    acts: bool
    depth: int
    needs: tuple[frozenset[str], ...]
    verbal: bool = False

    def starts(self) -> frozenset[str]:
        """Folded first words. Leading optional slots open the next slot too."""
        found: frozenset[str] = frozenset()
        for slot in self.slots:
            found |= slot.starts()
            if not slot.optional:
                break
        return found


def compile_pattern(slug: str, kind: str, text: str, depth: int = 0, *, verbal: bool = False) -> Pattern:
    """`depth`: 1 for an instrument that has a parent. `verbal`: its head is a verb with its particles."""
    parts = [part for part in text.split() if part not in {"~0", "~0?"}]
    while parts and parts[-1].startswith("~"):
        parts.pop()
    slots = tuple(_slot(part) for part in parts)
    needs = tuple(slot.starts() for slot in slots[1:] if not slot.optional and not slot.gap)
    return Pattern(slug, kind, slots, head(parts), any(part.startswith("!") for part in parts), depth, needs, verbal)


def head(parts: Sequence[str]) -> int:
    """Which slot the phrase is about: the marked one, else the one before a preposition, else the last."""
    marked = [i for i, part in enumerate(parts) if part[0] in "^!"]
    if marked:
        return marked[0]
    links = [i for i, part in enumerate(parts) if i and _PREPS.issuperset(part.rstrip("?").split("|"))]
    last = links[0] if links else len(parts)
    return max(i for i in range(last) if not parts[i].startswith("~"))


def _slot(part: str) -> Slot:
    if part.startswith("~"):
        size = part.strip("~?,")
        gap = int(size) if size else 3
        return Slot(frozenset(), frozenset(), (), optional=False, gap=gap, over="," in part)
    body = part.lstrip("^!")
    choices = [_choice(choice.rstrip("?")) for choice in body.split("|")]
    single = [choice[0] for choice in choices if len(choice) == 1]
    return Slot(
        folded=frozenset(text for text, exact in single if not exact),
        exact=frozenset(text for text, exact in single if exact),
        longer=tuple(choice for choice in choices if len(choice) > 1),
        optional=body.endswith("?"),
        gap=0,
    )


def _choice(text: str) -> Choice:
    exact = text.startswith("=")
    return tuple((word.lower if exact else word.folded, exact) for word in words(text))
