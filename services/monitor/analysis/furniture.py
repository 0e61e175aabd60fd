"""The lines of a page in, the reason for each line that is not news out (None: keep it)."""

import re
from dataclasses import dataclass

from services.monitor.lexicon.boilerplate import Boilerplate

_WORD = re.compile(r"[a-z0-9][a-z0-9'.,%-]*")
_ENDS = re.compile(r"[.!?…:;][\"”’')\]]*$|[\"”]$")
_STRIP = " \t•·–—-*|>»›<«‹#→←↓↑▶►✕×+:…"
_READER = frozenset({"you", "your", "our", "we", "us", "please", "you're", "yours", "we're", "we'd"})
_STRAIGHT = str.maketrans("’‘“”", "''\"\"")
_HEAD = 400
"""Code points of a line that patterns look at: furniture says what it is at once."""

_STRONG_WORDS, _PROSE_SHARE = 12, 0.25
"""A line of 12 words of which a quarter are function words is prose (jusText uses .30 to .32 for good)."""

_NOISY_LINES, _NOISY_SHARE = 8, 0.4
"""A page with so many short lines is a whole web page, else an article's text (tests/quality/score_intake.py)."""

_GAP, _ISLAND = 5, 0.3
"""Lines without prose that part two blocks, and the share of the largest block's words another one needs to stay."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What one line looks like. `shape`: strong (prose), medium (a short sentence), weak (anything else)."""

    text: str
    words: int
    shape: str
    reason: str | None


class Judge:
    """Tells furniture from news, line by line and by the line's place in the page."""

    def __init__(self, boilerplate: Boilerplate) -> None:
        self._data = boilerplate

    def lines(self, lines: list[str]) -> list[str | None]:
        """One verdict per line: the reason it is dropped for, or None."""
        looks = [self._look(line) for line in lines]
        return _place(looks, self._data.tail)

    def sentence(self, sentence: str) -> str | None:
        """The reason to drop one sentence of a longer line."""
        look = self._look(sentence)
        return look.reason

    def suspicious(self, line: str) -> bool:
        """True when some sentence of the line may be furniture: worth looking at each."""
        lowered = line.lower().translate(_STRAIGHT)
        return any(phrase in lowered for phrase in self._data.phrases)

    def _look(self, line: str) -> _Look:
        lowered = line.lower().translate(_STRAIGHT)
        words = _WORD.findall(lowered[: 4 * _HEAD])
        known = sum(word.rstrip(".,") in self._data.stopwords for word in words)
        share = known / len(words) if words else 0.0
        ends = bool(_ENDS.search(line[-8:]))
        shape = _shape(len(words), share, ends)
        return _Look(lowered, len(words), shape, self._reason(lowered, words, shape))

    def _reason(self, lowered: str, words: list[str], shape: str) -> str | None:
        stripped = lowered.strip(_STRIP)
        if not stripped or stripped.isdigit():
            return "symbols"
        return (
            self._data.whole.get(stripped)
            or self._start(lowered, len(words), shape)
            or self._phrase(lowered, words, shape)
            or self._appeal(lowered, len(words))
        )

    def _start(self, lowered: str, words: int, shape: str) -> str | None:
        if words > self._data.start_words:
            return None
        head = lowered[:_HEAD].lstrip(_STRIP)
        for kind, pattern in self._data.starts:
            if pattern.match(head) and not (shape == "strong" and kind in self._data.unless_prose):
                return kind
        return None

    def _phrase(self, lowered: str, words: list[str], shape: str) -> str | None:
        """A phrase alone condemns a line that is not prose; prose must also speak to the reader."""
        if len(words) > self._data.phrase_words:
            return None
        for phrase, kind in self._data.phrases.items():
            if phrase in lowered and (shape != "strong" or not _READER.isdisjoint(words)):
                return kind
        return None

    def _appeal(self, lowered: str, words: int) -> str | None:
        hits = sum(lowered.count(phrase) for phrase in self._data.appeals)
        enough = hits >= self._data.appeal_least and hits * 100 >= self._data.appeal_density * words
        return "appeal" if enough else None


def _shape(words: int, share: float, ends: bool) -> str:
    if share >= _PROSE_SHARE and (words >= 2 * _STRONG_WORDS or (words >= _STRONG_WORDS and ends)):
        return "strong"
    return "medium" if ends and words >= 4 else "weak"


def _place(looks: list[_Look], tail: re.Pattern[str]) -> list[str | None]:
    verdicts = [look.reason for look in looks]
    short = sum(look.shape == "weak" or look.reason is not None for look in looks)
    if short < _NOISY_LINES or short < _NOISY_SHARE * len(looks):
        return verdicts
    blocks = _blocks(looks)
    inside = [False] * len(looks)
    for first, last in _main(blocks, looks, tail):
        inside[first : last + 1] = [True] * (last + 1 - first)
    for place, look in enumerate(looks):
        if verdicts[place] is None and not inside[place]:
            verdicts[place] = "outside"
        elif verdicts[place] is None and look.shape == "weak" and not _crosshead(looks, place):
            verdicts[place] = "fragment"
    return verdicts


def _blocks(looks: list[_Look]) -> list[tuple[int, int]]:
    """Runs of prose with no more than _GAP other lines between: (first, last) places."""
    blocks: list[tuple[int, int]] = []
    for place, look in enumerate(looks):
        if look.shape != "strong" or look.reason:
            continue
        if blocks and place - blocks[-1][1] <= _GAP + 1:
            blocks[-1] = (blocks[-1][0], place)
        else:
            blocks.append((place, place))
    return blocks


def _main(blocks: list[tuple[int, int]], looks: list[_Look], tail: re.Pattern[str]) -> list[tuple[int, int]]:
    """The blocks that hold the article: the largest and those not much smaller."""
    masses = [
        sum(look.words for look in looks[a : b + 1] if look.shape == "strong" and not look.reason) for a, b in blocks
    ]
    if not blocks:
        return []
    largest = max(masses)
    kept = [block for block, mass in zip(blocks, masses, strict=True) if mass >= _ISLAND * largest]
    return [_cut_tail(block, looks, tail) for block in kept]


def _cut_tail(block: tuple[int, int], looks: list[_Look], tail: re.Pattern[str]) -> tuple[int, int]:
    """End the block before a line that announces other pages, once half of its words have passed."""
    first, last = block
    total = sum(look.words for look in looks[first : last + 1])
    passed = 0
    for place in range(first, last + 1):
        if passed * 2 > total and looks[place].words <= 10 and tail.match(looks[place].text.lstrip(_STRIP)):
            return first, place - 1
        passed += looks[place].words
    while last + 1 < len(looks) and looks[last + 1].shape == "medium" and not looks[last + 1].reason:
        last += 1
    while first > 0 and looks[first - 1].shape == "medium" and not looks[first - 1].reason:
        first -= 1
    return first, last


def _crosshead(looks: list[_Look], place: int) -> bool:
    """A single short line between two paragraphs."""
    around = [place - 1, place + 1]
    return looks[place].words <= 12 and all(
        0 <= near < len(looks) and looks[near].shape != "weak" and not looks[near].reason for near in around
    )
