"""A report's text in; its sentences as (start, end) out. Rules of spelling alone, linear in the text's length."""

import re
from dataclasses import dataclass
from itertools import pairwise

_END = re.compile(r"[.!?…]{1,8}[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9£$€])|\n+")
_WORD = re.compile(r"(\S+)$")
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "sir",
        "prof",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "rep",
        "sen",
        "gov",
        "pres",
        "u.s",
        "u.k",
        "u.n",
        "e.g",
        "i.e",
        "vs",
        "inc",
        "ltd",
        "co",
        "corp",
        "no",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "jr",
        "sr",
        "v",
        "hon",
        "messrs",
        "adm",
        "maj",
        "brig",
        "cmdr",
        "rev",
    ]
)
MAX_WORDS = 120
_KICKER = re.compile(r"(?:\S+ ){0,4}\S{1,20}: (?=(?:\S+ ){3})|\d{1,2}[:.]\d\d(?: ?[ap]m)? (?:[-–—] )?")
"""What a desk puts before a headline: a kicker or a time."""
_DATELINE = re.compile(
    r"[A-Z][\w.'’-]*(?:[ /,]{1,2}[A-Z][\w.'’-]*){0,4}(?:,? \d{1,2})?"
    r"(?: ?\([A-Za-z .&-]{2,24}\) ?[-–—:]+ |(?<=\d): | [–—] (?=[A-Z]))"
)
"""Where and by whom a report was written: "KYIV, Feb 4 (Reuters) - ", "NEW DELHI, Jan 20: ", "PARIS — "."""


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
    """The sentences of one piece without white space, dateline and kicker: one, or several if it has no end."""
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    body = text[first:end].strip()
    line = not body.endswith((".", "!", "?", "…", "”", "’", '"', ":", ";"))
    ahead = _DATELINE.match(body) or (_KICKER.match(body) if line else None)
    if ahead is not None:
        first, body = first + ahead.end(), body[ahead.end() :]
    words = list(re.finditer(r"\S+", body))
    if len(words) <= MAX_WORDS:
        return [Sentence(first, first + len(body), body, line)] if body else []
    spans = [words[i : i + MAX_WORDS] for i in range(0, len(words), MAX_WORDS)]
    return [
        Sentence(first + span[0].start(), first + span[-1].end(), body[span[0].start() : span[-1].end()], line=False)
        for span in spans
    ]
