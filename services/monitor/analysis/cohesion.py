"""Paragraphs of text in, what segmentation looks at out: words, names, the look of an opening, lexical depth."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.monitor.lexicon.boilerplate import Boilerplate

_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_STOP = re.compile(r"[.!?…][\"”’')\]]*$")
_LEDE_WORDS = (12, 55)
_TITLE_WORDS = (3, 14)
_WINDOW = 110
"""Words on each side of a gap that are compared: about three paragraphs of a news text."""

_PRIOR = 0.12
"""Likeness of neighbouring windows of one text where nothing else is known; with few lines it weighs most."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line as segmentation sees it. `surnames`: last words of names that stand with a first name here;
    `bare`: names with no more than a form of address. `opening`: stem that a first "The" points to."""

    stems: Counter[str]
    words: int
    names: frozenset[str]
    surnames: frozenset[str]
    bare: frozenset[str]
    opening: str
    also: bool
    lede: bool
    title: bool
    anaphora: bool
    end: bool


def read(line: str, boilerplate: Boilerplate) -> Paragraph:
    """Take one line apart."""
    tokens = [_POSSESSIVE.sub("", token) for token in _TOKEN.findall(line)]
    lowered = [token.lower() for token in tokens]
    content = [word[:6] for word in lowered if word not in boilerplate.stopwords and len(word) > 2]
    names, surnames, bare = _names(tokens, lowered, boilerplate)
    sentence = bool(_STOP.search(line[-6:]))
    anaphora = bool(boilerplate.anaphora.match(line.lower()))
    return Paragraph(
        stems=Counter(content),
        words=len(tokens),
        names=names,
        surnames=surnames,
        bare=bare - surnames,
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
        if not token[0].isupper() or lowered[place] in data.stopwords or len(token) < 3:
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
    likeness = [0.0] + [_across(paragraphs, place) for place in range(1, len(paragraphs))]
    return [_depth(likeness, place) for place in range(len(paragraphs))]


def _across(paragraphs: Sequence[Paragraph], place: int) -> float:
    left, right = _window(paragraphs, place - 1, -1), _window(paragraphs, place, 1)
    shared = sum(min(left[stem], 3) * min(right[stem], 3) for stem in left.keys() & right.keys())
    norm = math.sqrt(sum(min(n, 3) ** 2 for n in left.values()) * sum(min(n, 3) ** 2 for n in right.values()))
    return shared / norm if norm else 0.0


def _window(paragraphs: Sequence[Paragraph], place: int, step: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    words = 0
    while 0 <= place < len(paragraphs) and words < _WINDOW:
        counts.update(paragraphs[place].stems)
        words += paragraphs[place].words
        place += step
    return counts


def _depth(likeness: list[float], place: int) -> float:
    if place == 0:
        return 0.0
    around = likeness[max(1, place - 3) : place] + likeness[place + 1 : place + 4]
    usual = (sum(around) + _PRIOR) / (len(around) + 1)
    return max(-1.0, min(1.0, (usual - likeness[place]) / max(usual, _PRIOR)))
