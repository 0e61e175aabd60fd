"""A text in; which topic terms stand in it and where (number of the word), longest terms first, out."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

import ahocorasick

_TOKEN = re.compile(r"[^\W_]+")
_Forms = tuple[tuple[str | None, str], ...]
"""The writings of one key: (spelling with capitals it must have, or None for any; the term)."""


class TermFinder:
    """Finds whole-word terms with one Aho-Corasick pass over the lower-cased words."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for key, forms in _keys(set(terms)).items():
            self._automaton.add_word(key, (len(key), forms))
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[tuple[str, int]]:
        """(term, number of its first word) in text order, leftmost and longest first, none overlapping."""
        tokens = words(text)
        if not tokens:
            return
        written = _line(tokens)
        line = written.lower()
        if len(line) != len(written):  # a letter whose lower case is longer: spelling cannot be compared
            written = line
        starts = list(accumulate((len(token) + 2 for token in tokens), initial=0))
        for end, (length, forms) in self._automaton.iter_long(line):
            start = end + 1 - length
            for spelling, term in forms:
                if spelling is None or written.startswith(spelling, start):
                    yield term, bisect_right(starts, start) - 1
                    break


def words(text: str) -> list[str]:
    """The words of a text as terms are compared: letters and digits, the possessive left out."""
    return _TOKEN.findall(text.replace("’", "'").replace("'s ", " "))


def _line(tokens: list[str]) -> str:
    """Each word between spaces of its own, so that neighbouring terms share no character."""
    return " " + "  ".join(tokens) + " "


def _keys(terms: set[str]) -> dict[str, _Forms]:
    """Automaton key -> its spellings, those with capitals first."""
    found: dict[str, set[tuple[str | None, str]]] = {}
    for term in terms:
        for form in (term, *(plural for plural in _plurals(term) if plural not in terms)):
            if tokens := words(form.replace("'s", "'s ")):
                spelling = _line(tokens)
                key = spelling.lower()
                found.setdefault(key, set()).add((None if key == spelling else spelling, term))
    return {key: tuple(sorted(forms, key=lambda form: (form[0] is None, form[1]))) for key, forms in found.items()}


def _plurals(term: str) -> tuple[str, ...]:
    if term != term.lower() or term.endswith("s") or not term[-1].isalpha():
        return ()
    if term.endswith("y") and term[-2:-1] not in "aeiou":
        return (term[:-1] + "ies",)
    return (term + "s", term + "es") if term.endswith(("ch", "sh", "x", "o")) else (term + "s",)
