"""An article's plain text in, clean lines with their way back to the article out (and what was dropped, and why)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.monitor.analysis.intake.furniture import Judge

LIMIT = 400_000
"""Code points of one article that are read; the longest live blogs measured have about 100,000."""

_SPACES = dict.fromkeys((9, 160, 5760, *range(8192, 8203), 8239, 8287, 12288), " ")
_BREAKS = dict.fromkeys((11, 12, 13, 133, 8232, 8233), "\n")
_BROKEN = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_SAME_LENGTH = {**_SPACES, **_BREAKS, **_BROKEN}
_CHANGES = re.compile("[" + "".join(map(re.escape, map(chr, _SAME_LENGTH))) + "]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(]?[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Line:
    """One kept line. `runs`: (offset in `text`, offset in the article, length), in order; gaps were invisible."""

    text: str
    runs: tuple[tuple[int, int, int], ...]

    @property
    def start(self) -> int:
        """Where it begins in the article."""
        return self.runs[0][1]


@dataclass(frozen=True, slots=True)
class Dropped:
    """article[start:end] was left out for `reason`."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of an article. `lost`: code points beyond LIMIT that were not read."""

    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...]
    lost: int = 0


def clean(text: str, judge: Judge) -> Cleaned:
    """Drop what is not news. Linear in the length of the text."""
    head = _CHANGES.sub(lambda found: _SAME_LENGTH[ord(found[0])], text[:LIMIT])
    lines = _lines(head)
    kept: list[Line] = []
    dropped: list[Dropped] = []
    for line, reason in zip(lines, judge.lines([line.text for line in lines]), strict=True):
        if reason:
            dropped.append(_dropped(line, reason))
        else:
            kept.extend(_without_furniture(line, judge, dropped))
    return Cleaned(tuple(kept), tuple(dropped), max(0, len(text) - LIMIT))


def _lines(text: str) -> list[Line]:
    found = []
    start = 0
    for raw in text.split("\n"):
        line = _line(raw, start)
        if line:
            found.append(line)
        start += len(raw) + 1
    return found


def _line(raw: str, start: int) -> Line | None:
    """The line without invisible characters and outer spaces, None when nothing is left."""
    pieces = [(found.start(), found.end()) for found in _INVISIBLE.finditer(raw)]
    if not pieces:
        text = raw.strip()
        return Line(text, ((0, start + len(raw) - len(raw.lstrip()), len(text)),)) if text else None
    visible = zip([0, *(end for _, end in pieces)], [*(begin for begin, _ in pieces), len(raw)], strict=True)
    return join([(raw[a:b], start + a) for a, b in visible if b > a])


def join(pieces: Sequence[tuple[str, int]], glue: str = "") -> Line | None:
    """One stripped line from (text, article offset) pieces; the glue belongs to no run."""
    full = [number for number, (text, _) in enumerate(pieces) if text.strip()]
    if not full:
        return None
    pieces = pieces[full[0] : full[-1] + 1]
    text, offset = pieces[0]
    trimmed = [(text.lstrip(), offset + len(text) - len(text.lstrip())), *pieces[1:]]
    trimmed[-1] = (trimmed[-1][0].rstrip(), trimmed[-1][1])
    runs, length = [], 0
    for text, offset in trimmed:
        runs.append((length, offset, len(text)))
        length += len(text) + len(glue)
    return Line(glue.join(text for text, _ in trimmed), tuple(runs))


def _without_furniture(line: Line, judge: Judge, dropped: list[Dropped]) -> list[Line]:
    """A long line may hold a notice among its sentences: those sentences go, the others stay."""
    if len(line.runs) > 1 or not judge.suspicious(line.text):
        return [line]
    ends = [found.end() for found in _SENTENCE.finditer(line.text)]
    kept: list[tuple[str, int]] = []
    for begin, end in zip([0, *ends], [*ends, len(line.text)], strict=True):
        sentence, offset = line.text[begin:end], line.start + begin
        reason = judge.sentence(sentence)
        if reason:
            dropped.append(Dropped(offset, offset + len(sentence), reason))
        else:
            kept.append((sentence, offset))
    joined = join(kept)
    return [joined] if joined else []


def _dropped(line: Line, reason: str) -> Dropped:
    last = line.runs[-1]
    return Dropped(line.start, last[1] + last[2], reason)
