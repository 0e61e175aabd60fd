"""Entry -> an Entry within its bounds: what is too old to be joined by a late claim is folded away."""

from services.monitor.analysis.hearing import hear, opened
from services.monitor.analysis.knowledge import Knowledge
from services.monitor.analysis.rows import Entry, standing
from services.monitor.analysis.stances import Snapshot


def settle(row: Entry, know: Knowledge) -> Entry:
    """Fold the oldest facts into the snapshot: those beyond the lateness bound, and an eighth when the row is full.

    A small row keeps everything: folding away changes no result, it only ends the patience with late claims.
    """
    count = _surplus(row, know)
    if count == 0:
        return row
    horizon = row.facts[count - 1].place
    old = [fact for fact in standing(row) if fact.place <= horizon]
    book = opened(row, know)
    hear(book, old)
    done = {fact.id for fact in old}
    return row.model_copy(
        update={
            "facts": tuple(fact for fact in row.facts if fact.place > horizon and fact.id not in done),
            "gone": {key: when for key, when in row.gone.items() if when >= horizon[0]},
            "horizon": horizon,
            "snapshot": Snapshot(tuple(book.lines.values()), book.counts),
        }
    )


def _surplus(row: Entry, know: Knowledge) -> int:
    """How many of the oldest facts go; whole reports, so a report is never read in two halves."""
    bounds, total = know.rules.bounds, len(row.facts)
    if total <= bounds.settled:
        return 0
    limit = row.facts[-1].published_at - know.rules.after("lateness")
    late = sum(fact.published_at < limit for fact in row.facts)
    crowd = total - bounds.window + bounds.window // 8 if total > bounds.window else 0
    count = max(min(late, total - bounds.settled), crowd)
    while 0 < count < total and row.facts[count].place == row.facts[count - 1].place:
        count += 1
    return count
