"""A verb and the argument below it in; the operator that the verb is to it, or None, out."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Op, Path, Setting
from services.monitor.analysis.claims.grammar import acts_of, belongs, children, is_passive, is_verb, noun_key
from services.monitor.analysis.claims.nouns import push_noun
from services.monitor.analysis.claims.novelty import WHEN
from services.monitor.lexicon.acts import Act

_NOMINAL = frozenset({"noun", "refusal", "opposition"})
_GIVEN = frozenset({"aid", "talks", "force", "agreement", "diplomatic"})
_REAL = frozenset({"realise", "light"})
_BEGINS = frozenset({"begin", "start", "continue"})


def operator(verb: Token, path: Path, setting: Setting, below: Token, names: list[str]) -> Op | None:
    """`names`: the prepositions between the verb and the thing below it."""
    active = below.dep_ in {"nsubj", "nsubjpass"} and not names and not is_passive(verb)
    if "law" in path.flags and _passes(verb, setting, names, active=active):
        return Op(verb, "", 0, "law")
    if below.dep_ == "nsubjpass" and _decided(verb, setting, "dobj", "oprd"):
        return Op(verb, "agree", 1, "verb")
    for kind, table in _tables(path, setting):
        for act in _ranked(verb, table, setting):
            if _barred(verb, act, kind, path, setting):
                continue
            if _fits(
                act,
                names,
                active=active,
                market=_market(path, setting),
            ):
                return _op(verb, act, kind, setting)
    return None


def _market(path: Path, setting: Setting) -> bool:
    """What rises or falls by itself: imports, arrivals. A fee or a threshold is set."""
    by_itself = setting.hit_kind == "inverse" or setting.slug in setting.acts.looks["statistics"]
    return by_itself and not any(op.kind in {"hurdle", "ceiling"} for op in path.ops)


def _passes(verb: Token, setting: Setting, names: list[str], *, active: bool) -> bool:
    """A paper is passed, signed, or itself clears a hurdle or gets assent."""
    if any(
        _fits(act, names, active=False) or active for act in acts_of(verb, setting.acts.classes["law"], setting.acts)
    ):
        return True
    return active and _decided(verb, setting, "dobj", "attr")


def _decided(verb: Token, setting: Setting, *deps: str) -> bool:
    return any(noun_key(thing) in setting.acts.looks["decided"] for thing in children(verb, *deps))


def _tables(path: Path, setting: Setting) -> Iterator[tuple[str, Mapping[str, tuple[Act, ...]]]]:
    """A named change is first of all realised or denied; a plain instrument is first of all acted on."""
    classes = setting.acts.classes
    nominal = any(op.kind in _NOMINAL for op in path.ops) or "plan" in path.flags
    if nominal:
        yield from ((name, classes[name]) for name in ("deny", "realise", "light"))
    yield "verb", setting.acts.verbs
    if not nominal:
        yield "realise", classes["realise"]


def _ranked(verb: Token, table: Mapping[str, tuple[Act, ...]], setting: Setting) -> list[Act]:
    """Entries that stand here, longest particles first; for deals and talks agreeing comes before giving."""
    found = list(acts_of(verb, table, setting.acts))
    if setting.kind in {"agreement", "talks", "diplomatic"}:
        found.sort(key=lambda act: (-len(act.rest), act.action == "provide"))
    return found


def _transitive(verb: Token, act: Act) -> bool:
    """ "The move ended years of support", "posts will go to Leeds": more than the subject's own end."""
    things = (c for c in children(verb, "dobj") if c.tag_.startswith("NN") and c.text != "%")
    if any(not any(children(thing, "nummod", "quantmod")) and thing.lower_ not in WHEN for thing in things):
        return True
    return act.base == "go" and any(child.lower_ == "to" for child in children(verb, "prep"))


def _overridden(act: Act, setting: Setting) -> bool:
    near = {setting.kind, setting.slug, setting.hit_kind}
    return any(near & rule.when for rule in setting.acts.overrides.get(act.base, ()))


def _barred(verb: Token, act: Act, kind: str, path: Path, setting: Setting) -> bool:
    """Goods are not started or agreed; a particle that the entry does not know makes it another verb."""
    particled = not act.rest and not act.preps and any(child.dep_ == "prt" for child in verb.children)
    if kind != "verb" or particled:
        return particled  # "put off" is not "put"
    if act.intransitive and not act.rest and act.action in {"end", "suspend"} and _transitive(verb, act):
        return True
    if act.action == "lift" and setting.kind in _GIVEN and not path.ops and not _overridden(act, setting):
        return True  # nobody lifts a mission or a deal
    if act.base in setting.acts.doubts.words["cheering"] and act.action == "agree":
        return True
    return setting.hit_kind == "items" and act.action in {"start", "agree", "impose"}


def _undone(verb: Token, act: Act, names: list[str], setting: Setting) -> bool:
    """ "Put off the rise": with its particle the verb does not realise what stands below it but undoes it."""
    undoing = (other for other in acts_of(verb, setting.acts.verbs, setting.acts) if other.polarity < 0 and other.rest)
    return not act.rest and any(_fits(other, names, active=False) for other in undoing)


def _fits(act: Act, names: list[str], *, active: bool, market: bool = False) -> bool:
    """`market`: what rises or falls by itself there is trade, not policy."""
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


def infinitive(verb: Token, setting: Setting) -> Token | None:
    """``Tariffs are set to rise``: what is said of the subject is in the infinitive."""
    acts, moods = setting.acts, setting.acts.moods
    begins = not _BEGINS.isdisjoint(acts.bases(verb.lower_))
    modal = verb.lower_ in moods["expected"] or verb.lower_ in moods["set_to"]
    if not begins and not modal and belongs(verb, acts.verbs, acts):
        return None
    phase = belongs(verb, acts.classes["phase"], acts)
    for child in children(verb, "xcomp"):
        if is_verb(child) and (phase or any(aux.tag_ == "TO" for aux in children(child, "aux"))):
            return child
    return next((deep for child in children(verb, "acomp") for deep in children(child, "xcomp") if is_verb(deep)), None)


def strikes(verb: Token, path: Path, setting: Setting, below: Token) -> bool:
    """``The cuts target Medicaid``: the subject names what is done to the object."""
    if below.dep_ not in {"dobj", "pobj"} or not belongs(verb, setting.acts.classes["strike"], setting.acts):
        return False
    for thing in children(verb, "nsubj"):
        if noun_key(thing) in setting.acts.nouns:
            path.nouns.append(thing)
            pushed = push_noun(thing, path, setting)
            path.ops.append(Op(verb, "", 1, "realise", ("light",)))
            return pushed
    return False


def told(verb: Token, below: Token, setting: Setting) -> bool:
    """ "Ordered the embassies to stop issuing visas": the embassies are told, nothing is done to them.

    "Ordered troops to leave" does something to them.
    """
    if setting.acts.doubts.words["telling"].isdisjoint(setting.acts.bases(verb.lower_)) or below.dep_ != "dobj":
        return False
    for to in verb.doc[below.i + 1 : verb.right_edge.i]:
        if to.tag_ in {"IN", ","}:
            return False
        if to.tag_ == "TO" and is_verb(to.head):
            people = setting.kind in {"force", "diplomatic"} or to.head.head == verb
            return people and setting.acts.doubts.words["marching"].isdisjoint(setting.acts.bases(to.head.lower_))
    return False
