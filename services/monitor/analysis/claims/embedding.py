"""A verb on the way up in; what governs its clause (said, agreed, may, if, to) as gates and operators out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.adverbials import advcl, pcomp
from services.monitor.analysis.claims.around import shared_moods
from services.monitor.analysis.claims.climb import Path, Setting
from services.monitor.analysis.claims.governors import INFINITIVE, govern
from services.monitor.analysis.claims.grammar import children, coordinated, is_verb, subject
from services.monitor.analysis.claims.modality import conditions
from services.monitor.analysis.claims.nounclauses import acl, noun_clause, pioneer, relcl
from services.monitor.lexicon.words import fold

_CLAUSE = ("deny", "allow", "say", "commit", "realise", "refuse", "fear", "expect", "request", "float")

_FREE = frozenset({"able", "free", "entitled", "unable"})
"""Of those who must live with a rule these tell the rule."""


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
    finite = head.tag_ in {"VBD", "VBZ", "VBP"} and not any(children(head, "aux"))
    if verb.tag_ == "VBG" and finite:
        return govern(head, path, setting, INFINITIVE)  # "proposed suspending the pact and imposing sanctions"
    conditions(head, path, setting)
    if subject(verb) is None and not any(children(verb, "aux")):
        shared_moods(head, path, setting)
        if any(child.lower_ in setting.acts.moods["guess"] for child in children(head, "advmod")):
            path.fall("expected", head)
        if verb.tag_ in {"VBN", "VBD"} and any(aux.lower_ == "had" for aux in children(head, "aux")):
            path.flags.add("pluperfect")
    return embed(head, path, setting)


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
    if pioneer(governor, verb, setting):
        path.verbs.append(governor)
        return governor
    for child in children(governor, "acomp"):
        if setting.ruled and child.lower_ in _FREE:
            continue
        if child.lower_ not in setting.acts.moods["glad"] and child.lower_ not in setting.acts.moods["set_to"]:
            path.fall("expected", child)
    return govern(governor, path, setting, INFINITIVE)


def _adjective(governor: Token, path: Path, setting: Setting) -> Token | None:
    word, known, factors = governor.lower_, setting.acts.moods, setting.acts.factors
    if word in known["set_to"]:
        path.weaken("set to", factors["set_to"], governor)
        path.flags.add("future")
    elif word in known["expected"] and not (setting.ruled and word in _FREE):
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


def _csubj(verb: Token, path: Path, _: Setting) -> Token | None:
    path.fall("not asserted", verb)
    return None


_STEPS = {
    "conj": _conj,
    "ccomp": _ccomp,
    "parataxis": _ccomp,
    "xcomp": _xcomp,
    "advcl": advcl,
    "acl": acl,
    "relcl": relcl,
    "pcomp": pcomp,
    "csubj": _csubj,
    "csubjpass": _csubj,
}
