"""Names with their places in; whether another one touches or surrounds one of them, in logarithmic time, out."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from services.monitor.analysis.actors.names import Name


class Spans:
    """Half-open spans, by start, with the furthest end up to each."""

    def __init__(self, names: Iterable[Name]) -> None:
        ordered = sorted((name.start, name.end) for name in names)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max, initial=-1))

    def overlap(self, name: Name) -> bool:
        """Whether one of them shares a character with it."""
        return self._ends[bisect_left(self._starts, name.end)] > name.start

    def longer(self, name: Name) -> bool:
        """Whether one of them holds it and more."""
        before, upto = bisect_left(self._starts, name.start), bisect_right(self._starts, name.start)
        return self._ends[before] >= name.end or self._ends[upto] > name.end
