"""Folded text and its hits in; whether a short name there is another's (Selma Blair, Jean-Pierre Garnier), out."""

import re

from services.monitor.analysis.actors.aliases import Hit

_BEFORE = re.compile(r"(?<![\w'-])(?P<word>[A-Z][\w'-]*[a-z]|[A-Z]\.) $")
_AFTER = re.compile(r" (?:Mc|Mac|O'|[A-Z])[a-z][\w'-]*\b(?! [A-Z])")
_WORD = re.compile(r"\b[A-Za-z][\w'-]{3,}")
_TITLE_CASE = 0.85
"""Share of capitalised words from which a line counts as a headline, where capitals say nothing. Not measured."""


class Strangers:
    """Answers for one text which first names stand before a surname."""

    def __init__(self, plain: str, hits: list[Hit], openers: frozenset[str]) -> None:
        self._plain, self._openers = plain, openers
        self._starts = {hit.start for hit in hits}
        self._ends = {hit.end for hit in hits}
        self._first: dict[str, frozenset[str]] = {}

    def other(self, hit: Hit, full_name: str, *, introduced: bool) -> bool:
        """True where the text gives this surname another first name here, or everywhere when nobody was introduced."""
        name = self._plain[hit.start : hit.end]
        if " " in name or self._headline(hit.start):
            return False
        own = self._first_name(hit.start)
        if (own and own not in full_name) or self._surname_follows(hit.end):
            return True
        return not introduced and any(word not in full_name for word in self._first_names(name))

    def _surname_follows(self, end: int) -> bool:
        return _AFTER.match(self._plain, end) is not None and end + 1 not in self._starts

    def _first_names(self, name: str) -> frozenset[str]:
        if name not in self._first:
            places = (found.start() for found in re.finditer(rf"\b{re.escape(name)}\b", self._plain))
            self._first[name] = frozenset(word for place in places if (word := self._first_name(place)))
        return self._first[name]

    def _first_name(self, start: int) -> str | None:
        """The capitalised word before, unless it is one that opens sentences or belongs to a known name or title."""
        if start - 1 in self._ends:
            return None
        found = _BEFORE.search(self._plain, max(0, start - 40), start)
        return None if found is None or found["word"] in self._openers else found["word"]

    def _headline(self, start: int) -> bool:
        words = _WORD.findall(self._plain[max(0, start - 80) : start + 80])
        return len(words) > 3 and sum(word[0].isupper() for word in words) / len(words) >= _TITLE_CASE
