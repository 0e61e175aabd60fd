"""A verb on the way up in; its moods, negation, tense and time as gates and operators on the path out."""

import re

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Op, Path, Setting
from services.monitor.analysis.claims.grammar import auxiliaries, children, negated, no_longer, noun_key

_DATING = frozenset({"in", "during", "since", "of", "between", "after", "before", "until"})
_COMPARING = frozenset({"from", "than", "compared", "against"})
_MONTHS = frozenset({"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                     "november", "december", "spring", "summer", "autumn", "fall", "winter"})  # fmt: skip
_BINDING = frozenset({"must", "can", "ca", "need"})
_NOT = frozenset({"not", "n't", "n’t", "never", "longer"})
_NOTHING = frozenset({"none", "nobody", "nothing", "neither"})
_BEING = frozenset({"is", "are", "was", "were", "'re", "'s", "be", "been", "’re", "’s", "am", "'m", "’m"})
_YEAR = re.compile(r"^(?:19|20)\d\d$")


def moods(verb: Token, path: Path, setting: Setting) -> None:
    """Read one verb's auxiliaries, negation, conditions and times."""
    _auxiliaries(verb, path, setting)
    conditions(verb, path, setting)
    _adverbs(verb, path, setting)
    _years(verb, path, setting)
    doubts, bases = setting.acts.doubts.words, setting.acts.bases(verb.lower_)
    if "deny" in bases and any(noun_key(thing) in doubts["reports"] for thing in children(verb, "dobj")):
        path.fall("a denied report", verb)
    if any(child.lower_ in _NOT and setting.spoken(child) for child in verb.children):
        return
    if not setting.ruled and _nothing(verb, path):
        path.fall("negated", verb)
    if no_longer(verb):
        path.ops.append(Op(verb, "end", -1, "cease"))
    elif negated(verb):
        path.ops.append(Op(verb, "", 0, "negation"))


def _auxiliaries(verb: Token, path: Path, setting: Setting) -> None:
    known = setting.acts.moods
    for aux in auxiliaries(verb):
        word = "" if aux.lower_ in known["weak"] and _rules(aux, setting) else aux.lower_
        if word in known["weak"]:
            path.fall("modal", aux)
        elif word in known["future"] or (word == "to" and aux.tag_ == "MD"):
            path.flags.add("future")
        elif word in known["past_future"] and aux.tag_ == "MD":
            path.flags |= {"future", "would"}
        elif word in {"had", "'d"} and verb.tag_ == "VBN":
            path.flags.add("pluperfect")
    guesses(verb, path, setting)
    _progressive(verb, path)
    if verb.tag_ in {"VBZ", "VBP"} and not auxiliaries(verb):
        path.flags.add(f"present:{verb.i}")


def _rules(aux: Token, setting: Setting) -> bool:
    """A modal of the saying's own, or one that tells a rule of those who must live with it."""
    return setting.spoken(aux) or (setting.ruled and aux.lower_ in _BINDING)


def guesses(verb: Token, path: Path, setting: Setting) -> None:
    """``Will likely press``: who writes so does not know."""
    for child in children(verb, "advmod"):
        if child.lower_ in setting.acts.moods["guess"]:
            path.fall("modal", child)


def _progressive(verb: Token, path: Path) -> None:
    """ "Is suspending" is under way or lies ahead."""
    found = {aux.lower_ for aux in auxiliaries(verb)} & _BEING if verb.tag_ == "VBG" else set()
    if found:
        path.flags |= {"progressive", "future"}
    if found & {"was", "were"}:
        path.flags.add("was doing")


def _nothing(verb: Token, path: Path) -> bool:
    """ "No decision was made on", "nobody has lifted": the subject is nothing."""
    for own in children(verb, "nsubj", "nsubjpass"):
        if own == path.head or own.is_ancestor(path.head):
            continue
        if own.lower_ in _NOTHING or any(c.lower_ == "no" for c in children(own, "det")):
            return True
    return False


def conditions(verb: Token, path: Path, setting: Setting) -> None:
    """`if`, `unless` and their like on the verb or hanging on it."""
    conditions = setting.acts.moods["condition"]
    for child in children(verb, "mark", "advmod"):
        if child.lower_ in conditions and child.i < verb.i and (child.lower_ != "once" or child.dep_ == "mark"):
            path.fall("condition", child)
    for clause in children(verb, "advcl"):
        for mark in children(clause, "mark", "advmod"):
            hangs = mark.lower_ in {"if", "unless", "once"} or (mark.lower_ == "until" and negated(verb))
            if hangs and mark.dep_ == "mark":
                path.fall("condition", mark)
        if any(
            aux.lower_ in {"should", "were", "had"} and aux.i == clause.left_edge.i and aux.tag_ == "MD"
            for aux in auxiliaries(clause)
        ):
            path.fall("condition", clause)


def _adverbs(verb: Token, path: Path, setting: Setting) -> None:
    known, factors = setting.acts.moods, setting.acts.factors
    for child in children(verb, "advmod", "npadvmod"):
        if child.lower_ == "when" and child.i and past_phrase(verb, setting):
            path.weaken("past", factors["past"], child)
        if child.lower_ in known["hedge"]:
            path.weaken("hedged", factors["hedged"], child)
        if child.lower_ in known["usual"]:
            path.weaken("past", factors["past"], child)
    phrases = list(children(verb, "advmod", "npadvmod", "prep", "dobj", "nsubjpass"))
    text = " | ".join(_phrase(child) for child in phrases if child.lower_ not in _COMPARING)
    for phrase in known["past_phrase"]:
        if phrase in text:
            path.weaken("past", factors["past"], phrase)


def past_phrase(verb: Token, setting: Setting) -> bool:
    """The sentence speaks of a past time ("a year ago, when ...")."""
    text = verb.doc.text.lower()
    return any(phrase in text for phrase in setting.acts.moods["past_phrase"])


def _phrase(child: Token) -> str:
    """The words under a child that belong to no verb of their own."""
    return " ".join(token.lower_ for token in child.subtree if not _verbal(token, child))


def _verbal(token: Token, top: Token) -> bool:
    """A verb stands between the token and the top."""
    while token != top and token.head != token:
        if token.tag_.startswith("VB"):
            return True
        token = token.head
    return False


def _years(verb: Token, path: Path, setting: Setting) -> None:
    """A year before the report's, said of this verb: history."""
    perfect = any(aux.lower_ in {"has", "have", "had"} for aux in auxiliaries(verb))
    if perfect and any(
        mark.lower_ == "since" for clause in children(verb, "advcl") for mark in children(clause, "mark")
    ):
        path.weaken("past", setting.acts.factors["past"], "since")
    for prep in children(verb, "prep", "npadvmod"):
        if prep.lower_ == "since" and not perfect:
            continue
        for token in prep.subtree:
            old = _YEAR.match(token.text) is not None and int(token.text) < setting.day.year
            if old and _dates(token) and not _verbal(token, prep):
                path.fall("history", token)


def _dates(year: Token) -> bool:
    """``In 2019``, ``in March 2019``; not ``from the 2015 deal``."""
    above = year.head if year.dep_ == "pobj" else year.head.head if year.head.dep_ == "pobj" else year
    if year.head.dep_ == "pobj" and year.head.head.lower_ == "during":
        return True
    return above.lower_ in _DATING and (year.dep_ == "pobj" or year.head.lower_ in _MONTHS)
