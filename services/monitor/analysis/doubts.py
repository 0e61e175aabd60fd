"""A path with its actor and outcome in; the reason why it only looks like a change of policy, or "", out."""

import re

from spacy.tokens import Token

from services.monitor.analysis.climb import Path, Setting
from services.monitor.analysis.composition import Outcome
from services.monitor.analysis.grammar import children, is_passive, is_verb, noun_key, subject
from services.monitor.analysis.parties import Place, Who, subject_of

_ONLY = re.compile(r"\bonly\b[^,;]*\b(?:after|if|when|once)\b")
_LATER = re.compile(r"\b(?:days|weeks|months|years) after$")
_SPAN = re.compile(r"\bbetween (\d{4}) and (?:\d{4})\b|\b(?:back )?in (\d{4})\b")
_BACK = 6


def doubt(path: Path, actor: Who, outcome: Outcome, place: Place) -> str:
    """First of the reasons below that holds; the weaker ones only lower the path's confidence."""
    setting = place.setting
    _weaken(path, setting)
    return (
        _muted(path, setting)
        or _statistic(path, setting)
        or _hoped(path, setting)
        or _told_again(path, setting)
        or _voted_down(path, actor, outcome, place)
        or _stranger(path, place)
        or _history(path, setting)
        or _one_person(path, setting, place)
    )


def _bases(token: Token, setting: Setting) -> set[str]:
    return set(setting.acts.bases(token.lower_))


def _known(token: Token, name: str, setting: Setting) -> bool:
    return not _bases(token, setting).isdisjoint(setting.acts.doubts.words[name])


def _weaken(path: Path, setting: Setting) -> None:
    for op in path.ops:
        if is_verb(op.token) and op.kind == "verb" and _known(op.token, "threats", setting):
            path.flags.add("floated")
    for verb in path.verbs:
        for mark in children(verb, "mark"):
            if mark.lower_ == "after" and _LATER.search(verb.doc[: mark.i + 1].text.lower()):
                path.weaken("background", setting.acts.factors["background"], mark)
        since = any(c.dep_ in {"prep", "mark"} and c.lower_ == "since" for t in (verb, *children(verb, "advcl")) for c in t.children)
        if since and any(aux.lower_ in {"has", "have", "'ve"} for aux in children(verb, "aux")):
            path.weaken("past", setting.acts.factors["past"], "since")


def _muted(path: Path, setting: Setting) -> str:
    text = path.head.doc.text.lower()
    word = next((phrase for phrase in setting.acts.doubts.mute.get(setting.slug, ()) if phrase in text), "")
    return f"another thing: {word}" if word else ""


def _statistic(path: Path, setting: Setting) -> str:
    """"Imports fell 12%", "the number of applications dropped": a figure."""
    words = setting.acts.doubts.words
    for op in path.ops:
        verb = op.token
        if op.kind != "verb" or not is_verb(verb) or is_passive(verb) or not _known(verb, "moving", setting):
            continue
        own = subject(verb)
        if own is None or not (own == path.head or own.is_ancestor(path.head)):
            continue
        if setting.slug in words["flows"] or noun_key(own) in words["counts"] or " than " in verb.doc[verb.i :].text[:40]:
            return f"a figure: {verb.text}"
    return ""


def _hoped(path: Path, setting: Setting) -> str:
    """A nominal change beneath a hope, a fear or a call."""
    verbs = [op.token for op in path.ops if op.kind == "verb" and is_verb(op.token)]
    if verbs or not path.ops:
        return _aspired(path, setting)
    top = path.ops[-1].token
    for back in range(top.left_edge.i - 1, max(-1, top.left_edge.i - 1 - _BACK), -1):
        token = top.doc[back]
        if is_verb(token) or token.text in {",", ";"}:
            break
        if noun_key(token) in setting.acts.doubts.words["hopes"]:
            return f"a hope: {token.text}"
    return _aspired(path, setting)


def _aspired(path: Path, setting: Setting) -> str:
    for verb in path.verbs:
        if _known(verb, "aspiring", setting) and any(c.lower_ in {"on", "for"} for c in children(verb, "prep")):
            return f"a campaign: {verb.text}"
        what = next(children(verb, "acomp"), None)
        if what is not None and any(c.lower_ == "it" for c in children(verb, "nsubj", "expl")) and _infinitive(what, verb, path):
            return f"a judgement: {what.text}"
    return ""


def _infinitive(what: Token, verb: Token, path: Path) -> bool:
    """"It was urgent to speed up": the claim is the infinitive."""
    inner = [op.token for op in path.ops if is_verb(op.token) and op.token not in {verb, what}]
    return any(token.dep_ in {"xcomp", "ccomp", "advcl"} and token.head in {what, verb} and any(a.tag_ == "TO" for a in children(token, "aux")) for token in inner)


def _told_again(path: Path, setting: Setting) -> str:
    for sayer in path.sayers:
        if _known(sayer, "repeated", setting):
            return f"said before: {sayer.text}"
    for op in path.ops:
        if is_verb(op.token) and op.token.lower_ == "going" and op.token.i + 1 < len(op.token.doc) and op.token.nbor(1).lower_ == "to":
            return "going to"
    if "future" in path.flags and any(_ONLY.search(v.doc[v.left_edge.i : v.right_edge.i + 1].text) for v in path.verbs[:2]):
        return "condition: only after"
    return ""


def _voted_down(path: Path, actor: Who, outcome: Outcome, place: Place) -> str:
    """A parliament that defeats a motion leaves things as they are."""
    if outcome.action != "rule-out" or actor.token < 0:
        return ""
    mention = place.mention(path.head.doc[actor.token])
    lawmakers = mention is not None and mention.role == "legislature"
    word = path.head.doc[actor.token].lower_
    return "motion defeated" if lawmakers or word in {"mps", "lawmakers", "parliament", "senators", "deputies"} else ""


def _stranger(path: Path, place: Place) -> str:
    """"Followers of the cleric said they will": the pronoun is somebody without office."""
    verb = next((op.token for op in path.ops if is_verb(op.token)), None)
    own = subject_of(verb) if verb is not None else None
    if own is None or own.lower_ not in {"they", "he", "she"} or own.head.dep_ != "ccomp":
        return ""
    said_by = subject(own.head.head)
    if said_by is None or said_by.tag_ not in {"NNS", "NN"} or place.mention(said_by) is not None or place.open_office(said_by):
        return ""
    known = place.setting.acts.subjects["generics"]
    return "" if noun_key(said_by) in known else f"not an official: {said_by.text}"


def _history(path: Path, setting: Setting) -> str:
    """"Between 2022 and 2025", "for seven months in 2021": over."""
    for op in path.ops:
        if op.kind != "verb" or not is_verb(op.token) or "future" in path.flags:
            continue
        words = [t for t in op.token.subtree if t.i > op.token.i and not _elsewhere(t, op.token)]
        for found in _SPAN.finditer(" ".join(t.text for t in words)):
            if int(found[1] or found[2]) < setting.year:
                return f"history: {found[0]}"
    return ""


def _elsewhere(token: Token, verb: Token) -> bool:
    """Inside another verb's clause, or said of the instrument itself."""
    up = token
    while up.head.i != up.i and up != verb:
        if up.dep_ in {"relcl", "acl", "advcl", "ccomp", "conj", "parataxis"}:
            return True
        up = up.head
    return False


def _one_person(path: Path, setting: Setting, place: Place) -> str:
    """The deportation of one named person is a case, not a policy."""
    if setting.slug != "deportations":
        return ""
    for thing in (t for prep in children(path.head, "prep") if prep.lower_ == "of" for t in children(prep, "pobj")):
        if thing.tag_ == "NNP" and place.mention(thing) is None:
            return f"one person: {thing.text}"
    return ""
