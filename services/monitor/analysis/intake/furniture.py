"""The lines of a page in, the reason for each line that is not news out (None: keep it)."""

import re

from services.monitor.analysis.intake.placement import Look, Shape, place
from services.monitor.lexicon.boilerplate import Boilerplate

_WORD = re.compile(r"\w[\w'.,%-]*")
_ENDS = re.compile(r"[.!?…:;。।؟！？][^A-Za-z0-9]{0,4}$|[\"”»]\s*$")
_CUT_OFF = re.compile(r"(\.\.|…|\[…\]|\[\.\.\.\])\W{0,2}$")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]{2}")
"""Scripts without spaces between words: two characters count for a word."""

_DATELINE = re.compile(r"[A-Z][A-Z.'’-]+[A-Z .,'’/-]*([A-Z][\w. ]{1,20},?)? ?(\([\w ]{2,20}\))? ?[-–—]{1,2} ?[A-Z\"“]")
_ITEM = re.compile(r"\W{0,2}\d{1,4}\W{0,2}[\w½¼⅓]* \w|[•*·–-] ?\w|https?://|[\w(][^:]{2,40}: \S")
_STRIP = " \t•·–—-*|>»›<«‹#→←↓↑▶►✕×+:…"
_STRAIGHT = str.maketrans("’‘“”", "''\"\"")

_HEAD = 400
"""Code points of a line that patterns look at: furniture says what it is at once."""

_FOOT = 120
_TAIL_WORDS, _LONG_LINE = 10, 200
_APPEAL_WORDS = 20
"""A line of prose shorter than this is caught by its phrases."""

_PROSE_WORDS, _LONG_WORDS = 12, 30
_PROSE_SHARE = 0.25
"""Function words in prose: a quarter at least (jusText takes .30 to .32 for good)."""


class Judge:
    """Tells furniture from news, line by line and by the line's place in the page."""

    def __init__(self, boilerplate: Boilerplate) -> None:
        self._data = boilerplate

    def lines(self, lines: list[str]) -> list[str | None]:
        """One verdict per line: the reason it is dropped for, or None."""
        page = "\n".join(lines).lower().translate(_STRAIGHT)
        told = self._told(page)
        return place([self._look(line, told) for line in lines])

    def sentence(self, sentence: str) -> str | None:
        """The reason to drop one sentence of a longer line."""
        return self._look(sentence, self._data.phrases).reason

    def suspicious(self, line: str) -> bool:
        """True when some sentence of a long line may be furniture: worth looking at each."""
        return len(line) >= _LONG_LINE and bool(self._told(line.lower().translate(_STRAIGHT)))

    def _told(self, lowered: str) -> dict[str, str]:
        """The phrases that occur, with their kinds: on most pages few, so that lines are searched for few."""
        return {phrase: kind for phrase, kind in self._data.phrases.items() if phrase in lowered}

    def _look(self, line: str, told: dict[str, str]) -> Look:
        lowered = line.lower().translate(_STRAIGHT)
        words = _words(lowered[: 4 * _HEAD])
        shape = self._shape(line, words)
        head = lowered[:_HEAD].lstrip(_STRIP)
        reason = self._reason(lowered, words, shape, told)
        return Look(
            text=line,
            words=len(words),
            shape=shape,
            reason=reason,
            within=reason in self._data.within,
            tail=len(words) <= _TAIL_WORDS and bool(self._data.tail.match(head)),
            loud=line.isupper(),
            dateline=bool(_DATELINE.match(line[:_FOOT])),
            item=bool(_ITEM.match(line)),
        )

    def _shape(self, line: str, words: list[str]) -> Shape:
        """prose: sentences. short: a sentence of few words. scrap: anything else."""
        if _CUT_OFF.search(line[-8:]):
            return "scrap"
        known = sum(map(self._data.stopwords.__contains__, words))
        ends = bool(_ENDS.search(line[-8:]))
        if len(words) >= _PROSE_WORDS and (ends or (len(words) >= _LONG_WORDS and known >= _PROSE_SHARE * len(words))):
            return "prose"
        return "short" if ends and len(words) >= 4 else "scrap"

    def _reason(self, lowered: str, words: list[str], shape: Shape, told: dict[str, str]) -> str | None:
        stripped = lowered.strip(_STRIP)
        if not stripped or stripped.isdigit():
            return "symbols"
        return (
            self._data.whole.get(stripped)
            or self._start(lowered, len(words), shape)
            or self._end(lowered, len(words))
            or self._phrase(lowered, words, shape, told)
            or self._appeal(lowered, len(words))
        )

    def _start(self, lowered: str, words: int, shape: Shape) -> str | None:
        if words > self._data.start_words:
            return None
        head = lowered[:_HEAD].lstrip(_STRIP)
        for kind, pattern in self._data.starts:
            if pattern.match(head) and not (shape == "prose" and kind in self._data.unless_prose):
                return kind
        return None

    def _end(self, lowered: str, words: int) -> str | None:
        if words > self._data.end_words:
            return None
        foot = lowered[-_FOOT:]
        return next((kind for kind, pattern in self._data.ends if pattern.search(foot)), None)

    def _phrase(self, lowered: str, words: list[str], shape: Shape, told: dict[str, str]) -> str | None:
        """A phrase alone condemns a line that is not prose; prose must also speak to the reader."""
        if len(words) > self._data.phrase_words:
            return None
        for phrase, kind in told.items():
            if phrase in lowered and (shape != "prose" or not self._data.reader.isdisjoint(words)):
                return kind
        return None

    def _appeal(self, lowered: str, words: int) -> str | None:
        if words < _APPEAL_WORDS:
            return None
        hits = sum(lowered.count(phrase) for phrase in self._data.appeals)
        enough = hits >= self._data.appeal_least and hits * 100 >= self._data.appeal_density * words
        return "appeal" if enough else None


def _words(text: str) -> list[str]:
    words = _WORD.findall(text)
    return words if text.isascii() else words + _UNSPACED.findall(text)
