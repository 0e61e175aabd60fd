"""(Line, Fact) -> is it another level? And (Level, Level) -> do they differ?"""

from schemas import Level
from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.stances import Line
from services.monitor.lexicon.ledger import LedgerRules


def level_mark(level: Level | None) -> str:
    """The level as part of an id."""
    if level is None:
        return "-"
    return f"{level.value:g} {level.unit} {level.currency or ''} {level.by or ''}".strip()


def differ(one: Level | None, other: Level | None, rules: LedgerRules) -> bool:
    """Are both known, comparable, and not the same?"""
    if one is None or other is None or one.unit not in rules.units:
        return False
    if (one.unit, one.currency) != (other.unit, other.currency):
        return False
    if _apart(one, other) > rules.tolerance:
        return True
    return one.by is not None and other.by is not None and one.by != other.by


def new_level(line: Line, fact: Fact, rules: LedgerRules) -> bool:
    """Another level than the present one. One that was left behind counts only if the act leads back to it."""
    if line.state is None or fact.level is None or not differ(line.state.level, fact.level, rules):
        return False
    if fact.published_at - line.state.since <= rules.after("rounding") and _roughly(
        line.state.level, fact.level, rules
    ):
        return False
    known = any(_same(fact.level, level, rules) for level in line.levels)
    return not known or _leads(line.state.level, fact)


def _roughly(one: Level | None, other: Level, rules: LedgerRules) -> bool:
    """The same figure rounded: "almost 5 %" of 4.7 %. Years are not rounded."""
    dated = one is not None and one.by is not None and other.by is not None and one.by != other.by
    return one is not None and not dated and _apart(one, other) <= rules.rounding


def _apart(one: Level, other: Level) -> float:
    """How far the values lie from each other, as a share of the larger."""
    return abs(one.value - other.value) / (max(abs(one.value), abs(other.value)) or 1.0)


def _same(one: Level, other: Level, rules: LedgerRules) -> bool:
    return (one.unit, one.currency) == (other.unit, other.currency) and not differ(one, other, rules)


def _leads(before: Level | None, fact: Fact) -> bool:
    if before is None or fact.level is None:
        return False
    return fact.action == ("increase" if fact.level.value > before.value else "decrease")
