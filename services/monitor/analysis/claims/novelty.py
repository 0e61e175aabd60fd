"""A path in; whether a "supplied X" tells nothing new ("has supplied 500,000 rounds") out."""

from spacy.tokens import Doc

from services.monitor.analysis.claims.climb import Path, Setting
from services.monitor.analysis.claims.outcomes import Outcome
from services.monitor.lexicon.words import fold

_PLAIN = frozenset(
    {
        "provide",
        "send",
        "deliver",
        "supply",
        "give",
        "donate",
        "ship",
        "transfer",
        "hold",
        "conduct",
        "host",
        "contribute",
        "share",
        "lend",
        "export",
        "sell",
        "build",
        "develop",
        "produce",
        "use",
        "fund",
        "finance",
        "spend",
        "invest",
        "equip",
        "arm",
        "back",
        "support",
        "stage",
        "carry",
        "accept",
        "welcome",
        "admit",
        "get",
        "have",
        "receive",
        "set",
        "create",
        "establish",
        "grow",
    }
)
WHEN = frozenset(
    {
        "today",
        "yesterday",
        "tonight",
        "tomorrow",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "overnight",
        "week",
        "now",
        "immediately",
        "month",
    }
)


def stale_provision(path: Path, outcome: Outcome, setting: Setting, doc: Doc) -> bool:
    """Giving is background unless it lies ahead, is called new, or happened just now."""
    if (
        outcome.action not in {"provide", "start"}
        or outcome.polarity <= 0
        or setting.slug in setting.acts.looks["granted"]
    ):
        return False
    if (
        (not any(op.kind == "realise" for op in path.ops) and "future" in path.flags)
        or setting.headline
        or "committed" in path.flags
    ):
        return False
    verbs = [op.token for op in path.ops if op.kind == "verb"]
    if verbs and any(op.kind in {"realise", "law"} for op in path.ops):
        return False
    if not verbs and setting.kind == "aid" and all(op.kind in {"realise", "law", "commit"} for op in path.ops):
        return not _new_or_counted(path, setting)
    plain = _PLAIN - {"send"} if setting.kind == "force" else _PLAIN  # soldiers are not sent day by day
    if not verbs or not all(set(setting.acts.bases(v.lower_)) & plain for v in verbs):
        return False
    top = verbs[-1]
    scope = doc[top.left_edge.i : top.right_edge.i + 1]
    words = {fold(token.lower_) for token in scope if token.i + 1 >= len(doc) or token.nbor(1).lower_ != "than"}
    return words.isdisjoint(setting.acts.looks["novelty"]) and words.isdisjoint(WHEN)


def _new_or_counted(path: Path, setting: Setting) -> bool:
    """ "A new package", "$2bn in aid": announced, not just spoken of."""
    nouns = {path.head, *path.nouns}
    near = [token for noun in nouns for token in noun.doc[noun.left_edge.i : noun.right_edge.i + 1]]
    return any(
        fold(t.lower_) in setting.acts.looks["novelty"] or t.tag_ in {"CD", "$"} or t.lower_ in {"plan", "plans"}
        for t in near
    )
