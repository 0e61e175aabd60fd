"""A clause that hangs on a noun in ("the decision to", "a law cutting"); what the noun makes of it on the path out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.around import around
from services.monitor.analysis.claims.climb import Op, Path, Setting
from services.monitor.analysis.claims.governors import classify
from services.monitor.analysis.claims.grammar import acts_of, children, is_verb, prep_chain
from services.monitor.lexicon.acts import Act
from services.monitor.lexicon.words import fold

_PAPERS = ("laws", "decisions", "plans", "refusals")
_OBJECTS = frozenset({"dobj", "nsubjpass", "pobj"})


def acl(verb: Token, path: Path, setting: Setting) -> Token | None:
    """A participle or infinitive after a noun."""
    noun, factors = verb.head, setting.acts.factors
    if noun.dep_ == "attr" and pioneer(noun.head, verb, setting):
        path.verbs.append(noun.head)
        return noun.head
    if verb.tag_ == "VBN" and not infinitive(verb):
        path.weaken("relative", factors["relative"], verb)
        return None
    if infinitive(verb) or fold(noun.lower_) in setting.acts.looks["laws"] | setting.acts.looks["plans"]:
        return noun_clause(noun, path, setting)
    path.weaken("subordinate", factors["subordinate"], verb)
    around(noun, path, setting)
    return None


def relcl(verb: Token, path: Path, setting: Setting) -> Token | None:
    """A relative clause tells what is known already, but "a bill that cuts" tells what the bill does."""
    noun = verb.head
    if infinitive(verb) and noun.dep_ == "attr" and pioneer(noun.head, verb, setting):
        path.verbs.append(noun.head)
        return noun.head
    if fold(noun.lower_) in setting.acts.looks["laws"]:
        return noun_clause(noun, path, setting)
    path.weaken("relative", setting.acts.factors["relative"], verb)
    return None


def infinitive(verb: Token) -> bool:
    """Has `to` before it."""
    return any(aux.tag_ == "TO" for aux in children(verb, "aux"))


def pioneer(governor: Token, verb: Token, setting: Setting) -> bool:
    """ "Became the third country to ban": it banned."""
    if setting.acts.doubts.words["becoming"].isdisjoint(setting.acts.bases(governor.lower_)):
        return False
    ranks = setting.acts.doubts.words["ranks"]
    return any(
        child.lower_ in ranks
        for thing in children(governor, "attr")
        if thing.i < verb.i
        for child in (thing, *thing.children)
    )


def paper(governor: Token, verb: Token, setting: Setting) -> Token | None:
    """``Passed a law to bolster``: the infinitive belongs to the object before it."""
    looks = setting.acts.looks
    for thing in children(governor, "dobj"):
        key = fold(thing.lower_)
        if thing.i < verb.i and any(key in looks[name] for name in _PAPERS):
            return thing
    return None


def noun_clause(noun: Token, path: Path, setting: Setting) -> Token | None:
    """A decision, a plan, a law, a refusal; talk closes the claim."""
    looks, key = setting.acts.looks, fold(noun.lower_)
    path.nouns.append(noun)
    path.carriers.append(noun)
    if any(child.dep_ in {"det", "neg"} and child.lower_ == "no" for child in noun.children):
        path.flags.add("future")
        path.ops.append(Op(noun, "", 0, "negation"))
    path.flags.discard("would")
    if _mark(noun, key, path, setting):
        return _above(noun, path, setting)
    if key in looks["members"] and noun.dep_ == "attr":
        path.verbs.append(noun.head)
        return noun.head
    if setting.headline and noun.dep_ in {"ROOT", "nsubj"} and noun.left_edge.i == 0:
        path.flags |= {"future", "headline-to"}
    else:
        path.fall("talk", noun)
    return None


def _mark(noun: Token, key: str, path: Path, setting: Setting) -> bool:
    """Note what the noun is; False: none of these."""
    looks = setting.acts.looks
    if key in looks["refusals"]:
        path.ops.append(Op(noun, "", 0, "negation"))
    elif key in looks["opposition"]:
        path.ops.append(Op(noun, "rule-out", -1, "opposition"))
    elif key in looks["plans"] or key in setting.acts.doubts.words["ways"]:
        path.flags |= {"plan", "floated"} if key in looks["floats"] else {"plan"}
    elif key in looks["laws"]:
        path.flags |= {"decision", "law"}
    elif key in looks["decisions"]:
        path.flags.add("decision")
    else:
        return False
    return True


def _above(noun: Token, path: Path, setting: Setting) -> Token | None:
    """What is done to the decision or plan: announced, reversed, criticised."""
    head = noun.head
    if noun.dep_ in {"pobj", "pcomp"} and head.head.i != head.i:
        if head.lower_ in {"despite", "over", "given"}:
            path.weaken("background", setting.acts.factors["background"], head)
        head = prep_chain(head)[1] if noun.dep_ == "pobj" else head.head
    if noun.dep_ == "ROOT" or not is_verb(head):
        path.flags.add("presupposed")
        return None
    path.verbs.append(head)
    return _done_to(noun, head, path, setting)


def _done_to(noun: Token, head: Token, path: Path, setting: Setting) -> Token | None:
    undone = _undoing(noun, head, setting)
    if undone is not None and undone.rest:
        return _push(undone, head, path)
    if classify(head, setting, ("realise", "say", "commit", "law")) and noun.dep_ != "nsubj":
        path.ops.append(Op(head, "", 1, "realise"))
        return head
    if undone is not None:
        return _push(undone, head, path)
    if noun.dep_ == "nsubj" and "law" in path.flags and classify(head, setting, ("law",)):
        path.ops.append(Op(head, "", 0, "law"))
        return head
    if any(child.dep_ == "neg" for child in head.children):
        path.fall("negated", head)
    path.flags.add("presupposed")
    return None


def _undoing(noun: Token, head: Token, setting: Setting) -> Act | None:
    """The entry by which the verb undoes its object, particles first."""
    if noun.dep_ not in _OBJECTS:
        return None
    found = acts_of(head, setting.acts.verbs, setting.acts)
    return next((act for act in found if act.polarity < 0 and not act.intransitive), None)


def _push(act: Act, head: Token, path: Path) -> Token:
    path.ops.append(Op(head, act.action, act.polarity, "invert" if act.action == "invert" else "verb", act.rest))
    return head
