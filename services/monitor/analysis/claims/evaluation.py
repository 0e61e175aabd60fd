"""The head of an instrument in; the path of a judgement that rules it out ("it is unrealistic to ...") or None out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Op, Path, Setting
from services.monitor.analysis.claims.embedding import embed
from services.monitor.analysis.claims.grammar import is_verb, negated
from services.monitor.analysis.claims.modality import moods

_STEPS = 8


def evaluation(head: Token, setting: Setting) -> Path | None:
    """A copula above whose complement rules out, with the instrument beneath the judgement."""
    words = {phrase for phrase in setting.acts.predicates["rule_out"] if " " not in phrase}
    for token in head.doc:
        if (
            token.lower_ in words
            and (verb := _copula(token)) is not None
            and _beneath(head, token, verb)
            and not negated(verb)
        ):
            return _path(head, verb, setting)
    return None


def _copula(token: Token) -> Token | None:
    """The verb that says it: is <unrealistic>, is an <unrealistic> objective."""
    up = token.head if token.dep_ == "amod" and token.head.dep_ == "attr" else token
    if (
        up.dep_ in {"acomp", "attr", "oprd"}
        and is_verb(up.head)
        and up.head.lower_ in {"is", "was", "are", "were", "be", "'s", "’s"}
    ):
        return up.head
    return None


def _beneath(head: Token, token: Token, verb: Token) -> bool:
    """In the judged thing or what it is about, not in a reason or a second clause."""
    if not verb.is_ancestor(head) or head == token:
        return False
    while head != verb:
        reason = head.dep_ == "advcl" and any(child.dep_ == "mark" for child in head.children)
        if reason or (head.dep_ == "conj" and is_verb(head)):
            return False
        head = head.head
    return True


def _path(head: Token, verb: Token, setting: Setting) -> Path:
    path = Path(head)
    path.verbs.append(verb)
    path.flags.add("evaluated")
    path.ops.append(Op(verb, "rule-out", -1, "verdict"))
    step: Token | None = verb
    for _ in range(_STEPS):
        if step is None or path.fallen:
            break
        moods(step, path, setting)
        step = None if path.fallen else embed(step, path, setting)
    return path
