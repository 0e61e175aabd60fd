"""A path in; whether it tells what happened long before the report, as a reason or as less confidence, out."""

import re

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Path, Setting
from services.monitor.analysis.claims.grammar import children, is_verb
from services.monitor.analysis.claims.times import age

_LATER = re.compile(r"\b(?:days|weeks|months|years) after$")
_YEARS = re.compile(r"\bbetween (\d{4})\b|\bin (\d{4})\b")
_SPANS = re.compile(
    r"\b(?:after|during) (?:the )?(?:second |first )?(?:world|cold) war\b|\bin the (?:19|20)?\d0s\b|"
    r"\b(?:over|in|during|for|before) the (?:last|past) (?:\w+ )?(?:years|decades|months|elections|budgets)\b"
)
LONG = 80
"""Tokens from which the parser loses the thread; from reading claims in 1,250 articles of 2004-2020."""


def history(path: Path, setting: Setting) -> str:
    """ "Between 2022 and 2025", "for seven months in 2021": the reason, or ""."""
    for op in path.ops:
        if op.kind != "verb" or not is_verb(op.token) or "future" in path.flags:
            continue
        words = [token.text for token in op.token.subtree if token.i > op.token.i and not _elsewhere(token, op.token)]
        for found in _YEARS.finditer(" ".join(words)):
            if int(found[1] or found[2]) < setting.day.year:
                return f"history: {found[0]}"
    return ""


def aged(path: Path, setting: Setting) -> str:
    """ "In September the department revoked", told in November: the reason, or ""."""
    found = (age(verb, setting.day) for verb in told(path))
    return next((f"history: {words}" for words in found if words.startswith("old")), "")


def fade(path: Path, setting: Setting) -> None:
    """ "Days after X cut", "has imposed since", "over the past two years": background."""
    factors = setting.acts.factors
    for verb in path.verbs:
        for mark in children(verb, "mark"):
            if mark.lower_ == "after" and _LATER.search(verb.doc[: mark.i + 1].text.lower()):
                path.weaken("background", factors["background"], mark)
        if any(aux.lower_ in {"has", "have"} for aux in children(verb, "aux")) and _since(verb):
            path.weaken("past", factors["past"], "since")
    if len(path.head.doc) > LONG:
        path.weaken("long", factors["long"])
    if path.verbs and "future" not in path.flags and (span := _SPANS.search(path.head.doc.text.lower())):
        path.weaken("past", factors["past"], span[0])


def told(path: Path) -> dict[Token, None]:
    """The verbs of the claim, each once."""
    return dict.fromkeys([*(op.token for op in path.ops if is_verb(op.token)), *path.verbs])


def _since(verb: Token) -> bool:
    places = (verb, *children(verb, "advcl"))
    return any(
        child.dep_ in {"prep", "mark"} and child.lower_ == "since" for place in places for child in place.children
    )


def _elsewhere(token: Token, verb: Token) -> bool:
    """Inside another verb's clause."""
    while token.head.i != token.i and token != verb:
        if token.dep_ in {"relcl", "acl", "advcl", "ccomp", "conj", "parataxis"}:
            return True
        token = token.head
    return False
