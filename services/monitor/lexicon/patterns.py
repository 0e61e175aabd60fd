"""Phrase patterns of the instrument tables in; a finder of instruments in a row of words out.

A pattern is slots with spaces between: `a|b` alternatives, `x?` may be absent, `~2` up to two words between,
`~` up to three, `^x` the head (else: the first slot before an `of`, or the last slot), `!x` a head that is also
an action ("rate !cut"), `=x` this very form, no plural. Words joined by a hyphen match with or without it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.monitor.lexicon.instruments import Instrument
from services.monitor.lexicon.slots import Pattern, Slot, compile_pattern
from services.monitor.lexicon.words import Word

_KINDS = ("patterns", "items", "inverse")
_LINKS = frozenset({"and", "or"})
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
        found = [hit for i, word in enumerate(row) for hit in self._at(row, i, word, present)]
        found.sort(key=lambda pair: (pair[0].start - pair[0].end, -pair[1], pair[0].start))
        kept: list[Hit] = []
        for hit, _ in found:
            if all(hit.end <= other.start or hit.start >= other.end for other in kept):
                kept.append(hit)
        return tuple(sorted(kept, key=lambda hit: hit.start))

    def _at(self, row: Sequence[Word], i: int, word: Word, present: set[str]) -> Iterator[tuple[Hit, int]]:
        for pattern in self._first.get(word.folded, ()):
            if any(need.isdisjoint(present) for need in pattern.needs):
                continue
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
    for end in _ends(slot, row, i, first=not trail):
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
            if row[j].broken:
                return
            yield j + 1
        return
    yield from slot.fits(row, i, first=first)
    if not first:
        for j in range(i + 1, min(i + _REACH + 1, len(row))):
            if (row[i].lower in _LINKS or row[i].broken) and any(w.lower in _LINKS for w in row[i:j]):
                yield from slot.fits(row, j, first=False)


def _compile_all(instruments: Mapping[str, Instrument]) -> Iterator[Pattern]:
    for instrument in instruments.values():
        depth = 1 if instrument.parent else 0
        for kind in _KINDS:
            for text in getattr(instrument, kind):
                yield compile_pattern(instrument.slug, kind, text, depth)
