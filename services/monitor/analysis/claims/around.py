"""A clause inside another in; the moods of what stands around it ("may sign, ending", "fear that") on its path out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Path, Setting
from services.monitor.analysis.claims.governors import classify
from services.monitor.analysis.claims.grammar import children, is_verb
from services.monitor.analysis.claims.modality import conditions, guesses

_STEPS = 6
_UNREAL = ("fear", "expect", "request", "fail")


def around(token: Token, path: Path, setting: Setting) -> None:
    """A result or a description is no surer than the clause it hangs on."""
    verb = _verb_above(token)
    for _ in range(_STEPS):
        if verb is None or path.fallen:
            return
        shared_moods(verb, path, setting)
        conditions(verb, path, setting)
        if verb.dep_ not in {"ccomp", "xcomp"} or not is_verb(verb.head):
            return
        verb = verb.head
        name = classify(verb, setting, ("say", *_UNREAL))
        if name == "say":
            path.flags.discard("would")
        elif name:
            path.fall(name, verb)


def _verb_above(token: Token) -> Token | None:
    while token.head.i != token.i:
        token = token.head
        if is_verb(token):
            return token
    return None


def shared_moods(head: Token, path: Path, setting: Setting) -> None:
    """``May cut aid and raise tariffs``: the auxiliary of the first verb counts for the second."""
    moods = setting.acts.moods
    guesses(head, path, setting)
    for aux in children(head, "aux"):
        if aux.lower_ in moods["weak"]:
            path.fall("modal", aux)
        elif aux.lower_ in moods["future"]:
            path.flags.add("future")
        elif aux.lower_ in moods["past_future"]:
            path.flags |= {"future", "would"}
