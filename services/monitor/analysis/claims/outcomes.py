"""What is known so far and one more operator in; the outcome of a change that is stopped, turned or negated, out."""

from dataclasses import dataclass

from services.monitor.analysis.claims.climb import Op, Path, Setting

_LESS = frozenset({"suspend", "decrease", "end", "withdraw", "lift"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """action and polarity on the instrument. action "": nothing is claimed, `why` says why."""

    action: str
    polarity: int
    why: str = ""


def less(op: Op, now: Outcome) -> Outcome:
    """Less of what is known so far: delayed, ruled out, or turned round."""
    if op.action == "delay":
        return Outcome("delay", -now.polarity)
    if op.action == "rule-out":
        if now.polarity > 0:
            return Outcome("rule-out", -1)
        return Outcome("", 0, "rules out less")
    return inverse_of(now, op)


def inverse_of(now: Outcome, op: Op) -> Outcome:
    """The end of a change: a lifted pause is a resumption, a lifted levy is lifted."""
    if now.action == "oppose":
        return Outcome("agree", 1) if now.polarity < 0 else Outcome("end", -1)
    if now.polarity < 0:
        return Outcome("resume", 1)
    if now.action == "impose":
        return Outcome("suspend" if op.action == "suspend" else "lift", -1)
    return Outcome(op.action if op.action in _LESS else "end", -1)


def negate(op: Op, now: Outcome, path: Path) -> Outcome:
    """Not giving in future is ruling out; not cutting is nothing new; not having done is nothing."""
    if not now.action:
        return now if op.kind != "none" else Outcome("", 0, "no action")
    if now.polarity < 0:
        return Outcome("", 0, "reaffirmation")
    was = "was doing" in path.flags and ("said" not in path.flags or path.ops[0].kind == "neutral")
    if was and op.kind == "negation":
        return Outcome("", 0, "negated")
    willed = op.kind in {"refuse", "refusal"} or "future" in path.flags
    if not willed or sum(found.kind in {"verb", "noun"} for found in path.ops) > 1:
        return Outcome("", 0, "negated")
    return Outcome("rule-out", -1)


def inverted(now: Outcome, setting: Setting) -> Outcome:
    """What is done to imports, said of the ban on them."""
    if now.action == "deny":
        return now
    kept = now.action in {"extend", "delay"}
    if now.polarity < 0:
        return Outcome(now.action if kept else "impose" if setting.kind == "coercion" else "resume", 1)
    return Outcome("lift" if setting.kind == "coercion" else "decrease", -1)
