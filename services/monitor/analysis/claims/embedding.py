"""A verb on the way up in; what governs its clause (said, agreed, may, if, to) as gates and operators out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Op, Path, Setting
from services.monitor.analysis.claims.governors import govern, keeps_from, undoes
from services.monitor.analysis.claims.grammar import (
    belongs,
    children,
    coordinated,
    is_verb,
    noun_key,
    prep_chain,
    subject,
)
from services.monitor.analysis.claims.modality import conditions, past_phrase
from services.monitor.analysis.claims.nounclauses import acl, noun_clause, paper, relcl
from services.monitor.lexicon.words import fold

_UNREAL_PREPS = frozenset({"without", "instead", "rather", "against", "from", "despite", "for", "than"})
_CLAUSE = ("deny", "allow", "say", "commit", "realise", "refuse", "fear", "expect", "request", "float")
_INFINITIVE = (
    "deny",
    "refuse",
    "fail",
    "cease",
    "phase",
    "continue",
    "commit",
    "allow",
    "float",
    "expect",
    "request",
    "realise",
)


def embed(verb: Token, path: Path, setting: Setting) -> Token | None:
    """The next token upwards, or None at the top."""
    dep = verb.dep_
    if dep == "ROOT":
        return None
    if setting.spoken(verb.head) and is_verb(verb.head):
        path.verbs.append(verb.head)
        return verb.head
    step = _STEPS.get(dep)
    if step is None:
        path.weaken("unparsed", setting.acts.factors["surface"], verb)
        return None
    return step(verb, path, setting)


def _conj(verb: Token, path: Path, setting: Setting) -> Token | None:
    head = coordinated(verb)
    if not is_verb(head):
        path.weaken("unparsed", setting.acts.factors["surface"], verb)
        return None
    conditions(head, path, setting)
    if subject(verb) is None and not any(children(verb, "aux")):
        _shared_moods(head, path, setting)
    return embed(head, path, setting)


def _shared_moods(head: Token, path: Path, setting: Setting) -> None:
    """``May cut aid and raise tariffs``: the auxiliary of the first verb counts for the second."""
    moods = setting.acts.moods
    for aux in children(head, "aux"):
        if aux.lower_ in moods["weak"]:
            path.fall("modal", aux)
        elif aux.lower_ in moods["future"]:
            path.flags.add("future")
        elif aux.lower_ in moods["past_future"]:
            path.flags |= {"future", "would"}


def _ccomp(verb: Token, path: Path, setting: Setting) -> Token | None:
    governor = verb.head
    if not is_verb(governor):
        return noun_clause(governor, path, setting)
    if any(child.lower_ in {"whether", "if", "how", "why"} for child in children(verb, "mark", "advmod")):
        path.fall("question", governor)
        return None
    return govern(governor, path, setting, _CLAUSE)


def _xcomp(verb: Token, path: Path, setting: Setting) -> Token | None:
    governor = verb.head
    if not is_verb(governor):
        return _adjective(governor, path, setting)
    for child in children(governor, "acomp"):
        if child.lower_ not in setting.acts.moods["glad"] and child.lower_ not in setting.acts.moods["set_to"]:
            path.fall("expected", child)
    return govern(governor, path, setting, _INFINITIVE)


def _adjective(governor: Token, path: Path, setting: Setting) -> Token | None:
    word, known, factors = governor.lower_, setting.acts.moods, setting.acts.factors
    if word in known["set_to"]:
        path.weaken("set to", factors["set_to"], governor)
        path.flags.add("future")
    elif word in known["expected"]:
        path.fall("expected", governor)
    elif fold(word) in setting.acts.looks["decisions"]:
        return noun_clause(governor, path, setting)
    else:
        path.weaken("unparsed", factors["surface"], governor)
    return _up_from(governor, path)


def _up_from(token: Token, path: Path) -> Token | None:
    """From an adjective or noun to the verb it hangs on."""
    head = token.head
    if head.i == token.i or not is_verb(head):
        return None
    path.verbs.append(head)
    return head


def _advcl(verb: Token, path: Path, setting: Setting) -> Token | None:
    mark = next(children(verb, "mark", "advmod"), None)
    factors = setting.acts.factors
    if any(aux.tag_ == "TO" for aux in children(verb, "aux")):
        return _purpose(verb, path, setting)
    if mark is not None and mark.lower_ == "when" and past_phrase(verb, setting):
        path.weaken("past", factors["past"], mark)
    if (
        mark is not None
        and (mark.dep_ == "mark" or mark.lower_ == "when")
        and mark.lower_ in setting.acts.moods["time"]
    ):
        path.weaken("subordinate", factors["subordinate"], mark)
    return None


def _purpose(verb: Token, path: Path, setting: Setting) -> Token | None:
    """`to` with an infinitive: a purpose, but in a headline ("Denmark to boost") it is the news."""
    to = next(children(verb, "aux"))
    if (
        (setting.headline or setting.opens)
        and verb.head.i < to.i
        and to.i - verb.head.i <= 1
        and verb.head.left_edge.i == 0
    ):
        path.flags |= {"future", "headline-to"}
        return None
    governor = verb.head
    thing = paper(governor, verb, setting)
    if thing is not None:
        return noun_clause(thing, path, setting)
    if is_verb(governor) and belongs(governor, setting.acts.classes["commit"], setting.acts):
        return govern(governor, path, setting, _INFINITIVE)
    path.fall("purpose", verb)
    return None


def _pcomp(verb: Token, path: Path, setting: Setting) -> Token | None:
    names, governor = prep_chain(verb.head)
    if is_verb(governor) and undoes(governor, path, setting):
        return governor
    if "from" in names and is_verb(governor) and keeps_from(governor, path, setting):
        return governor
    if _UNREAL_PREPS.intersection(names):
        path.fall("unreal", names[0])
        return None
    if not is_verb(governor):
        return _noun_governor(governor, verb, path, setting)
    classes = ("fear", "expect") if "by" in names else ("fear", "expect", "request", "fail")
    if any(belongs(governor, setting.acts.classes[name], setting.acts) for name in classes):
        path.fall("attitude", governor)
        return None
    if belongs(governor, setting.acts.classes["float"], setting.acts) and {"with", "at", "into"}.intersection(names):
        path.flags.add("floated")
    path.verbs.append(governor)
    return governor


def _noun_governor(governor: Token, verb: Token, path: Path, setting: Setting) -> Token | None:
    """``Plans for cutting``, ``a ban on building``."""
    if fold(governor.lower_) in setting.acts.looks["talks"] | setting.acts.looks["plans"]:
        return noun_clause(governor, path, setting)
    act = setting.acts.nouns.get(noun_key(governor))
    if act is not None and act.polarity < 0:
        path.nouns.append(governor)
        path.ops.append(Op(governor, act.action, act.polarity, "noun"))
        return governor
    path.weaken("subordinate", setting.acts.factors["subordinate"], verb)
    return None


def _csubj(verb: Token, path: Path, _: Setting) -> Token | None:
    path.fall("not asserted", verb)
    return None


_STEPS = {
    "conj": _conj,
    "ccomp": _ccomp,
    "parataxis": _ccomp,
    "xcomp": _xcomp,
    "advcl": _advcl,
    "acl": acl,
    "relcl": relcl,
    "pcomp": _pcomp,
    "csubj": _csubj,
    "csubjpass": _csubj,
}
