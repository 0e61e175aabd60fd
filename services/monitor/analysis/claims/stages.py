"""A path and its outcome in; how far the policy is (floated, announced, ordered, in effect, denied) out."""

from schemas.claim import Stage
from services.monitor.analysis.claims.climb import Path, Setting
from services.monitor.analysis.claims.grammar import is_verb
from services.monitor.analysis.claims.outcomes import Outcome


def stage(path: Path, outcome: Outcome, setting: Setting) -> Stage:
    """Only explicit words make more of it than announced."""
    if outcome.action == "deny":
        return "denied"
    committed = any(op.kind in {"realise", "commit", "law"} for op in path.ops)
    if "floated" in path.flags or ("plan" in path.flags and not committed and _planned(path)):
        return "floated"
    text = path.head.doc.text.lower()
    stages = setting.acts.stages
    if any(phrase in text for phrase in stages["effect_phrases"]) or "begun" in path.flags:
        return "in-effect"
    bases = {base for op in path.ops if is_verb(op.token) for base in setting.acts.bases(op.token.lower_)}
    done = "future" not in path.flags or committed
    if done and (bases & set(stages["ordered"]) or any(phrase in text for phrase in stages["ordered_phrases"])):
        return "ordered"
    return "announced"


def _planned(path: Path) -> bool:
    """A plan that nobody stopped or reversed."""
    last = path.ops[-1] if path.ops else None
    if last is None or last.kind not in {"verb", "invert"} or not is_verb(last.token) or last.polarity >= 0:
        return True
    return "presupposed" in path.flags and not any(last.token.is_ancestor(noun) for noun in path.carriers)
