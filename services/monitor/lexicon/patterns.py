"""Phrase patterns of the instrument tables in; a finder of instruments in a row of words out.

A pattern is slots with spaces between: `a|b` alternatives, `x?` may be absent, `~2` up to two words between,
`~` up to three, `~,9` up to nine that may run over commas, `^x` the head (else: the first slot before an `of`, or the
last slot), `!x` a head that is also an action ("rate !cut"), `=x` this very form, no plural. Words joined by a hyphen
match with or without it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.monitor.lexicon.instruments import Instrument
from services.monitor.lexicon.slots import Pattern, Slot, compile_pattern
from services.monitor.lexicon.words import Word

_KINDS = ("patterns", "items", "inverse")
_LINKS = frozenset({"and", "or"})
_TURNS = frozenset({"no", "not", "never", "nor", "off", "out", "back"})
"""A gap does not run over these: they turn what is said into another thing."""
_REACH = 4


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
        self._first: dict[str, list[Pattern]] = {}
        for pattern in _compile_all(instruments):
            for word in sorted(pattern.starts()):
                self._first.setdefault(word, []).append(pattern)
        self.anchors = frozenset(self._first)

    def find(self, row: Sequence[Word]) -> tuple[Hit, ...]:
        """Instruments in text order, the longest of overlapping ones (the narrower instrument at equal length)."""
        present = {word.folded for word in row}
        return longest(hit for i, word in enumerate(row) for hit in self._at(row, i, word, present))

    def _at(self, row: Sequence[Word], i: int, word: Word, present: set[str]) -> Iterator[tuple[Hit, int]]:
        for pattern in self._first.get(word.folded, ()):
            if any(need.isdisjoint(present) for need in pattern.needs):
                continue
            hit = match(pattern, row, i)
            if hit is not None:
                yield hit, pattern.depth


def longest(found: Iterable[tuple[Hit, int]]) -> tuple[Hit, ...]:
    """Of overlapping hits the longest, at equal length the one of greater depth; in text order."""
    kept: list[Hit] = []
    for hit, _ in sorted(found, key=lambda pair: (pair[0].start - pair[0].end, -pair[1], pair[0].start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit.start))


def match(pattern: Pattern, row: Sequence[Word], i: int) -> Hit | None:
    """The pattern from word i on."""
    trail = _match(pattern, row, 0, i, ())
    return _hit(pattern, row, i, trail) if trail is not None else None


Trail = tuple[tuple[int, int, int], ...]
"""(slot, first word, word after the last) of each slot that matched."""


def _hit(pattern: Pattern, row: Sequence[Word], first: int, trail: Trail) -> Hit:
    """The head is the last word of its slot, in a saying the first: "walk" of "walk away"."""
    last = max(end for _, _, end in trail)
    spots = (start if pattern.verbal else end - 1 for slot, start, end in trail if slot == pattern.head)
    head = next(spots, last - 1)
    return Hit(
        pattern.slug, pattern.kind, row[first].start, row[last - 1].end, row[head].start, row[head].end, pattern.acts
    )


def _match(pattern: Pattern, row: Sequence[Word], k: int, i: int, trail: Trail) -> Trail | None:
    """Slots from k on against words from i on, or None."""
    if k == len(pattern.slots):
        return trail or None
    slot = pattern.slots[k]
    loose = not trail or (k > 0 and pattern.slots[k - 1].over)
    for start, end in _ends(slot, row, i, first=loose):
        step = trail if slot.gap else (*trail, (k, start, end))
        found = _match(pattern, row, k + 1, end, step)
        if found is not None:
            return found
    return _match(pattern, row, k + 1, i, trail) if slot.optional else None


def _ends(slot: Slot, row: Sequence[Word], i: int, *, first: bool) -> Iterator[tuple[int, int]]:
    """Where the slot can start and end from word i on; inside a pattern a coordinated word may be skipped."""
    if slot.gap:
        yield from _gap(slot, row, i)
        return
    starts = [i]
    if not first and i < len(row) and (row[i].lower in _LINKS or row[i].broken):
        starts += [j for j in range(i + 1, min(i + _REACH + 1, len(row))) if any(w.lower in _LINKS for w in row[i:j])]
    for start in starts:
        for end in slot.fits(row, start, first=first):
            yield start, end


def _gap(slot: Slot, row: Sequence[Word], i: int) -> Iterator[tuple[int, int]]:
    yield i, i
    for j in range(i, min(i + slot.gap, len(row))):
        if (row[j].broken and not slot.over) or row[j].lower in _TURNS:
            return
        yield i, j + 1


def _compile_all(instruments: Mapping[str, Instrument]) -> Iterator[Pattern]:
    for instrument in instruments.values():
        depth = 1 if instrument.parent else 0
        for kind in _KINDS:
            for text in getattr(instrument, kind):
                yield compile_pattern(instrument.slug, kind, text, depth)
