"""A report's text in; its sentences as (start, end) out. Rules of spelling alone, linear in the text's length."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s+[\"'“‘(\[]*[A-Z0-9£$€])|\n+")
"""Possessive, and begins only where a run of stops does: a page of stops is read once, not once from each stop."""

_WORD = re.compile(r"(\S+)$")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr st sir prof gen col lt sgt capt rep sen gov pres u.s u.k u.n e.g i.e vs inc ltd co corp no jan feb "
    "mar apr jun jul aug sep sept oct nov dec jr sr v hon messrs adm maj brig cmdr rev".split(" ")
)
MAX_WORDS = 120
MAX_CHARACTERS = 1_500
"""Of one sentence, twice what 120 words have: a page without spaces must not reach the parser whole."""

_MAX_KICKERS = 4
_PIECE = re.compile(rf"\S{{1,{MAX_CHARACTERS}}}")
_KICKER = re.compile(r"(?:\S+ ){0,4}\S{1,20}: (?=(?:\S+ ){3})|\d{1,2}[:.]\d\d(?: ?[ap]m)? (?:[-–—] )?")
"""What a desk puts before a headline: a kicker or a time."""
_PLACE = r"[A-Z][\w.'’-]*(?:[ /,]{1,2}[A-Z][\w.'’-]*){0,4}"
_DATE = r",? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? 20\d\d)?"
_DATELINE = re.compile(
    rf"(?:{_PLACE})?(?:{_DATE})? ?\([A-Za-z .,&/-]{{2,24}}\) ?[-–—:]+ |"
    rf"{_PLACE}{_DATE}(?: /[A-Za-z .-]{{2,24}}/)? ?[-–—:]+ |"
    rf"{_PLACE} ?(?:[–—]|--) ?(?=[\"“A-Z])(?!.{{0,80}} (?:[–—-]|--) )|"
    r"(?:[A-Z]{3,}[/, ]{0,2}){1,4} ?(?::|[-–—]+) (?=[\"“A-Z][a-z]|U\.)"
)
"""Where and by whom a report was written: "KYIV, Feb 4 (Reuters) - ", "NEW DELHI, Jan 20: ", "TOKYO -- "."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """text[start:end] without the white space around it; `line`: it fills its own line and ends without a stop."""

    start: int
    end: int
    text: str
    line: bool


def sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences in order. A line break always ends one; what is longer than MAX_WORDS words is cut there."""
    cuts = [0, *(match.end() for match in _END.finditer(text) if _ends(text, match)), len(text)]
    found: list[Sentence] = []
    for start, end in pairwise(cuts):
        found += _bounded(text, start, end)
    return tuple(found)


def deep(rows: Iterable[Sentence]) -> Iterator[tuple[Sentence, int]]:
    """Each sentence with how many stand between it and the headline, or the report's start, above it."""
    depth = 0
    for row in rows:
        depth = 0 if row.line else depth
        yield row, depth
        depth += 1


def _ends(text: str, match: re.Match[str]) -> bool:
    """False after a title, a month or an initial ("Mr.", "U.S. Secretary", "J. Smith")."""
    if match.group()[0] != ".":
        return True
    before = _WORD.search(text, max(0, match.start() - 20), match.start())
    if before is None:
        return True
    word = before.group(1).lower().lstrip("(“‘\"'[")
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha() and word != "i")


def _bounded(text: str, start: int, end: int) -> list[Sentence]:
    piece = text[start:end]
    body = piece.strip()
    if not body:
        return []
    first = start + len(piece) - len(piece.lstrip())
    line = not body.endswith((".", "!", "?", "…", "”", "’", '"', ":", ";"))
    after = _ahead(body, line=line)
    first, body = first + after, body[after:]
    spans = list(_spans(body))
    if len(spans) == 1:
        return [Sentence(first, first + len(body), body, line)]
    return [Sentence(first + a, first + b, body[a:b], line=False) for a, b in spans]


def _ahead(body: str, *, line: bool) -> int:
    """Where the words begin after a dateline, or in a line without an end after kickers."""
    dateline = _DATELINE.match(body)
    if dateline:
        return dateline.end()
    return _after_kickers(body) if line else 0


def _after_kickers(body: str) -> int:
    """Where the report begins after what a desk put before it."""
    at = 0
    for _ in range(_MAX_KICKERS):
        found = _KICKER.match(body, at)
        if found is None:
            break
        at = found.end()
    return at


def _spans(body: str) -> Iterator[tuple[int, int]]:
    """Runs of at most MAX_WORDS words and MAX_CHARACTERS characters (a longer word is broken)."""
    start, last, count = 0, 0, 0
    for word in _PIECE.finditer(body):
        if count and (count == MAX_WORDS or word.end() - start > MAX_CHARACTERS):
            yield start, last
            count = 0
        start = start if count else word.start()
        last, count = word.end(), count + 1
    if count:
        yield start, last
