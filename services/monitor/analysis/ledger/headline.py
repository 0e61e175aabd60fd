"""(Shift, actor) -> the line a person can check: `United States → Ukraine · military aid: not known → suspended`."""

from schemas import Level, Party, StanceState
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.ledger.shifts import Shift

UNITS = {
    "percent": "%",
    "percent-of-gdp": "% of GDP",
    "percent-of-gni": "% of GNI",
    "percentage-points": " points",
    "basis-points": " basis points",
}


def headline(shift: Shift, actor: Party, know: Knowledge) -> str:
    """Who, to whom, what: before → after. How sure it is stands elsewhere."""
    whom = f" → {shift.target.name}" if shift.target else ""
    return f"{actor.name}{whom} · {know.title(shift.instrument)}: {_change(shift, know)}"


def _change(shift: Shift, know: Knowledge) -> str:
    before, after = shift.before, shift.after
    if after is None:
        return ""
    if after.status == "denied":
        return f"{_state(before, know)} → denied"
    if before and before.level and after.level and before.level.unit == after.level.unit:
        return f"{_word(after, know)} {_level(before.level)} → {_level(after.level)} ({_stage(after)})"
    return f"{_state(before, know)} → {_state(after, know)}"


def _state(state: StanceState | None, know: Knowledge) -> str:
    if state is None:
        return "not known"
    level = f"{_level(state.level)}, " if state.level else ""
    return f"{_word(state, know)} ({level}{_stage(state)})"


def _word(state: StanceState, know: Knowledge) -> str:
    return know.rules.words[state.action]


def _stage(state: StanceState) -> str:
    return state.status.replace("-", " ")


def _level(level: Level) -> str:
    """The number and its unit; the words of the text where the unit says too little."""
    if level.unit not in UNITS:
        return level.text
    return f"{level.value:g}{UNITS[level.unit]}" + (f" by {level.by}" if level.by else "")
