"""A path in; whether it is hoped for, campaigned for, judged, repeated or put under a condition, as a reason, out."""

import re

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Path, Setting
from services.monitor.analysis.claims.grammar import children, is_verb, noun_key
from services.monitor.analysis.claims.subjects import subject_of

_ONLY = re.compile(r"\bonly\b[^,;]*\b(?:after|if|when|once)\b")
_BACK = 10


def wish(path: Path, setting: Setting) -> str:
    """The reason, or ""."""
    return (
        _nobody(path)
        or _hoped(path, setting)
        or _campaigned(path, setting)
        or _judged(path)
        or _repeated(path, setting)
        or _conditional(path)
        or _blocked(path, setting)
    )


def _nobody(path: Path) -> str:
    """ "Nobody will be forced": it is not done."""
    for verb in path.verbs:
        who = next(children(verb, "nsubj", "nsubjpass"), None)
        if who is not None and (who.lower_ in {"nobody", "none"} or who.text.lower() == "no-one"):
            return f"nobody: {verb.text}"
    return ""


def _hoped(path: Path, setting: Setting) -> str:
    """ "Hopes for a revival": a nominal change beneath a hope, a fear or a call."""
    if not path.ops or any(op.kind == "verb" and is_verb(op.token) for op in path.ops):
        return ""
    first = path.ops[-1].token.left_edge.i
    for token in reversed(path.head.doc[max(0, first - _BACK) : first]):
        if is_verb(token) or token.text in {",", ";"}:
            break
        if noun_key(token) in setting.acts.doubts.words["hopes"]:
            return f"a hope: {token.text}"
    return _talked(path, setting)


def _talked(path: Path, setting: Setting) -> str:
    """ "Renewed negotiations on a pullback", "his party would back the rejection"."""
    for verb in path.verbs:
        for thing in children(verb, "dobj", "nsubjpass"):
            beside = thing != path.head and not thing.is_ancestor(path.head)
            if beside and noun_key(thing) in setting.acts.looks["talks"]:
                return f"talk: {thing.text}"
        by = subject_of(verb)
        outsiders = setting.acts.subjects["outsiders"] - setting.acts.subjects["deputies"]
        if by is not None and by.i < verb.i and noun_key(by) in outsiders:
            return f"not an official: {by.text}"
    return ""


def _campaigned(path: Path, setting: Setting) -> str:
    """ "Campaigned on cutting taxes"."""
    for verb in path.verbs:
        hung = any(child.lower_ in {"on", "for", "about"} for child in children(verb, "prep"))
        if hung and _is(verb, "aspiring", setting):
            return f"a campaign: {verb.text}"
    return ""


def _judged(path: Path) -> str:
    """ "It was urgent to speed up", "it is not racist to talk about"."""
    for verb in path.verbs:
        what = next(children(verb, "acomp"), None)
        if what is None or all(child.lower_ != "it" for child in children(verb, "nsubj", "expl")):
            continue
        if any(inner.head in {what, verb} and _to(inner) for inner in path.verbs if inner != verb):
            return f"a judgement: {what.text}"
    return ""


def _to(verb: Token) -> bool:
    return verb.dep_ in {"xcomp", "ccomp", "advcl"} and any(aux.tag_ == "TO" for aux in children(verb, "aux"))


def _repeated(path: Path, setting: Setting) -> str:
    """ "Reiterated that it will not": nothing new."""
    again = next((sayer for sayer in path.sayers if _is(sayer, "repeated", setting) or _anew(sayer)), None)
    return f"said before: {again.text}" if again is not None else ""


def _anew(sayer: Token) -> bool:
    return any(child.lower_ == "again" for child in children(sayer, "advmod"))


def _conditional(path: Path) -> str:
    """ "Would only be imposed after talks", "is going to be" read as "goes"."""
    for op in path.ops:
        if op.token.lower_ == "going" and op.token.i + 1 < len(op.token.doc) and op.token.nbor(1).lower_ == "to":
            return "going to"
    if "future" not in path.flags:
        return ""
    spans = (verb.doc[verb.left_edge.i : verb.right_edge.i + 1].text for verb in path.verbs[:2])
    return "condition: only" if any(_ONLY.search(span) for span in spans) else ""


def _blocked(path: Path, setting: Setting) -> str:
    """ "Blocked from reducing subsidies": all stays as it is."""
    verbs = [op for op in path.ops if op.polarity and is_verb(op.token)]
    if len(verbs) < 2 or verbs[0].polarity > 0 or not _is(verbs[-1].token, "barring", setting):
        return ""
    return f"prevented: {verbs[-1].token.text}" if verbs[0].token.dep_ == "pcomp" else ""


def _is(verb: Token, name: str, setting: Setting) -> bool:
    return not setting.acts.doubts.words[name].isdisjoint(setting.acts.bases(verb.lower_))
