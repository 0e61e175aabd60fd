"""One climb: from an instrument's head to the root of its sentence; a Path of operators and gates out."""

from collections.abc import Mapping

from spacy.tokens import Token

from services.monitor.analysis.climb import Op, Path, Setting
from services.monitor.analysis.embedding import embed
from services.monitor.analysis.grammar import (
    acts_of,
    belongs,
    children,
    first_conjunct,
    is_passive,
    is_verb,
    noun_key,
    prep_chain,
)
from services.monitor.analysis.modality import moods
from services.monitor.analysis.predicates import predicate
from services.monitor.lexicon.acts import Act

_MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod", "poss", "npadvmod", "quantmod"})
_ARGUMENTS = frozenset({"dobj", "nsubjpass", "nsubj", "attr", "oprd", "dative", "xcomp", "ccomp"})
_NOMINAL_PREPS = frozenset(
    {"of", "in", "on", "to", "for", "over", "against", "from", "with", "into", "around", "about", "towards", "toward", "at", "inside"}
)
_STEPS = 24


def climb(head: Token, setting: Setting, *, acts: bool = False) -> Path:
    """`acts`: the head is itself an operator ("rate cut")."""
    path = Path(head)
    _start(head, path, setting, acts=acts)
    token: Token | None = head
    for _ in range(_STEPS):
        if token is None or path.fallen:
            break
        path.top = token
        token = (
            _from_verb(token, path, setting)
            if token in path.verbs or _starts_as_verb(token, path)
            else _from_noun(token, path, setting)
        )
    return path


def _start(head: Token, path: Path, setting: Setting, *, acts: bool) -> None:
    """The instrument's own word may be an operator, a hurdle ("visa fee") or a paper ("data bill")."""
    looks, key = setting.acts.looks, noun_key(head)
    if acts:
        _push_noun(head, path, setting)
    elif setting.slug in looks["hurdled"] and key in looks["hurdles"] | looks["ceilings"]:
        path.ops.append(Op(head, "", 0, "hurdle" if key in looks["hurdles"] else "ceiling"))
    if key in looks["laws"]:
        path.flags.add("law")
    _gerunds(head, path, setting)
    if any(child.lower_ in looks["less"] for child in children(head, "amod")):
        path.flags.add("less")


def _gerunds(head: Token, path: Path, setting: Setting) -> None:
    """ "Denied pausing aid", "a law scrapping income tax": a gerund that the parser took for an adjective."""
    for child in head.lefts:
        if child.tag_ != "VBG" or child.dep_ not in {"amod", "compound"} or path.ops:
            continue
        for act in acts_of(child, setting.acts.verbs, setting.acts):
            if not act.rest and not act.preps and not act.intransitive and act.action != "invert":
                path.ops.append(Op(child, act.action, act.polarity, "noun"))
                break


def _starts_as_verb(token: Token, path: Path) -> bool:
    return token == path.head and is_verb(token) and not path.ops


def _from_noun(token: Token, path: Path, setting: Setting) -> Token | None:
    _determiner(token, path)
    token = first_conjunct(token)
    parent, dep = token.head, token.dep_
    if dep == "ROOT":
        return _verbless(token, path, setting)
    if dep in _MODIFIERS:
        return _noun_role(parent, path, setting, token)
    if dep == "appos":
        return parent
    if dep in {"pobj", "pcomp"}:
        names, governor = prep_chain(parent)
        if is_verb(governor):
            return _beside_object(governor, path, setting, names) or _verb_role(governor, path, setting, token, names)
        return _noun_role(governor, path, setting, token, names)
    if dep in _ARGUMENTS and is_verb(parent):
        return _verb_role(parent, path, setting, token, [])
    path.fall("unparsed", token)
    return None


def _beside_object(verb: Token, path: Path, setting: Setting, names: list[str]) -> Token | None:
    """ "slap a fee on visas", "give approval to a levy": the object names what is done to the thing beside it."""
    for thing in children(verb, "dobj", "nsubjpass"):
        key = noun_key(thing)
        looks = setting.acts.looks
        named = key in setting.acts.nouns or any(
            key in looks[name] for name in ("hurdles", "ceilings", "laws", "decisions", "plans")
        )
        if named and {"on", "to", "in", "for", "of", "from"}.intersection(names) and thing.i < path.head.i:
            path.nouns.append(thing)
            if _push_noun(thing, path, setting) or _carries(thing, path, setting):
                return thing
    return None


def _determiner(token: Token, path: Path) -> None:
    if any(child.dep_ in {"det", "neg"} and child.lower_ == "no" for child in token.children):
        path.ops.append(Op(token, "", 0, "none"))


def _noun_role(noun: Token, path: Path, setting: Setting, below: Token, names: list[str] | None = None) -> Token | None:
    """What the next noun upwards is to the thing below it."""
    if names and not _NOMINAL_PREPS.intersection(names[:1]):
        path.fall("preposition", names[0])
        return None
    path.nouns.append(noun)
    if names and noun.i in setting.heads and noun_key(noun) not in setting.acts.nouns:
        path.fall("another instrument", noun)
        return None
    if _push_noun(noun, path, setting) or _carries(noun, path, setting):
        return noun
    if noun.tag_.startswith(("VB", "JJ")) and belongs(noun, setting.acts.verbs, setting.acts):
        return _verb_role(noun, path, setting, below, names or [])
    path.fall("other noun", noun)
    return None


def _push_noun(noun: Token, path: Path, setting: Setting) -> bool:
    act = setting.acts.nouns.get(noun_key(noun))
    if act is None:
        return False
    if act.action in {"provide", "start"} and setting.kind in {"coercion"} and not path.ops:
        return True
    path.ops.append(Op(noun, act.action, act.polarity, "noun"))
    return True


def _carries(noun: Token, path: Path, setting: Setting) -> bool:
    """Hurdles, plans, decisions, papers, containers; talk about it closes the claim."""
    looks, key = setting.acts.looks, noun_key(noun)
    if noun.tag_ in {"CD", "$"} or noun.i in setting.heads or noun.text[:1].isdigit():
        return True
    if not path.ops and setting.slug in looks["hurdled"] and key in looks["hurdles"] | looks["ceilings"]:
        path.ops.append(Op(noun, "", 0, "hurdle" if key in looks["hurdles"] else "ceiling"))
        return True
    if key in looks["laws"]:
        path.flags.add("law")
    if key in looks["plans"]:
        path.flags |= {"plan", "floated"} if key in looks["floats"] else {"plan"}
        return True
    if key in looks["refusals"] or key in looks["opposition"]:
        path.ops.append(Op(noun, "rule-out", -1, "refusal" if key in looks["refusals"] else "opposition"))
        return True
    if (
        key in looks["containers"]
        or key in looks["decisions"]
        or key in looks["laws"]
        or key in looks["hurdles"] | looks["ceilings"]
    ):
        return True
    if key in looks["talks"]:
        if setting.kind == "talks" and key in {"talk", "negotiation", "dialogue"}:
            return True
        path.fall("talk", noun)
    return False


def _verb_role(verb: Token, path: Path, setting: Setting, below: Token, names: list[str]) -> Token | None:
    """What the verb does to the thing below it."""
    if below.dep_ in {"nsubjpass", "nsubj"} and (deeper := _infinitive(verb, setting)) is not None:
        verb = deeper
    path.verbs.append(verb)
    if setting.carried is not None and setting.carried[0] == verb.i:
        path.ops.append(Op(verb, setting.carried[1], setting.carried[2], "verb"))
        return verb
    if _strikes(verb, path, setting, below):
        return None
    op = _operator(verb, path, setting, below, names) or predicate(verb, below, setting)
    if op is not None:
        path.ops.append(op)
        if op.action == "none":
            path.fall("no action", verb)
        return verb
    if any(found.kind in {"noun", "refusal"} for found in path.ops) or "plan" in path.flags:
        for name in ("expect", "request", "fear", "fail"):
            if below.dep_ in {"dobj", "pobj"} and belongs(verb, setting.acts.classes[name], setting.acts):
                path.fall(name, verb)
                return None
        if (
            not names
            and below.dep_ in {"dobj", "nsubjpass"}
            and belongs(verb, setting.acts.classes["float"], setting.acts)
        ):
            path.flags.add("floated")
            path.ops.append(Op(verb, "", 1, "realise"))
            return verb
        path.flags.add("presupposed")
        if belongs(verb, setting.acts.classes["judge"], setting.acts):
            path.flags.add("judged")
        return None
    if not names and below.dep_ in {"dobj", "nsubjpass"} and belongs(verb, setting.acts.classes["float"], setting.acts):
        path.flags.add("floated")
        path.ops.append(Op(verb, "", 1, "realise"))
        return verb
    if not names and below.dep_ in {"dobj", "nsubjpass"} and verb.dep_ in {"xcomp", "pcomp", "ccomp"}:
        path.ops.append(Op(verb, "provide", 1, "neutral"))
        return verb
    path.fall("no action", verb)
    return None


def _infinitive(verb: Token, setting: Setting) -> Token | None:
    """ "Tariffs are set to rise": what is said of the subject is in the infinitive."""
    moods = setting.acts.moods
    begins = verb.lower_ in {"begin", "began", "begun", "start", "started", "starting", "beginning", "continue", "continued"}
    if not begins and verb.lower_ not in {*moods["expected"], *moods["set_to"]} and belongs(verb, setting.acts.verbs, setting.acts):
        return None
    phase = belongs(verb, setting.acts.classes["phase"], setting.acts)
    for child in children(verb, "xcomp"):
        if is_verb(child) and (phase or any(aux.tag_ == "TO" for aux in children(child, "aux"))):
            return child
    return next((deep for child in children(verb, "acomp") for deep in children(child, "xcomp") if is_verb(deep)), None)


def _strikes(verb: Token, path: Path, setting: Setting, below: Token) -> bool:
    """ "The cuts target Medicaid": the subject names what is done to the object."""
    if below.dep_ not in {"dobj", "pobj"} or not belongs(verb, setting.acts.classes["strike"], setting.acts):
        return False
    for thing in children(verb, "nsubj"):
        if noun_key(thing) in setting.acts.nouns:
            path.nouns.append(thing)
            pushed = _push_noun(thing, path, setting)
            path.ops.append(Op(verb, "", 1, "realise", ("light",)))
            return pushed
    return False


def _operator(verb: Token, path: Path, setting: Setting, below: Token, names: list[str]) -> Op | None:
    acts = setting.acts
    active_subject = below.dep_ in {"nsubj", "nsubjpass"} and not names and not is_passive(verb)
    if "law" in path.flags and any(
        _fits(act, names, active=False) or active_subject for act in acts_of(verb, acts.classes["law"], acts)
    ):
        return Op(verb, "", 0, "law")
    if (
        "law" in path.flags
        and active_subject
        and any(noun_key(t) in acts.looks["decided"] for t in children(verb, "dobj", "attr"))
    ):
        return Op(verb, "", 0, "law")
    if below.dep_ == "nsubjpass" and any(noun_key(t) in acts.looks["decided"] for t in children(verb, "dobj", "oprd")):
        return Op(verb, "agree", 1, "verb")
    nominal = any(op.kind in {"noun", "refusal", "opposition"} for op in path.ops) or "plan" in path.flags
    tables = (
        [("deny", acts.classes["deny"]), ("realise", acts.classes["realise"]), ("light", acts.classes["light"])]
        if nominal
        else []
    )
    tables += [("verb", acts.verbs)]
    tables += [] if nominal else [("realise", acts.classes["realise"])]
    for kind, table in tables:
        for act in _ranked(verb, table, setting):
            if setting.hit_kind == "items" and kind == "verb" and act.action in {"start", "agree", "impose"}:
                continue
            if _fits(act, names, active=active_subject, market=setting.hit_kind == "inverse") and not (
                kind == "verb" and act.rest == () and _stray(verb, act)
            ):
                return _op(verb, act, kind, setting)
    return None


def _ranked(verb: Token, table: Mapping[str, tuple[Act, ...]], setting: Setting) -> list[Act]:
    """Entries that stand here, longest particles first; for deals and talks agreeing comes before giving."""
    found = list(acts_of(verb, table, setting.acts))
    if setting.kind in {"agreement", "talks", "diplomatic"}:
        found.sort(key=lambda act: (-len(act.rest), act.action == "provide"))
    return found


def _stray(verb: Token, act: Act) -> bool:
    """A particle that the entry does not know changes the verb: "put off" is not "put"."""
    return any(c.dep_ == "prt" for c in verb.children) and not act.preps


def _fits(act: Act, names: list[str], *, active: bool, market: bool = False) -> bool:
    if active:
        return act.intransitive and not (market and act.action in {"decrease", "increase"})
    if act.intransitive:
        return False
    return bool(act.preps.intersection(names)) if names else not act.preps or bool(act.rest)


def _op(verb: Token, act: Act, kind: str, setting: Setting) -> Op:
    if kind == "deny":
        return Op(verb, "deny", 0, "deny")
    if kind != "verb":
        return Op(verb, "", 1, "realise", ("light",) if kind == "light" else ())
    for rule in setting.acts.overrides.get(act.base, ()):
        if {setting.kind, setting.slug, setting.hit_kind} & rule.when:
            return Op(verb, rule.action, rule.polarity, "verb", act.rest)
    return Op(verb, act.action, act.polarity, "invert" if act.action == "invert" else "verb", act.rest)


def _from_verb(verb: Token, path: Path, setting: Setting) -> Token | None:
    if verb not in path.verbs:
        path.verbs.append(verb)
    moods(verb, path, setting)
    return None if path.fallen else embed(verb, path, setting)


def _verbless(token: Token, path: Path, setting: Setting) -> Token | None:
    """A line without a verb: "US aid suspension"."""
    if path.ops and setting.headline:
        path.flags.add("presupposed")
    else:
        path.fall("no verb", token)
    return None
