"""A governing verb or noun in; its class (said, agreed, considers, demands, denies) applied to the path out."""

from spacy.tokens import Token

from services.monitor.analysis.climb import Op, Path, Setting
from services.monitor.analysis.grammar import acts_of, belongs, children, is_verb, negated

_FALLS = {"fear": "fear", "expect": "expected", "request": "request", "fail": "attempt", "continue": "unchanged"}


def govern(governor: Token, path: Path, setting: Setting, order: tuple[str, ...]) -> Token | None:
    """Apply the first class of `order` that the verb belongs to; go on from the verb."""
    name = classify(governor, setting, order)
    if (
        name == "phase"
        and "be" in setting.acts.bases(governor.lower_)
        and any(c.dep_ == "prep" and c.lower_ in {"on", "in", "under"} for c in governor.children)
    ):
        name = "expect"
    if governor.lower_ in setting.acts.moods["set_to"] and governor.tag_ == "VBN":
        name = "set-to"
    if (
        governor.lower_ in setting.acts.moods["expected"]
        and governor.tag_ == "VBN"
        and "ccomp" not in {c.dep_ for c in governor.children}
    ):
        name = "expect"
    if any(child.lower_ == "yet" and child.dep_ == "advmod" for child in governor.children) and name == "phase":
        path.fall("not yet", governor)
    if name in {"", "commit", "realise", "float", "cease", "fail"} and undoes(governor, path, setting):
        return governor
    _apply(name, governor, path, setting)
    if path.fallen:
        return None
    path.verbs.append(governor)
    return governor


def undoes(governor: Token, path: Path, setting: Setting) -> bool:
    """Push the governor's operator if it undoes what it governs."""
    less = _less(governor, setting)
    if less is not None:
        path.ops.append(less)
        path.verbs.append(governor)
    return less is not None


def keeps_from(governor: Token, path: Path, setting: Setting) -> bool:
    """"Barred Nvidia from selling": the governor stops what stands under `from`."""
    if not any(act.polarity < 0 and not act.rest for act in acts_of(governor, setting.acts.verbs, setting.acts)):
        return False
    path.ops.append(Op(governor, "end", -1, "verb"))
    path.verbs.append(governor)
    return True


def _less(governor: Token, setting: Setting) -> Op | None:
    """`ruled out sending`, `scrapped buying`, `gave up trying`: the governor undoes what it governs."""
    for act in acts_of(governor, setting.acts.verbs, setting.acts):
        if act.polarity < 0 and act.rest and not act.intransitive:
            return Op(governor, act.action, act.polarity, "invert" if act.action == "invert" else "verb", act.rest)
    return None


def classify(governor: Token, setting: Setting, order: tuple[str, ...]) -> str:
    """Name of the class, or an empty string."""
    for name in order:
        if belongs(governor, setting.acts.classes[name], setting.acts):
            return name
    return ""


def _apply(name: str, governor: Token, path: Path, setting: Setting) -> None:
    factors = setting.acts.factors
    if name in _FALLS:
        path.fall(_FALLS[name], governor)
    elif name == "say":
        _said(governor, path)
    elif name in {"commit", "realise"}:
        path.flags |= {"future", "committed"}
        path.flags.discard("would")
        path.ops.append(Op(governor, "", 1, "commit"))
    elif name == "float":
        path.flags.add("floated")
        path.flags.discard("would")
    elif name == "refuse":
        path.ops.append(Op(governor, "", 0, "refuse"))
    elif name == "deny":
        path.ops.append(Op(governor, "deny", 0, "deny"))
    elif name == "cease":
        path.ops.append(Op(governor, "end", -1, "cease"))
    elif name == "phase":
        path.flags.add("future" if governor.lower_ in {"going", "is", "are", "'s", "’s"} else "begun")
    elif name == "allow":
        path.ops.append(Op(governor, "provide", 1, "allow"))
    elif name == "set-to":
        path.flags.add("future")
        path.weaken("set to", factors["set_to"], governor)
    elif belongs(governor, setting.acts.verbs, setting.acts):
        path.weaken("unparsed", factors["surface"], governor)
    else:
        path.weaken("unknown governor", factors["outsider"], governor)


def _said(governor: Token, path: Path) -> None:
    path.sayers.append(governor)
    path.flags |= {"said", "would be"} if "would" in path.flags else {"said"}
    path.flags.discard("would")
    if "pluperfect" in path.flags and governor.tag_ in {"VBD", "VBN"}:
        path.flags.discard("pluperfect")
    if negated(governor):
        path.fall("not said", governor)


def above_noun(noun: Token, path: Path, setting: Setting) -> Token | None:
    """What is done to the decision or plan: announced, reversed, criticised."""
    head, acts = noun.head, setting.acts
    if noun.dep_ in {"pobj", "pcomp"} and head.head.i != head.i:
        if head.lower_ in {"despite", "over", "given"}:
            path.weaken("background", acts.factors["background"], head)
        head = head.head
    if not is_verb(head) or noun.dep_ in {"ROOT"}:
        path.flags.add("presupposed")
        return None
    path.verbs.append(head)
    for act in acts_of(head, acts.verbs, acts):
        if act.polarity < 0 and act.rest and noun.dep_ in {"dobj", "nsubjpass", "pobj"} and not act.intransitive:
            path.ops.append(
                Op(head, act.action, act.polarity, "invert" if act.action == "invert" else "verb", act.rest)
            )
            return head
    kind = classify(head, setting, ("realise", "say", "commit", "law"))
    if kind and noun.dep_ not in {"nsubj"}:
        path.ops.append(Op(head, "", 1, "realise"))
        return head
    for act in acts_of(head, acts.verbs, acts):
        if act.polarity < 0 and noun.dep_ in {"dobj", "nsubjpass", "pobj"} and not act.intransitive:
            path.ops.append(
                Op(head, act.action, act.polarity, "invert" if act.action == "invert" else "verb", act.rest)
            )
            return head
    if any(child.dep_ == "neg" for child in children(head)):
        path.fall("negated", head)
    path.flags.add("presupposed")
    return None
