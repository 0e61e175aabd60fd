"""The clean lines of an article in, the lines at which a new item begins out, each with the evidence for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.monitor.analysis.cohesion import Paragraph, depths, read
from services.monitor.lexicon.boilerplate import Boilerplate

WEIGHTS = {
    "depth": 4.0, "names": 1.0, "lede": 1.0, "title": 2.0, "again": 0.3, "end": 3.0,
    "anaphora": -2.5, "brief": -1.0, "bare": -2.0, "the": -1.5, "also": -1.0,
}  # fmt: skip
THRESHOLD = 3.3
"""Set by hand on one half of segments_bbc and read off on the other (tests/quality/score_intake.py segments)."""

_LEAST_WORDS = 25
"""An item shorter than this is not cut off: a flash of two sentences has about 30 words."""

_BRIEF = 60
"""So few words on one side of a gap say little about it: a doubt in either direction counts against a cut."""

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
    names: Counter[str] = Counter()
    stems: Counter[str] = Counter()
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
    chosen: list[Cut] = []
    for place, cut in enumerate(cuts):
        around = cuts[max(0, place - _NEAR) : place + _NEAR + 1]
        peak = cut.score >= THRESHOLD and cut.score >= max(near.score for near in around)
        begins = peak and since >= _LEAST_WORDS
        chosen.append(replace(cut, cut=begins))
        since = paragraphs[cut.line].words + (0 if begins else since)
    return tuple(chosen)


def _judge(place: int, paragraphs: list[Paragraph], depth: float, names: Counter[str], stems: Counter[str]) -> Cut:
    here = paragraphs[place]
    titled = here.title and place + 1 < len(paragraphs)
    lede = paragraphs[place + 1] if titled else here
    values = {
        "depth": depth,
        "names": _new_share(paragraphs[place : place + 3], names),
        "lede": float(lede.lede),
        "title": float(titled),
        "again": float(any(name in names for name in lede.surnames)),
        "bare": float(any(name in names for name in lede.bare)),
        "the": float(bool(lede.opening) and stems[lede.opening] > 0),
        "also": float(lede.also),
        "end": float(paragraphs[place - 1].end),
        "anaphora": float(lede.anaphora or here.anaphora),
        "brief": float(_words(paragraphs[max(0, place - 4) : place]) < _BRIEF)
        + float(_words(paragraphs[place : place + 5]) < _BRIEF),
    }
    score = sum(WEIGHTS[name] * value for name, value in values.items())
    return Cut(place, round(score, 3), tuple((name, round(value, 3)) for name, value in values.items() if value))


def _words(paragraphs: list[Paragraph]) -> int:
    return sum(paragraph.words for paragraph in paragraphs)


def _new_share(ahead: list[Paragraph], seen: Counter[str]) -> float:
    """Share of the names ahead that were not seen before, 0 when there are too few to tell."""
    names = {name for paragraph in ahead for name in paragraph.names}
    return sum(name not in seen for name in names) / len(names) if len(names) > 1 else 0.0
