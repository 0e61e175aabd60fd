"""The clean lines of an article in, the lines at which a new item begins out, each with the evidence for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.monitor.analysis.intake.cohesion import Paragraph, depths, read
from services.monitor.lexicon.boilerplate import Boilerplate

WEIGHTS = {
    "depth": 5.0, "names": 2.0, "lede": 1.0, "title": 2.6, "again": 0.3, "end": 3.0, "ends": -4.0, "old": -1.5,
    "anaphora": -2.5, "brief": -1.0, "bare": -1.4, "the": -1.5, "address": -2.5, "also": -1.0,
}  # fmt: skip
THRESHOLD = 4.25
"""Weights and threshold are set by hand, looking at segments_bbc for what must be cut and at single articles (BBC, and
the gold bodies of boilerplate_lines, modern pages) for what must not: tests/quality/score_intake.py segments."""

_LEAST_WORDS = 25
"""An item shorter than this is not cut off: a flash of two sentences has about 30 words."""

_BRIEF = 60
"""So few words on one side of a gap say little about it: a doubt in either direction counts against a cut."""

_AHEAD, _LEAST_LEFT = 3, 40
"""Lines whose names are looked at, and words that must be left: a byline or a notice at the end is no item."""

_HEADLINE = 6
"""Words of a full headline; a crosshead within an item has two to four."""

_NEAR = 2
"""A beginning must score highest among so many lines around it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A possible beginning of an item at `line`: the score, what it is made of, and whether it is one."""

    line: int
    score: float
    evidence: tuple[tuple[str, float], ...]
    cut: bool = False


def find_cuts(lines: Sequence[str], boilerplate: Boilerplate) -> tuple[Cut, ...]:
    """Every line from the second on with its score, in order. Linear in the number of lines."""
    paragraphs = [read(line, boilerplate) for line in lines]
    if len(paragraphs) < 3:
        return ()
    cohesion = depths(paragraphs)
    names: set[str] = set()
    stems: set[str] = set()
    cuts: list[Cut] = []
    for place, paragraph in enumerate(paragraphs):
        if place:
            cuts.append(_judge(place, paragraphs, cohesion[place], names, stems))
        names.update(paragraph.names)
        stems.update(paragraph.stems)
    return _chosen(cuts, paragraphs)


def _chosen(cuts: list[Cut], paragraphs: list[Paragraph]) -> tuple[Cut, ...]:
    """Peaks above the threshold that leave no item too short."""
    since = paragraphs[0].words
    left = _words(paragraphs[1:])
    chosen: list[Cut] = []
    for place, cut in enumerate(cuts):
        around = cuts[max(0, place - _NEAR) : place + _NEAR + 1]
        peak = cut.score >= THRESHOLD and cut.score >= max(near.score for near in around)
        begins = peak and since >= _LEAST_WORDS and left >= _LEAST_LEFT
        left -= paragraphs[cut.line].words
        chosen.append(replace(cut, cut=begins))
        since = paragraphs[cut.line].words + (0 if begins else since)
    return tuple(chosen)


def _judge(place: int, paragraphs: list[Paragraph], depth: float, names: set[str], stems: set[str]) -> Cut:
    here = paragraphs[place]
    titled = here.title and place + 1 < len(paragraphs)
    lede = paragraphs[place + 1] if titled else here
    values = {
        "depth": depth,
        "names": _new_share(paragraphs[place : place + _AHEAD], names),
        "lede": float(lede.lede),
        "title": min(1.0, here.words / _HEADLINE) if titled and lede.lede else 0.0,
        "again": float(not names.isdisjoint(lede.surnames)),
        "bare": float(not names.isdisjoint(lede.bare)),
        "address": float(not names.isdisjoint(lede.addressed)),
        "the": float(bool(lede.opening) and lede.opening in stems),
        "also": float(lede.also),
        "end": float(paragraphs[place - 1].end),
        "ends": float(here.end),
        "old": len(lede.stems & stems) / max(1, len(lede.stems)),
        "anaphora": float(lede.anaphora or here.anaphora),
        "brief": float(_words(paragraphs[max(0, place - 4) : place]) < _BRIEF)
        + float(_words(paragraphs[place : place + 5]) < _BRIEF),
    }
    score = sum(WEIGHTS[name] * value for name, value in values.items())
    return Cut(place, round(score, 3), tuple((name, round(value, 3)) for name, value in values.items() if value))


def _words(paragraphs: list[Paragraph]) -> int:
    return sum(paragraph.words for paragraph in paragraphs)


def _new_share(ahead: list[Paragraph], seen: set[str]) -> float:
    """Share of the names ahead that were not seen before, 0 when there are too few to tell."""
    names = set().union(*(paragraph.names for paragraph in ahead))
    return len(names - seen) / len(names) if len(names) > 1 else 0.0
