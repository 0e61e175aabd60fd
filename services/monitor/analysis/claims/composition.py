"""The operators of a path in, innermost first; the one action and polarity they amount to out."""

from collections.abc import Callable

from services.monitor.analysis.claims.climb import Op, Path, Setting
from services.monitor.analysis.claims.outcomes import Outcome, inverse_of, inverted, less, negate

_MEANING = frozenset({"verb", "noun", "cease", "refuse", "negation", "none", "allow", "invert", "predicate", "refusal"})
_DEFAULTS = {"aid": "provide", "coercion": "impose", "agreement": "agree", "talks": "start", "force": "start",
             "diplomatic": "start", "movement": "provide", "domestic": "start"}  # fmt: skip


_NEGATIONS = frozenset({"negation", "refuse", "none", "refusal"})
_BASES = frozenset({"hurdle", "ceiling", "regime", "permit"})


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
    return inverted(now, setting) if now.action and setting.hit_kind == "inverse" else now


def _nominal(path: Path) -> bool:
    return all(op.kind in {"noun", "hurdle", "ceiling"} for op in path.ops)


def _apply(op: Op, now: Outcome, base: str, path: Path, setting: Setting) -> Outcome:
    """One more operator around what is known so far."""
    if op.kind in _NEGATIONS:
        return negate(op, now, path)
    if op.kind == "predicate" and (path.nouns or path.flags & {"decision", "plan"}):
        return Outcome("", 0, "judgement")
    if op.kind == "invert" and not now.action:
        return Outcome("lift", -1) if setting.kind == "coercion" and not op.rest else Outcome("", 0, "nothing reversed")
    if op.kind in _PLAIN:
        return _PLAIN[op.kind](op, now)
    if op.kind in {"law", "realise"} or (now.action and op.polarity > 0):
        return _more(op, now, path, setting)
    return less(op, now) if now.action else _first(op, base, setting)


def _deny(_: Op, now: Outcome) -> Outcome:
    return Outcome("deny", 0) if now.action else now


def _cease(op: Op, now: Outcome) -> Outcome:
    return less(op, now) if now.action else now


def _invert(op: Op, now: Outcome) -> Outcome:
    return inverse_of(now, op)


def _commit(_: Op, now: Outcome) -> Outcome:
    return now


def _allow(_: Op, now: Outcome) -> Outcome:
    return now if now.action and now.polarity < 0 else Outcome("provide", 1)


def _oppose(_: Op, now: Outcome) -> Outcome:
    return Outcome("oppose", -now.polarity or -1)


def _first(op: Op, base: str, setting: Setting) -> Outcome:
    """Raising a hurdle, setting a ceiling and tightening a law are less of what stands behind them."""
    turns = {
        "hurdle": op.action != "rule-out",
        "regime": op.action in {"decrease", "increase"},
        "permit": not setting.acts.doubts.words["requiring"].isdisjoint(setting.acts.bases(op.token.lower_)),
        "ceiling": op.action in {"impose", "start", "lift", "end", "suspend"},
    }
    if turns.get(base, False):
        return Outcome("increase" if op.polarity < 0 else "decrease", -op.polarity)
    return Outcome(op.action, op.polarity)


def _more(op: Op, now: Outcome, path: Path, setting: Setting) -> Outcome:
    """More of a change is the change; a realised plain instrument is given, imposed, agreed or started."""
    if not now.action:
        if setting.slug in setting.acts.doubts.words["directionless"] and "law" in path.flags:
            return Outcome("", 0, "no direction")
        if op.rest == ("light",) or any(noun.lower_ in {"decision", "decisions"} for noun in path.nouns):
            return Outcome("", 0, "no direction")
        return Outcome(_DEFAULTS[setting.kind], 1)
    if op.action == "extend":
        return Outcome("extend", now.polarity)
    return now


_PLAIN: dict[str, Callable[[Op, Outcome], Outcome]] = {
    "deny": _deny,
    "cease": _cease,
    "invert": _invert,
    "commit": _commit,
    "allow": _allow,
    "opposition": _oppose,
}
