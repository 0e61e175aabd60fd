"""One climb: from an instrument's head to the root of its sentence; a Path of operators and gates out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Op, Path, Setting
from services.monitor.analysis.claims.embedding import embed
from services.monitor.analysis.claims.grammar import belongs, children, first_conjunct, is_verb, noun_key, prep_chain
from services.monitor.analysis.claims.modality import moods
from services.monitor.analysis.claims.nouns import carries, determiner, gerund, push_noun, start
from services.monitor.analysis.claims.operators import infinitive, operator, strikes, told
from services.monitor.analysis.claims.predicates import predicate
from services.monitor.lexicon.sayings import Said

_MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod", "poss", "npadvmod", "quantmod"})
_ARGUMENTS = frozenset({"dobj", "nsubjpass", "nsubj", "attr", "oprd", "dative", "xcomp", "ccomp"})
_PREPS = frozenset({"of", "in", "on", "to", "for", "over", "against", "from", "with", "into", "around", "about",
                    "towards", "toward", "at", "inside"})  # fmt: skip
_BESIDE = frozenset({"on", "to", "in", "for", "of", "from"})
_NAMED = ("hurdles", "ceilings", "laws", "decisions", "plans", "opposition", "refusals")
_STEPS = 24


def climb(head: Token, setting: Setting, *, acts: bool = False) -> Path:
    """`acts`: the head is itself an operator ("rate cut")."""
    path = Path(head)
    if setting.said is not None:
        _say(head, path, setting.said)
    else:
        start(head, path, setting, acts=acts)
    token: Token | None = head
    for _ in range(_STEPS):
        if token is None or path.fallen:
            break
        verbal = token in path.verbs or (token == head and is_verb(token) and not path.ops)
        token = _from_verb(token, path, setting) if verbal else _from_noun(token, path, setting)
    return path


def _say(head: Token, path: Path, said: Said) -> None:
    """A saying brings its act with it."""
    verbal = is_verb(head) or head.dep_ == "ROOT"
    path.ops.append(Op(head, said.saying.action, said.saying.polarity, "verb" if verbal else "noun"))
    if verbal:
        path.verbs.append(head)


def _from_verb(verb: Token, path: Path, setting: Setting) -> Token | None:
    if verb not in path.verbs:
        path.verbs.append(verb)
    moods(verb, path, setting)
    return None if path.fallen else embed(verb, path, setting)


def _from_noun(token: Token, path: Path, setting: Setting) -> Token | None:
    if not setting.spoken(token):
        determiner(token, path)
    gerund(token, path, setting)
    token = first_conjunct(token)
    parent, dep = token.head, token.dep_
    if dep == "ROOT":
        return _verbless(token, path, setting)
    if dep == "appos":
        return parent
    if dep in _MODIFIERS:
        return _noun_role(parent, path, setting, token, [])
    if dep in {"pobj", "pcomp"}:
        return _under_prep(parent, path, setting, token)
    if dep in _ARGUMENTS and is_verb(parent):
        return _verb_role(parent, path, setting, token, [])
    path.fall("unparsed", token)
    return None


def _under_prep(prep: Token, path: Path, setting: Setting, token: Token) -> Token | None:
    names, governor = prep_chain(prep)
    if not is_verb(governor):
        return _noun_role(governor, path, setting, token, names)
    if names[0] in {"over", "amid", "despite", "about", "against"} and any(op.kind == "noun" for op in path.ops):
        path.weaken("background", setting.acts.factors["background"], names[0])
    return _beside_object(governor, path, setting, names) or _verb_role(governor, path, setting, token, names)


def _beside_object(verb: Token, path: Path, setting: Setting, names: list[str]) -> Token | None:
    """``Slap a fee on visas``, ``give approval to a levy``: the object names what is done to the thing beside it."""
    looks = setting.acts.looks
    for thing in children(verb, "dobj", "nsubjpass"):
        key = noun_key(thing)
        named = key in setting.acts.nouns or any(key in looks[name] for name in _NAMED)
        if named and not _BESIDE.isdisjoint(names) and thing.i < path.head.i:
            path.nouns.append(thing)
            if push_noun(thing, path, setting) or carries(thing, path, setting):
                return thing
    return None


def _noun_role(noun: Token, path: Path, setting: Setting, below: Token, names: list[str]) -> Token | None:
    """What the next noun upwards is to the thing below it."""
    if names and names[0] not in _PREPS:
        path.fall("preposition", names[0])
        return None
    path.nouns.append(noun)
    if names and noun.i in setting.heads and noun_key(noun) not in setting.acts.nouns:
        path.fall("another instrument", noun)
        return None
    if push_noun(noun, path, setting) or carries(noun, path, setting):
        return noun
    if noun.tag_.startswith(("VB", "JJ")) and belongs(noun, setting.acts.verbs, setting.acts):
        return _verb_role(noun, path, setting, below, names)
    path.fall("other noun", noun)
    return None


def _verb_role(verb: Token, path: Path, setting: Setting, below: Token, names: list[str]) -> Token | None:
    """What the verb does to the thing below it."""
    if below.dep_ in {"nsubjpass", "nsubj"}:
        verb = infinitive(verb, setting) or verb
    path.verbs.append(verb)
    if below == path.head and not names and told(verb, below, setting):
        path.fall("told what to do", verb)
        return None
    if strikes(verb, path, setting, below):
        return None
    op = _carried(verb, setting) or operator(verb, path, setting, below, names) or predicate(verb, below, setting)
    if op is None:
        return _without_operator(verb, path, setting, below, direct=not names and below.dep_ in {"dobj", "nsubjpass"})
    path.ops.append(op)
    if op.action == "none":
        path.fall("no action", verb)
    return verb


def _carried(verb: Token, setting: Setting) -> Op | None:
    """The verb that brings its instrument with it."""
    if setting.carried is None or setting.carried[0] != verb.i:
        return None
    return Op(verb, setting.carried[1], setting.carried[2], "verb")


def _without_operator(verb: Token, path: Path, setting: Setting, below: Token, *, direct: bool) -> Token | None:
    """Weighed, presupposed, merely used under a verb that stops or allows it, or nothing."""
    classes, acts = setting.acts.classes, setting.acts
    nominal = any(op.kind in {"noun", "refusal"} for op in path.ops) or "plan" in path.flags
    if nominal and below.dep_ in {"dobj", "pobj"}:
        name = next((n for n in ("expect", "request", "fear", "fail") if belongs(verb, classes[n], acts)), None)
        if name is not None:
            path.fall(name, verb)
            return None
    if direct and belongs(verb, classes["float"], acts):
        path.flags.add("floated")
        path.ops.append(Op(verb, "", 1, "realise"))
        return verb
    if nominal:
        path.flags |= {"presupposed", "judged"} if belongs(verb, classes["judge"], acts) else {"presupposed"}
        return None
    if direct and verb.dep_ in {"xcomp", "pcomp", "ccomp"}:
        path.ops.append(Op(verb, "provide", 1, "neutral"))
        return verb
    path.fall("no action", verb)
    return None


def _verbless(token: Token, path: Path, setting: Setting) -> Token | None:
    """A line without a verb: "US aid suspension"."""
    if path.ops and setting.headline:
        path.flags.add("presupposed")
    else:
        path.fall("no verb", token)
    return None
