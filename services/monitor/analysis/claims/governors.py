"""A governing verb or noun in; its class (said, agreed, considers, demands, denies) applied to the path out."""

from collections.abc import Callable

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Op, Path, Setting
from services.monitor.analysis.claims.grammar import acts_of, belongs, children, is_passive, negated, noun_key, subject

_FALLS = {"fear": "fear", "expect": "expected", "request": "request", "fail": "attempt", "continue": "unchanged"}


INFINITIVE = ("deny", "refuse", "fail", "cease", "phase", "continue", "commit", "allow", "float", "expect", "request",
              "realise")  # fmt: skip
"""In which order a governor of an infinitive is sorted into a class."""

_OPERATORS = {
    "refuse": ("", 0, "refuse"),
    "deny": ("deny", 0, "deny"),
    "cease": ("end", -1, "cease"),
    "allow": ("provide", 1, "allow"),
}
_UNDONE = frozenset({"", "commit", "realise", "float", "cease", "fail"})


def govern(governor: Token, path: Path, setting: Setting, order: tuple[str, ...]) -> Token | None:
    """Apply the first class of `order` that the verb belongs to; go on from the verb."""
    name = _adjusted(governor, classify(governor, setting, order), setting)
    if name == "request" and _by_law(governor, setting):
        name = "commit"
    if name == "phase" and any(child.lower_ == "yet" for child in children(governor, "advmod")):
        path.fall("not yet", governor)
    if name in _UNDONE and undoes(governor, path, setting):
        return governor
    _apply(name, governor, path, setting)
    if path.fallen:
        return None
    path.verbs.append(governor)
    return governor


def _adjusted(governor: Token, name: str, setting: Setting) -> str:
    """`is on track to` and `is expected to` expect; `is set to` schedules."""
    moods, word = setting.acts.moods, governor.lower_
    if (
        name == "request"
        and governor.tag_ == "VBD"
        and belongs(governor, setting.acts.classes["prevail"], setting.acts)
    ):
        return "commit"
    if governor.tag_ == "VBN" and word in moods["expected"] and not any(children(governor, "ccomp")):
        return "expect"
    if governor.tag_ == "VBN" and word in moods["set_to"]:
        return "set-to"
    waits = any(child.lower_ in {"on", "in", "under"} for child in children(governor, "prep"))
    return "expect" if name == "phase" and waits and "be" in setting.acts.bases(word) else name


def _by_law(governor: Token, setting: Setting) -> bool:
    """ "A law obliging the government to suspend", "an order that requires agencies to end"."""
    papers = setting.acts.looks["laws"]
    if governor.dep_ in {"acl", "relcl"}:
        return governor.tag_ != "VBN" and noun_key(governor.head) in papers
    own = subject(governor)
    return own is not None and not is_passive(governor) and noun_key(own) in papers


def undoes(governor: Token, path: Path, setting: Setting) -> bool:
    """Push the governor's operator if it undoes what it governs."""
    less = _less(governor, setting)
    if less is not None:
        path.ops.append(less)
        path.verbs.append(governor)
    return less is not None


def keeps_from(governor: Token, path: Path, setting: Setting) -> bool:
    """ "Barred Nvidia from selling": the governor stops what stands under `from`."""
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
    elif name in _OPERATORS:
        action, polarity, kind = _OPERATORS[name]
        path.ops.append(Op(governor, action, polarity, kind))
    elif name in _MARKS:
        _MARKS[name](governor, path)
        if belongs(governor, setting.acts.classes["repeat"], setting.acts):
            path.weaken("repeated", factors["background"], governor)
    elif name == "set-to":
        path.flags.add("future")
        path.weaken("set to", factors["set_to"], governor)
    elif belongs(governor, setting.acts.verbs, setting.acts):
        path.weaken("unparsed", factors["surface"], governor)
    else:
        path.weaken("unknown governor", factors["outsider"], governor)


def _committed(governor: Token, path: Path) -> None:
    path.flags |= {"future", "committed"}
    path.flags.discard("would")
    path.ops.append(Op(governor, "", 1, "commit"))


def _floated(_: Token, path: Path) -> None:
    path.flags.add("floated")
    path.flags.discard("would")


def _phased(governor: Token, path: Path) -> None:
    path.flags.add("future" if governor.lower_ in {"going", "is", "are", "'s", "’s"} else "begun")


def _said(governor: Token, path: Path) -> None:
    path.sayers.append(governor)
    path.flags |= {"said", "would be"} if "would" in path.flags else {"said"}
    path.flags.discard("would")
    if "pluperfect" in path.flags and governor.tag_ in {"VBD", "VBN"}:
        path.flags.discard("pluperfect")
    if negated(governor):
        path.fall("not said", governor)


_MARKS: dict[str, Callable[[Token, Path], None]] = {
    "say": _said,
    "commit": _committed,
    "realise": _committed,
    "float": _floated,
    "phase": _phased,
}
