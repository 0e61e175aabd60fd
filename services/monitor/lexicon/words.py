"""A text in; its words with offsets, lower-cased and folded to the singular, out."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_STOPS = frozenset(",;:.()–—!?\n")


@dataclass(frozen=True, slots=True)
class Word:
    """One run of letters or digits. `broken`: punctuation that ends a phrase stands before it."""

    start: int
    end: int
    lower: str
    folded: str
    broken: bool


def fold(word: str) -> str:
    """Lower-cased singular by spelling alone: `countries` and `country` meet, whatever else happens to the word."""
    if word[:-1].isdigit() and word.endswith("s"):
        return word[:-1]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def _one_number(text: str, last: int, start: int) -> bool:
    """``1.7``, ``62,500``: the point or comma belongs to a number."""
    return start - last == 1 and last > 0 and text[last] in ".," and text[last - 1].isdigit() and text[start].isdigit()


def words(text: str) -> tuple[Word, ...]:
    """All words in text order."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        lower = match.group().lower()
        broken = not _STOPS.isdisjoint(text[last:start]) and not _one_number(text, last, start)
        found.append(Word(start, end, lower, fold(lower), broken))
        last = end
    return tuple(found)
