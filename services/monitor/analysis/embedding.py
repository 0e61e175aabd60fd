"""A verb on the way up in; what governs its clause (said, agreed, may, if, to) as gates and operators out."""

from spacy.tokens import Token

from services.monitor.analysis.climb import Op, Path, Setting
from services.monitor.analysis.grammar import belongs, children, coordinated, is_verb, noun_key, prep_chain, subject
from services.monitor.analysis.modality import conditions
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
        for aux in children(head, "aux"):
            if aux.lower_ in setting.acts.moods["weak"]:
                path.fall("modal", aux)
            elif aux.lower_ in setting.acts.moods["future"]:
                path.flags.add("future")
            elif aux.lower_ in setting.acts.moods["past_future"]:
                path.flags |= {"future", "would"}
    path.flags.add("coordinated")
    return _pass(head, path, setting)


def _pass(head: Token, path: Path, setting: Setting) -> Token | None:
    """Go on from a verb that is not part of the claim itself."""
    return embed(head, path, setting)


def _ccomp(verb: Token, path: Path, setting: Setting) -> Token | None:
    governor = verb.head
    if not is_verb(governor):
        return _noun_clause(governor, path, setting)
    if any(child.lower_ in {"whether", "if", "how", "why"} for child in children(verb, "mark", "advmod")):
        path.fall("question", governor)
        return None
    return _govern(governor, path, setting, _CLAUSE)


def _xcomp(verb: Token, path: Path, setting: Setting) -> Token | None:
    governor = verb.head
    if not is_verb(governor):
        return _adjective(governor, path, setting)
    if verb.tag_ == "VBG" and governor.lower_ in setting.acts.bases(governor.lower_):
        pass
    for child in children(governor, "acomp"):
        if child.lower_ in setting.acts.moods["expected"]:
            path.fall("expected", child)
    return _govern(governor, path, setting, _INFINITIVE)


def _govern(governor: Token, path: Path, setting: Setting, order: tuple[str, ...]) -> Token | None:
    from services.monitor.analysis.governors import govern

    return govern(governor, path, setting, order)


def _adjective(governor: Token, path: Path, setting: Setting) -> Token | None:
    word, known, factors = governor.lower_, setting.acts.moods, setting.acts.factors
    if word in known["set_to"]:
        path.weaken("set to", factors["set_to"], governor)
        path.flags.add("future")
    elif word in known["expected"]:
        path.fall("expected", governor)
    elif fold(word) in setting.acts.looks["decisions"]:
        return _noun_clause(governor, path, setting)
    else:
        path.weaken("unparsed", factors["surface"], governor)
    return _up_from(governor, path, setting)


def _up_from(token: Token, path: Path, setting: Setting) -> Token | None:
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
    if mark is not None and mark.dep_ == "mark" and mark.lower_ in setting.acts.moods["time"]:
        path.weaken("subordinate", factors["subordinate"], mark)
    return None


def _purpose(verb: Token, path: Path, setting: Setting) -> Token | None:
    """`to` with an infinitive: a purpose, but in a headline ("Denmark to boost") it is the news."""
    to = next(children(verb, "aux"))
    if (setting.headline or setting.opens) and verb.head.i < to.i and to.i - verb.head.i <= 1 and verb.head.left_edge.i == 0:
        path.flags |= {"future", "headline-to"}
        return None
    governor = verb.head
    paper = _paper(governor, verb, setting)
    if paper is not None:
        return _noun_clause(paper, path, setting)
    if is_verb(governor) and belongs(governor, setting.acts.classes["commit"], setting.acts):
        return _govern(governor, path, setting, _INFINITIVE)
    path.fall("purpose", verb)
    return None


def _paper(governor: Token, verb: Token, setting: Setting) -> Token | None:
    """ "Passed a law to bolster": the infinitive belongs to the object before it."""
    looks = setting.acts.looks
    for thing in children(governor, "dobj"):
        key = fold(thing.lower_)
        if thing.i < verb.i and any(key in looks[name] for name in ("laws", "decisions", "plans", "refusals")):
            return thing
    return None


def _acl(verb: Token, path: Path, setting: Setting) -> Token | None:
    noun = verb.head
    if verb.tag_ == "VBN" and not any(aux.tag_ == "TO" for aux in children(verb, "aux")):
        path.weaken("relative", setting.acts.factors["relative"], verb)
        return None
    if any(aux.tag_ == "TO" for aux in children(verb, "aux")):
        return _noun_clause(noun, path, setting)
    if fold(noun.lower_) in setting.acts.looks["laws"] | setting.acts.looks["plans"]:
        return _noun_clause(noun, path, setting)
    path.weaken("subordinate", setting.acts.factors["subordinate"], verb)
    return None


def _noun_clause(noun: Token, path: Path, setting: Setting) -> Token | None:
    """The clause hangs on a noun: a decision, a plan, a call, a refusal."""
    looks, key = setting.acts.looks, fold(noun.lower_)
    path.nouns.append(noun)
    if any(child.dep_ in {"det", "neg"} and child.lower_ == "no" for child in noun.children):
        path.flags.add("future")
        path.ops.append(Op(noun, "", 0, "negation"))
    path.flags.discard("would")
    if key in looks["refusals"]:
        path.ops.append(Op(noun, "", 0, "negation"))
    elif key in looks["opposition"]:
        path.ops.append(Op(noun, "rule-out", -1, "opposition"))
    elif key in looks["plans"]:
        path.flags |= {"plan", "floated"} if key in looks["floats"] else {"plan"}
    elif key in looks["decisions"] or key in looks["laws"]:
        path.flags |= {"decision", "law"} if key in looks["laws"] else {"decision"}
    elif key in looks["members"] and noun.dep_ == "attr":
        path.verbs.append(noun.head)
        return noun.head
    elif setting.headline and noun.dep_ in {"ROOT", "nsubj"} and noun.left_edge.i == 0:
        path.flags |= {"future", "headline-to"}
        return None
    else:
        path.fall("talk", noun)
        return None
    from services.monitor.analysis.governors import above_noun

    return above_noun(noun, path, setting)


def _relcl(verb: Token, path: Path, setting: Setting) -> Token | None:
    if fold(verb.head.lower_) in setting.acts.looks["laws"]:
        return _noun_clause(verb.head, path, setting)
    path.weaken("relative", setting.acts.factors["relative"], verb)
    return None


def _pcomp(verb: Token, path: Path, setting: Setting) -> Token | None:
    from services.monitor.analysis.governors import keeps_from, undoes

    names, governor = prep_chain(verb.head)
    if is_verb(governor) and undoes(governor, path, setting):
        return governor
    if "from" in names and is_verb(governor) and keeps_from(governor, path, setting):
        return governor
    if _UNREAL_PREPS.intersection(names):
        return _unreal(names, governor, path, setting)
    if is_verb(governor):
        if any(belongs(governor, setting.acts.classes[name], setting.acts) for name in ("fear", "expect")):
            path.fall("attitude", governor)
            return None
        path.verbs.append(governor)
        return governor
    if fold(governor.lower_) in setting.acts.looks["talks"] | setting.acts.looks["plans"]:
        return _noun_clause(governor, path, setting)
    act = setting.acts.nouns.get(noun_key(governor))
    if act is not None and act.polarity < 0:
        path.nouns.append(governor)
        path.ops.append(Op(governor, act.action, act.polarity, "noun"))
        return governor
    path.weaken("subordinate", setting.acts.factors["subordinate"], verb)
    return None


def _unreal(names: list[str], governor: Token, path: Path, setting: Setting) -> Token | None:
    """`without cutting`, `stop short of`, `against raising`: not done, or done by somebody else."""
    path.fall("unreal", names[0])
    return None


def _csubj(verb: Token, path: Path, setting: Setting) -> Token | None:
    path.fall("not asserted", verb)
    return None


_STEPS = {
    "conj": _conj,
    "ccomp": _ccomp,
    "parataxis": _ccomp,
    "xcomp": _xcomp,
    "advcl": _advcl,
    "acl": _acl,
    "relcl": _relcl,
    "pcomp": _pcomp,
    "csubj": _csubj,
    "csubjpass": _csubj,
}
