"""Paragraphs of text in, what segmentation looks at out: words, names, the look of an opening, lexical depth."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.monitor.lexicon.boilerplate import Boilerplate

_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*")
_POSSESSIVE = re.compile(r"['’]s\b|['’](?=\W|$)")
_STOP = re.compile(r"[.!?…][\"”’')\]]*$")
_LEDE_WORDS = (12, 55)
_TITLE_WORDS = (3, 14)
_WINDOWS, _NEAR = (110, 220), 0.5
"""Words on each side of a gap that are compared, twice: two or three paragraphs, which short items have, and five or
six, which a long article fills with its own words; and the weight of the first."""

_LINES = 24
"""Lines a window holds at most: a bound on time for pages of lines of one word."""

_PRIOR = 0.12
"""Likeness of neighbouring windows of one text where nothing else is known; with few lines it weighs most."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line as segmentation sees it.

    `surnames`: last words of names that stand with a first name here; `bare`: names with no more than a form of
    address, `addressed`: those with one; `opening`: stem that a first "The" points to.
    """

    stems: frozenset[str]
    words: int
    names: frozenset[str]
    surnames: frozenset[str]
    bare: frozenset[str]
    addressed: frozenset[str]
    opening: str
    also: bool
    lede: bool
    title: bool
    anaphora: bool
    end: bool


def read(line: str, boilerplate: Boilerplate) -> Paragraph:
    """Take one line apart."""
    tokens = _TOKEN.findall(_POSSESSIVE.sub("", line))
    lowered = [token.lower() for token in tokens]
    stopwords = boilerplate.stopwords
    content = {word[:6] for word in lowered if word not in stopwords and len(word) > 2}
    names, surnames, bare = _names(tokens, lowered, boilerplate)
    sentence = bool(_STOP.search(line[-6:]))
    anaphora = bool(boilerplate.anaphora.match(line.lower()))
    return Paragraph(
        stems=frozenset(content),
        words=len(tokens),
        names=names,
        surnames=surnames,
        bare=bare - surnames,
        addressed=frozenset(after for before, after in pairwise(tokens) if before.lower() in boilerplate.address)
        & (bare - surnames),
        opening=next((word[:6] for word in lowered[1:6] if word[:6] in content), "") if lowered[:1] == ["the"] else "",
        also=not boilerplate.later.isdisjoint(lowered[:14]),
        lede=sentence and not anaphora and _LEDE_WORDS[0] <= len(tokens) <= _LEDE_WORDS[1],
        title=not sentence and _TITLE_WORDS[0] <= len(tokens) <= _TITLE_WORDS[1],
        anaphora=anaphora,
        end=bool(boilerplate.end.match(line.lower())),
    )


def _names(
    tokens: list[str], lowered: list[str], data: Boilerplate
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Capitalised words that are not merely the first of a sentence, and surnames of full names."""
    names, surnames, bare = set(), set(), set()
    for place, token in enumerate(tokens):
        if len(token) < 3 or not "A" <= token[0] <= "Z" or lowered[place] in data.stopwords:
            continue
        before = tokens[place - 1] if place else ""
        named = before[:1].isupper() and lowered[place - 1] not in data.stopwords
        if place:
            names.add(token)
        if named and before.lower() not in data.address:
            surnames.add(token)
        elif not tokens[place + 1 : place + 2] or not tokens[place + 1][0].isupper():
            bare.add(token)
    return frozenset(names), frozenset(surnames), frozenset(bare)


def depths(paragraphs: Sequence[Paragraph]) -> list[float]:
    """For each gap before a paragraph: how far the likeness across it lies below that of its neighbours, -1 to 1."""
    near, far = (_depths(paragraphs, window) for window in _WINDOWS)
    return [_NEAR * one + (1.0 - _NEAR) * other for one, other in zip(near, far, strict=True)]


def _depths(paragraphs: Sequence[Paragraph], window: int) -> list[float]:
    likeness = [0.0] + [_across(paragraphs, place, window) for place in range(1, len(paragraphs))]
    return [_depth(likeness, place) for place in range(len(paragraphs))]


def _across(paragraphs: Sequence[Paragraph], place: int, window: int) -> float:
    left, right = _window(paragraphs, place - 1, -1, window), _window(paragraphs, place, 1, window)
    return len(left & right) / math.sqrt(len(left) * len(right)) if left and right else 0.0


def _window(paragraphs: Sequence[Paragraph], place: int, step: int, window: int) -> set[str]:
    stems: set[str] = set()
    words = 0
    stop = max(-1, min(len(paragraphs), place + step * _LINES))
    for at in range(place, stop, step):
        stems |= paragraphs[at].stems
        words += paragraphs[at].words
        if words >= window:
            break
    return stems


def _depth(likeness: list[float], place: int) -> float:
    if place == 0:
        return 0.0
    around = likeness[max(1, place - 3) : place] + likeness[place + 1 : place + 4]
    usual = (sum(around) + _PRIOR) / (len(around) + 1)
    return max(-1.0, min(1.0, (usual - likeness[place]) / max(usual, _PRIOR)))
