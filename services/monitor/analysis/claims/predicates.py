"""A copula or judging verb above an instrument in; "off the table", "on hold", "unrealistic" as an operator out."""

import re

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Op, Setting

_ACTIONS = {
    "impose": ("impose", 1),
    "start": ("start", 1),
    "ban": ("end", -1),
    "rule_out": ("rule-out", -1),
    "suspend": ("suspend", -1),
    "end": ("end", -1),
}
_COPULAS = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "'s",
        "’s",
        "remains",
        "remain",
        "deemed",
        "make",
        "makes",
        "made",
        "making",
        "become",
        "becomes",
        "became",
        "declared",
        "declare",
        "declares",
        "considered",
        "deem",
        "deems",
    }
)


def predicate(verb: Token, below: Token, setting: Setting) -> Op | None:
    """The words after the verb decide: X is <off the table>, deemed X as <unrealistic>."""
    if verb.lower_ not in _COPULAS or below.dep_ == "attr":
        return None
    after = verb.doc[verb.i + 1 : verb.i + 14].text.lower()
    for name, phrases in setting.acts.predicates.items():
        for phrase in phrases:
            if _starts(phrase, after, near=verb.lower_ not in {"deemed", "deem", "deems", "considered"}):
                return Op(verb, *_ACTIONS[name], "predicate")
    return None


def _starts(phrase: str, after: str, *, near: bool) -> bool:
    if not near:
        return phrase in after
    return re.match(rf"(?:\W*\w+\W+){{0,2}}\W*{re.escape(phrase)}\b", after) is not None
