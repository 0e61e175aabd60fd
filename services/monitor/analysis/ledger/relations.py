"""(Line, Fact) -> Relation: is it the same state, another one, or an old story told again?"""

from dataclasses import dataclass

from schemas import StanceState
from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.ledger.levels import differ, level_mark, new_level
from services.monitor.analysis.ledger.shifts import Kind, Shift, quote_mark
from services.monitor.analysis.ledger.stances import Line
from services.monitor.lexicon.ledger import LedgerRules


@dataclass(frozen=True, slots=True)
class Relation:
    """What a fact would change on its line. No `kind`: nothing, it is told of `shift` (None: of no shift).

    `before` and `references` come from broader or narrower lines, for a line of which nothing is known yet.
    """

    kind: Kind | None
    signature: str = ""
    threshold: float = 0.0
    shift: Shift | None = None
    before: StanceState | None = None
    references: tuple[str, ...] = ()


def relate(line: Line, fact: Fact, know: Knowledge) -> Relation:
    """What `fact` (an assertion: neither floated nor denied) means to `line`."""
    rules = know.rules
    polar = f"polarity:{fact.polarity:+d}"
    if line.state is None:
        return Relation("first", polar, rules.confidence.alert)
    reprinted, fresh = _reprinted(line, fact), fact.published_at <= line.fresh_until
    if fact.polarity != line.state.polarity:
        return Relation(None, shift=reprinted) if reprinted else _opposite(line, fact, know)
    if reprinted and not fresh:
        return Relation(None, shift=reprinted)
    unchanged = Relation(None, shift=reprinted or _teller(line, fact, rules))
    renewed = Relation("again", polar, _renewal(line, fact, know))
    return _change(line, fact, rules) or (unchanged if fresh else renewed)


def _opposite(line: Line, fact: Fact, know: Knowledge) -> Relation:
    """A reversal of what is remembered; of what is older than that, a first word."""
    remembered = fact.published_at - line.last <= know.rules.after("memory")
    return Relation("opposite" if remembered else "first", f"polarity:{fact.polarity:+d}", _bar(line, fact, know))


def _reprinted(line: Line, fact: Fact) -> Shift | None:
    """The shift that the same origin already told in the same words."""
    mark = quote_mark(fact)
    return next((s for s in reversed(line.shifts) if mark in s.quotes and _polarity(s) == fact.polarity), None)


def _teller(line: Line, fact: Fact, rules: LedgerRules) -> Shift | None:
    """The shift it speaks of: by level if it names one that was left behind, else the present one."""
    state = line.state
    if state and differ(state.level, fact.level, rules):
        for shift in reversed(line.shifts):
            if shift.after and shift.after.level and not differ(shift.after.level, fact.level, rules):
                return shift
    return line.current


def _polarity(shift: Shift) -> int | None:
    return shift.after.polarity if shift.after else None


def _bar(line: Line, fact: Fact, know: Knowledge) -> float:
    """Back to what was so a short time ago needs more than a mention: most mentions of it are background."""
    rules = know.rules.confidence
    assert line.state is not None  # noqa: S101  # relate() has seen it
    recent = fact.published_at - line.state.since <= know.ttl(line.instrument)
    before = any(_polarity(shift) == fact.polarity for shift in line.shifts)
    return rules.again if recent and before else rules.alert


def _renewal(line: Line, fact: Fact, know: Knowledge) -> float:
    """Soon after a stance went stale a mention is background; twice its time later nobody recalls it in passing."""
    rules = know.rules.confidence
    forgotten = fact.published_at > line.fresh_until + know.ttl(line.instrument)
    return rules.alert if forgotten else rules.again


def _change(line: Line, fact: Fact, rules: LedgerRules) -> Relation | None:
    """Same polarity: a new level, a later stage, a harder act, an extension?"""
    state, shift = line.state, line.current
    if state is None or fact.instrument != line.instrument or (shift and shift.report_id == fact.report_id):
        return None
    again, age = rules.confidence.again, fact.published_at - state.since
    if new_level(line, fact, rules):
        return Relation("level", f"level:{level_mark(fact.level)}", again)
    if (
        fact.stage in rules.spans
        and age >= rules.after(fact.stage)
        and rules.rank(fact.stage) > rules.rank(state.status)
    ):
        return Relation("stage", f"stage:{fact.stage}:{fact.polarity:+d}", _told_stage(fact, rules))
    if age >= rules.after("harder") and fact.action in rules.harder.get(state.action, ()):
        return Relation("harder", f"action:{fact.action}", again)
    if age >= rules.after("extend") and fact.action == "extend" and state.action != "extend":
        return Relation("extend", "action:extend", again)
    return None


def _told_stage(fact: Fact, rules: LedgerRules) -> float:
    """ "Is now in force" is never said in passing; "signed" often is."""
    return rules.confidence.alert if fact.stage == "in-effect" else rules.confidence.again
