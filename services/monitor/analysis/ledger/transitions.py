"""(before, after) -> the word for what happened, by the tables of data/ledger.toml."""

from schemas import Level, StanceState, Transition
from services.monitor.analysis.ledger.shifts import Kind
from services.monitor.lexicon.ledger import LedgerRules


def transition(kind: Kind, before: StanceState | None, after: StanceState, rules: LedgerRules) -> Transition:
    """The word for what happened, by table (data/ledger.toml)."""
    if kind in ("stage", "again", "extend"):
        return "advanced" if kind == "stage" else "renewed"
    if kind == "level" and before and before.level and after.level:
        return _level_word(before.level, after)
    if before is not None and before.polarity == -after.polarity:
        pair = rules.pairs.get(f"{before.action}/{after.action}")
        return pair or rules.opposite.get(after.action) or rules.first[after.action]
    return rules.first[after.action]


def _level_word(before: Level, after: StanceState) -> Transition:
    assert after.level is not None  # noqa: S101  # transition() has seen it
    if after.level.unit == "money" and after.action == "provide":
        return "renewed"
    if after.level.value != before.value:
        return "raised" if after.level.value > before.value else "lowered"
    return "delayed" if (after.level.by or 0) > (before.by or 0) else "advanced"
