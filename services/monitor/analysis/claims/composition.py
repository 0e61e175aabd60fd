"""The operators of a path in, innermost first; the one action and polarity they amount to out."""

from collections.abc import Callable
from dataclasses import dataclass

from services.monitor.analysis.claims.climb import Op, Path, Setting

_MEANING = frozenset({"verb", "noun", "cease", "refuse", "negation", "none", "allow", "invert", "predicate", "refusal"})
_LESS = frozenset({"suspend", "decrease", "end", "withdraw", "lift"})
_DEFAULTS = {"aid": "provide", "coercion": "impose", "agreement": "agree", "talks": "start", "force": "start",
             "diplomatic": "start", "movement": "provide", "domestic": "start"}  # fmt: skip


_NEGATIONS = frozenset({"negation", "refuse", "none", "refusal"})
_BASES = frozenset({"hurdle", "ceiling", "regime"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """action and polarity on the instrument. action "": nothing is claimed, `why` says why."""

    action: str
    polarity: int
    why: str = ""


_NOTHING = Outcome("", 0, "no action")


def compose(path: Path, setting: Setting) -> Outcome:
    """Fold the operators from the instrument outwards."""
    ops = sorted(path.ops, key=lambda op: op.kind == "none") if len(path.ops) > 1 else path.ops
    if _idle(path):
        return _NOTHING
    now, base = _NOTHING, ""
    for op in ops:
        if op.kind in _BASES:
            base = op.kind
            continue
        now = _apply(op, now, base, path, setting)
        if now.why and now != _NOTHING:
            return now
    return _settled(now, path, setting)


def _idle(path: Path) -> bool:
    """A use of the thing that nobody stops, allows or resumes."""
    neutral = any(op.kind == "neutral" for op in path.ops)
    return neutral and "begun" not in path.flags and not any(op.kind in _MEANING for op in path.ops)


def _settled(now: Outcome, path: Path, setting: Setting) -> Outcome:
    """Presuppositions, "fewer", and what is done to imports said of the ban on them."""
    if now.action == "oppose":
        now = Outcome("rule-out", -1) if now.polarity < 0 else Outcome("", 0, "opposes a cut")
    given = now.action in {"provide", "start"}
    if "presupposed" in path.flags and (given or now.action == "agree") and _nominal(path):
        return Outcome("", 0, "presupposed, not done")
    if "less" in path.flags and given:
        now = Outcome("decrease", -1)
    return _inverted(now, setting) if now.action and setting.hit_kind == "inverse" else now


def _nominal(path: Path) -> bool:
    return all(op.kind in {"noun", "hurdle", "ceiling"} for op in path.ops)


def _apply(op: Op, now: Outcome, base: str, path: Path, setting: Setting) -> Outcome:
    """One more operator around what is known so far."""
    if op.kind in _NEGATIONS:
        return _negate(op, now, path)
    if op.kind == "predicate" and (path.nouns or path.flags & {"decision", "plan"}):
        return Outcome("", 0, "judgement")
    if op.kind in _PLAIN:
        return _PLAIN[op.kind](op, now)
    if op.kind in {"law", "realise"} or (now.action and op.polarity > 0):
        return _more(op, now, path, setting)
    if not now.action:
        return _first(op, base)
    return _less(op, now)


def _deny(_: Op, now: Outcome) -> Outcome:
    return Outcome("deny", 0) if now.action else now


def _cease(op: Op, now: Outcome) -> Outcome:
    return _less(op, now) if now.action else now


def _invert(op: Op, now: Outcome) -> Outcome:
    return _inverse_of(now, op) if now.action else Outcome("", 0, "nothing to reverse")


def _commit(_: Op, now: Outcome) -> Outcome:
    return now


def _allow(_: Op, now: Outcome) -> Outcome:
    return now if now.action and now.polarity < 0 else Outcome("provide", 1)


def _oppose(_: Op, now: Outcome) -> Outcome:
    return Outcome("oppose", -now.polarity or -1)


def _first(op: Op, base: str) -> Outcome:
    """Raising a hurdle, setting a ceiling and tightening a law are less of what stands behind them."""
    turns = {
        "hurdle": op.action != "rule-out",
        "regime": op.action in {"decrease", "increase"},
        "ceiling": op.action in {"impose", "start", "lift", "end", "suspend"},
    }
    if turns.get(base, False):
        return Outcome("increase" if op.polarity < 0 else "decrease", -op.polarity)
    return Outcome(op.action, op.polarity)


def _more(op: Op, now: Outcome, path: Path, setting: Setting) -> Outcome:
    """More of a change is the change; a realised plain instrument is given, imposed, agreed or started."""
    if not now.action:
        if op.rest == ("light",) or any(noun.lower_ in {"decision", "decisions"} for noun in path.nouns):
            return Outcome("", 0, "no direction")
        return Outcome(_DEFAULTS[setting.kind], 1)
    if op.action == "extend":
        return Outcome("extend", now.polarity)
    return now


def _less(op: Op, now: Outcome) -> Outcome:
    if op.action == "delay":
        return Outcome("delay", -now.polarity)
    if op.action == "rule-out":
        if now.polarity > 0:
            return Outcome("rule-out", -1)
        return Outcome("", 0, "rules out less")
    return _inverse_of(now, op)


def _inverse_of(now: Outcome, op: Op) -> Outcome:
    if now.action == "oppose":
        return Outcome("agree", 1) if now.polarity < 0 else Outcome("end", -1)
    if now.polarity < 0:
        return Outcome("resume", 1)
    if now.action == "impose":
        return Outcome("suspend" if op.action == "suspend" else "lift", -1)
    return Outcome(op.action if op.action in _LESS else "end", -1)


def _negate(op: Op, now: Outcome, path: Path) -> Outcome:
    """Not giving in future is ruling out; not cutting is nothing new; not having done is nothing."""
    if not now.action:
        return now if op.kind != "none" else Outcome("", 0, "no action")
    if now.polarity < 0:
        return Outcome("", 0, "reaffirmation")
    willed = op.kind in {"refuse", "refusal"} or "future" in path.flags
    if not willed or sum(found.kind in {"verb", "noun"} for found in path.ops) > 1:
        return Outcome("", 0, "negated")
    return Outcome("rule-out", -1)


def _inverted(now: Outcome, setting: Setting) -> Outcome:
    """What is done to imports, said of the ban on them."""
    if now.action == "deny":
        return now
    kept = now.action in {"extend", "delay"}
    if now.polarity < 0:
        return Outcome(now.action if kept else "impose" if setting.kind == "coercion" else "resume", 1)
    return Outcome("lift" if setting.kind == "coercion" else "decrease", -1)


_PLAIN: dict[str, Callable[[Op, Outcome], Outcome]] = {
    "deny": _deny,
    "cease": _cease,
    "invert": _invert,
    "commit": _commit,
    "allow": _allow,
    "opposition": _oppose,
}
