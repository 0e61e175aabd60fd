"""Phrase patterns of the instrument tables in; a finder of instruments in a row of words out.

A pattern is slots with spaces between: `a|b` alternatives, `x?` may be absent, `~2` up to two words between,
`~` up to three, `~,9` up to nine that may run over commas, `^x` the head (else: the first slot before an `of`, or the
last slot), `!x` a head that is also an action ("rate !cut"), `=x` this very form, no plural. Words joined by a hyphen
match with or without it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.monitor.lexicon.instruments import Instrument
from services.monitor.lexicon.words import Word, words

_KINDS = ("patterns", "items", "inverse")
_PREPS = frozenset(
    {
        "of",
        "on",
        "to",
        "in",
        "for",
        "with",
        "at",
        "along",
        "from",
        "about",
        "over",
        "between",
        "against",
        "inside",
        "into",
    }
)
_LINKS = frozenset({"and", "or"})
_REACH = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a pattern; `gap` > 0 is a free run of words and has no alternatives."""

    choices: tuple[tuple[tuple[str, bool], ...], ...]
    optional: bool
    gap: int
    over: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern of one instrument."""

    slug: str
    kind: str
    slots: tuple[Slot, ...]
    head: int
    acts: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Hit:
    """An instrument named in text[start:end] with its head word at [head_start:head_end]."""

    slug: str
    kind: str
    start: int
    end: int
    head_start: int
    head_end: int
    acts: bool


class Phrases:
    """All patterns, by the first word they can start with."""

    def __init__(self, instruments: Mapping[str, Instrument]) -> None:
        self._index(_compile_all(instruments))

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> "Phrases":
        """Of patterns that belong to no table of instruments."""
        phrases = cls({})
        phrases._index(patterns)
        return phrases

    def _index(self, patterns: Iterable[Pattern]) -> None:
        self._first: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            for word in sorted(_starts(pattern)):
                self._first.setdefault(word, []).append(pattern)
        self.anchors = frozenset(self._first)

    def find(self, row: Sequence[Word]) -> tuple[Hit, ...]:
        """Instruments in text order, the longest of overlapping ones (the narrower instrument at equal length)."""
        found = [hit for i, word in enumerate(row) for hit in self._at(row, i, word)]
        found.sort(key=lambda pair: (pair[0].start - pair[0].end, -pair[1], pair[0].start))
        kept: list[Hit] = []
        for hit, _ in found:
            if all(hit.end <= other.start or hit.start >= other.end for other in kept):
                kept.append(hit)
        return tuple(sorted(kept, key=lambda hit: hit.start))

    def _at(self, row: Sequence[Word], i: int, word: Word) -> Iterator[tuple[Hit, int]]:
        for pattern in self._first.get(word.folded, ()):
            trail = _match(pattern, row, 0, i, ())
            if trail is not None:
                yield _hit(pattern, row, i, trail), pattern.depth


def _hit(pattern: Pattern, row: Sequence[Word], first: int, trail: tuple[tuple[int, int], ...]) -> Hit:
    last = max(end for _, end in trail)
    head = next((end - 1 for slot, end in trail if slot == pattern.head), last - 1)
    return Hit(
        pattern.slug, pattern.kind, row[first].start, row[last - 1].end, row[head].start, row[head].end, pattern.acts
    )


def _match(
    pattern: Pattern, row: Sequence[Word], k: int, i: int, trail: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...] | None:
    """Slots from k on against words from i on: (slot, end) pairs of what matched, or None."""
    if k == len(pattern.slots):
        return trail or None
    slot = pattern.slots[k]
    loose = not trail or (k > 0 and pattern.slots[k - 1].over)
    for end in _ends(slot, row, i, first=loose):
        step = trail if slot.gap else (*trail, (k, end))
        found = _match(pattern, row, k + 1, end, step)
        if found is not None:
            return found
    return _match(pattern, row, k + 1, i, trail) if slot.optional else None


def _ends(slot: Slot, row: Sequence[Word], i: int, *, first: bool) -> Iterator[int]:
    """Where the slot can end when it starts at word i; inside a pattern a coordinated word may be skipped."""
    if slot.gap:
        yield i
        for j in range(i, min(i + slot.gap, len(row))):
            if row[j].broken and not slot.over:
                return
            yield j + 1
        return
    yield from _fits(slot, row, i, first=first)
    if not first:
        for j in range(i + 1, min(i + _REACH + 1, len(row))):
            if (row[i].lower in _LINKS or row[i].broken) and any(w.lower in _LINKS for w in row[i:j]):
                yield from _fits(slot, row, j, first=False)


def _fits(slot: Slot, row: Sequence[Word], i: int, *, first: bool) -> Iterator[int]:
    for choice in slot.choices:
        if i + len(choice) <= len(row) and all(
            (row[i + n].lower if exact else row[i + n].folded) == text and (not row[i + n].broken or (first and n == 0))
            for n, (text, exact) in enumerate(choice)
        ):
            yield i + len(choice)


def _compile_all(instruments: Mapping[str, Instrument]) -> Iterator[Pattern]:
    for instrument in instruments.values():
        depth = 1 if instrument.parent else 0
        for kind in _KINDS:
            for text in getattr(instrument, kind):
                yield compiled(instrument.slug, kind, text, depth)


def compiled(slug: str, kind: str, text: str, depth: int = 0) -> Pattern:
    """The pattern that `text` writes. `depth` 1 is narrower than 0 where both match the same words."""
    parts = [part for part in text.split() if part not in {"~0", "~0?"}]
    while parts and parts[-1].startswith("~"):
        parts.pop()
    slots = tuple(_slot(part) for part in parts)
    return Pattern(slug, kind, slots, _head(parts), any(part.startswith("!") for part in parts), depth)


def _head(parts: Sequence[str]) -> int:
    marked = [i for i, part in enumerate(parts) if part[0] in "^!"]
    if marked:
        return marked[0]
    links = [i for i, part in enumerate(parts) if i and _PREPS.issuperset(part.rstrip("?").split("|"))]
    return links[0] - 1 if links else len(parts) - 1


def _slot(part: str) -> Slot:
    if part.startswith("~"):
        size = part.strip("~?,")
        return Slot((), optional=False, gap=int(size) if size else 3, over="," in part)
    body = part.lstrip("^!")
    choices = tuple(_choice(choice.rstrip("?")) for choice in body.split("|"))
    return Slot(choices, optional=body.endswith("?"), gap=0)


def _choice(text: str) -> tuple[tuple[str, bool], ...]:
    exact = text.startswith("=")
    return tuple((word.lower if exact else word.folded, exact) for word in words(text))


def _starts(pattern: Pattern) -> set[str]:
    """First words, folded. Leading optional slots open the next slot too."""
    found: set[str] = set()
    for slot in pattern.slots:
        found |= {words(choice[0][0])[0].folded for choice in slot.choices}
        if not slot.optional:
            break
    return found
