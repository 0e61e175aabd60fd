"""A verb of a claim and the report's day in; when the verb's own clause says it happened (new, old, unsaid) out.

Only the past has an age: what will happen "in September" is no history, what happened "in September" is, once
September is over.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from spacy.tokens import Token

from services.monitor.analysis.claims.grammar import auxiliaries, is_verb

FRESH = timedelta(days=5)
"""An event of the last five days is news: weeklies and follow-ups name the day. [judgement, tune half of the pages]"""

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(f"{name}|{name[:3]}\\.?" for name in _MONTHS)
_DATED = re.compile(
    rf"\b(?:in|on|during|since|last|late|early|mid) (?:late |early |mid ?- ?|the end of )*"
    rf"(?:(?P<before>\d{{1,2}}) )?(?P<month>{_MONTH})\b(?: (?P<after>\d{{1,2}})\b(?! ?%))?"
    r"(?: ?,? (?P<year>(?:19|20)\d\d))?",
)
_YEAR = re.compile(r"\b(?:in|during|since) (?P<year>(?:19|20)\d\d)\b")
_NOT_OF_IT = "(?<!from )(?<!than )(?<!over )(?<!with )(?<!until )(?<!on )(?<!to )(?<!of )"
"""What a figure is compared with, or what lasts so long, is no date of the verb: "up from last year"."""

_LONG_AGO = re.compile(
    _NOT_OF_IT + r"(?:\b(?:years?|months?|weeks?|decades?) (?:later|earlier|ago|before|previously)\b|"
    r"\bthe (?:following|next|previous) (?:years?|months?|spring|summer|autumn|fall|winter)\b|"
    r"\bthe (?:year|month|week) (?:before|after)\b|"
    r"\blast (?:year|month|spring|summer|autumn|fall|winter|decade|century)\b|"
    r"\b(?:in|during|since|over) the (?:spring|summer|autumn|fall|winter|(?:19|20)?\d0s)\b|"
    r"\b(?:during|in|before) (?:the|his|her|their) (?:\w+ )?(?:campaign|first term|previous term|last term)\b|"
    r"\bearlier this (?:year|month)\b)(?! ['’]s)"
)
_NEW = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|yesterday|tonight|overnight|now)\b|"
    r"\bthis (?:morning|afternoon|evening|week|weekend)\b|\blast night\b|\bhours (?:after|before|later)\b"
)


def age(verb: Token, day: date) -> str:
    """ "old: in september", "new" or "": of a verb in the past, by the dates in its own clause."""
    if not past(verb):
        return ""
    words = " ".join(token.text if token.tag_ != "MD" else "_" for token in _own(verb))
    text = words.lower()
    for found in (*_YEAR.finditer(text), *_DATED.finditer(text)):
        if _over(found, day) and not _modal(found, words):
            return f"old: {found[0]}"
    if long_ago := _LONG_AGO.search(text):
        return f"old: {long_ago[0]}"
    return "new" if _NEW.search(text) else ""


def past(verb: Token) -> bool:
    """Finite past or perfect, also shared with the verb before it."""
    helpers = {aux.lower_ for aux in auxiliaries(verb)}
    if helpers & {"will", "would", "may", "might", "could", "can", "should", "must", "to"}:
        return False
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and verb.dep_ not in {"acl", "amod"})


def _own(verb: Token) -> Iterator[Token]:
    """Tokens of the verb's clause that belong to no other verb, and what opens the sentence it shares."""
    first = verb
    while first.dep_ == "conj" and is_verb(first.head) and past(first.head):
        first = first.head
    for token in verb.doc:
        owner = _verb_above(token)
        if owner == verb or (owner == first and token.i < first.i):
            yield token


def _verb_above(token: Token) -> Token | None:
    while token.head.i != token.i:
        token = token.head
        if token.tag_.startswith("VB"):
            return token
    return None


def _modal(found: re.Match[str], words: str) -> bool:
    """ "may" and "march" are months only with a capital."""
    if "month" not in found.re.groupindex:
        return False
    return not words[found.start("month")].isupper()


def _over(found: re.Match[str], day: date) -> bool:
    """The date named lies more than FRESH before the report."""
    groups = found.groupdict()
    year = int(groups["year"]) if groups["year"] else None
    if "month" not in groups:
        return year is not None and year < day.year
    month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(groups["month"].rstrip(".")))
    number = groups["before"] or groups["after"]
    if year is None:
        year = day.year if (month, int(number or 1)) <= (day.month, day.day) else day.year - 1
    last = monthrange(year, month)[1]
    if number is None and (year, month) == (day.year, day.month):
        return False
    return day - date(year, month, min(int(number or last), last)) > (FRESH if number else timedelta(days=2))
