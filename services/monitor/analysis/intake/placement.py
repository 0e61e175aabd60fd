"""What each line of a page looks like in, the reason to drop it out, by the company it keeps (None: keep it)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Shape = Literal["prose", "short", "scrap"]

# All numbers below: tests/quality/score_intake.py boilerplate, the middle of the plateau; F1 moves by less than
# .01 when one of them moves by a third.

_MENU = 12
"""So many lines in a row that are no sentences are a menu, and make it a whole web page; else it is an article's own
text, in which notices and captions stand one by one."""

_PROSE_CAP, _SHORT_WORTH, _DATELINE_WORTH, _ITEM_WORTH = 30, 0.7, 120.0, 3.0
"""What a line adds to a stretch: words of prose (30 at most), .7 a word of a short sentence; a dateline is news."""

_SCRAP_COST, _FURNITURE_COST, _WITHIN_COST, _TAIL_COST = 12.0, 30.0, 8.0, 80.0
"""What a line takes from a stretch: unknown scraps, furniture, furniture that stands within articles, page ends."""

_ISLAND, _LEAST_WORTH, _AKIN = 0.75, 30.0, 0.5
"""Another stretch stays when worth .75 of the best (a glued page's next item), or 30 with half its stems in the best
(a lede above an advertisement); teasers are neither."""

_TRIES = 200
"""Stretches looked at on one page: a bound on time, far above the largest page seen."""

_LOUD_WORDS, _TWICE, _STEM = 4, 2, 5


@dataclass(frozen=True, slots=True)
class Look:
    """One line. shape: prose (sentences), short (a sentence of few words) or scrap. reason: it is furniture by itself.

    within: of a kind that stands within articles. tail: announces other pages. loud: all capitals. item: of a list.
    """

    text: str
    words: int
    shape: Shape
    reason: str | None
    within: bool = False
    tail: bool = False
    loud: bool = False
    dateline: bool = False
    item: bool = False


def place(looks: Sequence[Look]) -> list[str | None]:
    """An article's own text, and a mere list of headlines, keep all but furniture; a page its stretches of prose."""
    verdicts = [look.reason for look in looks]
    if not _has_menu(looks):
        return verdicts
    repeats = _repeats(looks)
    stretches = _stretches(looks) or [(0, len(looks) - 1)]
    inside = {at for first, last in stretches for at in range(first, last + 1)}
    for at, look in enumerate(looks):
        if look.reason is None:
            verdicts[at] = "repeated" if at in repeats else _by_place(look, at in inside)
    return verdicts


def _has_menu(looks: Sequence[Look]) -> bool:
    run = 0
    for look in looks:
        prose = look.reason is None and look.shape != "scrap"
        run = 0 if prose else run + (not look.within)
        if run >= _MENU:
            return True
    return False


def _by_place(look: Look, inside: bool) -> str | None:
    if not inside:
        return "outside"
    return "links" if look.loud and look.shape == "scrap" and look.words >= _LOUD_WORDS else None


def _repeats(looks: Sequence[Look]) -> set[int]:
    """A sentence that stands on a web page again is a caption or a teaser; of two the first stays, of more none."""
    counts = Counter(look.text for look in looks)
    seen: set[str] = set()
    found = set()
    for at, look in enumerate(looks):
        if look.shape != "scrap" and (look.text in seen or counts[look.text] > _TWICE):
            found.add(at)
        seen.add(look.text)
    return found


def _stretches(looks: Sequence[Look]) -> list[tuple[int, int]]:
    """(first, last) of the best stretch and of those that belong to it or are nearly as good, none overlapping."""
    worth = [_worth(look) for look in looks]
    first, last, best = _best(worth, 0, len(worth))
    if best <= 0:
        return []
    main = _stems(looks, first, last)
    found = [(first, last)]
    rest = [(0, first), (last + 1, len(worth))]
    for _ in range(_TRIES):
        if not rest:
            break
        begin, end = rest.pop()
        a, b, other = _best(worth, begin, end)
        if other < _LEAST_WORTH:
            continue
        if other >= _ISLAND * best or _akin(_stems(looks, a, b), main):
            found.append((a, b))
        rest += [(begin, a), (b + 1, end)]
    return found


def _stems(looks: Sequence[Look], first: int, last: int) -> set[str]:
    lines = (look.text.lower() for look in looks[first : last + 1] if look.shape != "scrap")
    return {word[:_STEM] for line in lines for word in line.split() if len(word) >= _STEM}


def _akin(some: set[str], main: set[str]) -> bool:
    """True when a stretch speaks of what the main one does."""
    return len(some & main) >= _AKIN * len(some)


def _best(worth: Sequence[float], begin: int, end: int) -> tuple[int, int, float]:
    """The stretch of worth[begin:end] with the largest sum (Kadane): first, last, sum; the earliest of equals."""
    top, top_first, top_last = 0.0, begin, begin - 1
    total, first = 0.0, begin
    for at in range(begin, end):
        if total <= 0:
            total, first = 0.0, at
        total += worth[at]
        if total > top:
            top, top_first, top_last = total, first, at
    return top_first, top_last, top


def _worth(look: Look) -> float:
    if look.within:
        return -_WITHIN_COST
    if look.tail:
        return -_TAIL_COST
    if look.reason:
        return -_FURNITURE_COST
    if look.shape == "scrap":
        return _ITEM_WORTH if look.item else -_SCRAP_COST
    if look.dateline and look.shape == "prose":
        return _DATELINE_WORTH
    return min(look.words, _PROSE_CAP) * (1.0 if look.shape == "prose" else _SHORT_WORTH)
