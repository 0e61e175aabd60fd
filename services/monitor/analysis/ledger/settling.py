"""Entry -> an Entry within its bounds: what is too old to be joined by a late claim is folded away."""

from datetime import datetime

from services.monitor.analysis.ledger.hearing import hear, opened
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.ledger.rows import Entry, standing
from services.monitor.analysis.ledger.stances import Snapshot


def settle(row: Entry, know: Knowledge) -> Entry:
    """Fold the oldest reports into the snapshot: those beyond the lateness bound, and an eighth when the row is full.

    A small row keeps everything: folding away changes no result, it only ends the patience with late claims.
    """
    horizon = _horizon(row, know)
    if horizon is None:
        return row
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


def _horizon(row: Entry, know: Knowledge) -> tuple[datetime, str] | None:
    """The last report to fold away. The newest one may still be arriving: it is spared while there is room."""
    count = _surplus(row, know)
    if count == 0:
        return None
    horizon, newest = row.facts[count - 1].place, row.facts[-1].place
    if horizon == newest and len(row.facts) <= 2 * know.rules.bounds.window:
        return max((fact.place for fact in row.facts if fact.place < newest), default=None)
    return horizon


def _surplus(row: Entry, know: Knowledge) -> int:
    """How many of the oldest facts are too many."""
    bounds, total = know.rules.bounds, len(row.facts)
    if total <= bounds.settled:
        return 0
    limit = row.facts[-1].published_at - know.rules.after("lateness")
    late = sum(fact.published_at < limit for fact in row.facts)
    crowd = total - bounds.window + bounds.window // 8 if total > bounds.window else 0
    return max(min(late, total - bounds.settled), crowd)
