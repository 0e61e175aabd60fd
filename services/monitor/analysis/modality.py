"""A verb on the way up in; its moods, negation, tense and time as gates and operators on the path out."""

import re

from spacy.tokens import Token

from services.monitor.analysis.climb import Op, Path, Setting
from services.monitor.analysis.grammar import auxiliaries, children, negated, no_longer

_YEAR = re.compile(r"^(?:19|20)\d\d$")


def moods(verb: Token, path: Path, setting: Setting) -> None:
    """Read one verb's auxiliaries, negation, conditions and times."""
    _auxiliaries(verb, path, setting)
    conditions(verb, path, setting)
    _adverbs(verb, path, setting)
    _years(verb, path, setting)
    if no_longer(verb):
        path.ops.append(Op(verb, "end", -1, "cease"))
    elif negated(verb):
        path.ops.append(Op(verb, "", 0, "negation"))


def _auxiliaries(verb: Token, path: Path, setting: Setting) -> None:
    known = setting.acts.moods
    for aux in auxiliaries(verb):
        word = aux.lower_
        if word in known["weak"]:
            path.fall("modal", aux)
        elif word in known["future"] or (word == "to" and aux.tag_ == "MD"):
            path.flags.add("future")
        elif word in known["past_future"] and aux.tag_ == "MD":
            path.flags |= {"future", "would"}
        elif word in {"had", "'d"} and verb.tag_ == "VBN":
            path.flags.add("pluperfect")
    if verb.tag_ == "VBG" and any(
        aux.lower_ in {"is", "are", "was", "were", "'re", "'s", "be", "been", "’re", "’s", "am", "'m", "’m"}
        for aux in auxiliaries(verb)
    ):
        path.flags |= {"progressive", "future"}
    if verb.tag_ in {"VBZ", "VBP"} and not auxiliaries(verb):
        path.flags.add(f"present:{verb.i}")


def conditions(verb: Token, path: Path, setting: Setting) -> None:
    """`if`, `unless` and their like on the verb or hanging on it."""
    conditions = setting.acts.moods["condition"]
    for child in children(verb, "mark", "advmod"):
        if child.lower_ in conditions and child.i < verb.i and (child.lower_ != "once" or child.dep_ == "mark"):
            path.fall("condition", child)
    for clause in children(verb, "advcl"):
        for mark in children(clause, "mark", "advmod"):
            if mark.lower_ in {"if", "unless", "once", "until"} and mark.dep_ == "mark":
                path.fall("condition", mark)
        if any(
            aux.lower_ in {"should", "were", "had"} and aux.i == clause.left_edge.i and aux.tag_ == "MD"
            for aux in auxiliaries(clause)
        ):
            path.fall("condition", clause)


def _adverbs(verb: Token, path: Path, setting: Setting) -> None:
    known, factors = setting.acts.moods, setting.acts.factors
    for child in children(verb, "advmod", "npadvmod"):
        if child.lower_ in known["hedge"]:
            path.weaken("hedged", factors["hedged"], child)
        if child.lower_ in {"previously", "historically", "formerly", "originally", "initially", "traditionally"}:
            path.weaken("past", factors["past"], child)
    start, end = verb.left_edge.i, verb.right_edge.i
    text = verb.doc[start : end + 1].text.lower() if end - start < 60 else ""
    for phrase in known["past_phrase"]:
        if phrase in text:
            path.weaken("past", factors["past"], phrase)


def _years(verb: Token, path: Path, setting: Setting) -> None:
    """A year before the report's, said of this verb: history."""
    for prep in children(verb, "prep", "npadvmod"):
        for token in prep.subtree:
            if prep.lower_ == "since" and not any(aux.lower_ in {"has", "have", "had"} for aux in auxiliaries(verb)):
                continue
            if _YEAR.match(token.text) and int(token.text) < setting.year and token.head in {prep, *prep.children}:
                path.fall("history", token)
