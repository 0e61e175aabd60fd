"""One report's Facts -> those that are its news, in the order in which the ledger should hear them."""

from collections import defaultdict
from collections.abc import Iterable

from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.kinship import distinct, outworded
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.ledger.levels import differ
from services.monitor.analysis.ledger.stances import line_key
from services.monitor.lexicon.ledger import LedgerRules


def account(facts: Iterable[Fact], know: Knowledge) -> list[Fact]:
    """Broader instruments first, the surest sentence of each first; without what is background to the news."""
    rules = know.rules
    heard = distinct((fact for fact in facts if fact.confidence >= rules.confidence.floor), know)
    by_line: dict[str, list[Fact]] = defaultdict(list)
    for fact in heard:
        by_line[line_key(fact.instrument, None if know.domestic(fact.instrument) else fact.target)].append(fact)
    kept = [fact for group in by_line.values() for fact in _consistent(group, rules)]
    kept = [fact for fact in kept if not _outspoken(fact, kept, rules.margin)]
    return sorted(kept, key=lambda fact: (len(know.ancestors(fact.instrument)), outworded(fact, kept, know),
                                          -fact.confidence, fact.start, fact.id))  # fmt: skip


def _consistent(group: list[Fact], rules: LedgerRules) -> list[Fact]:
    """One report has one say on a line: the surest polarity, or about as sure the one told first.

    "Resumed aid, which it had paused": the pause is background, whether or not we knew of it.
    """
    firm = [fact for fact in group if fact.stage != "floated"]
    talk = [fact for fact in group if fact.stage == "floated"]
    if not firm:
        return talk
    top = max(fact.confidence for fact in firm)
    lead = min((fact for fact in firm if fact.confidence >= top - rules.margin), key=_first)
    return [_level_of(lead, fact, rules) for fact in firm if fact.polarity == lead.polarity]


def _first(fact: Fact) -> tuple[int, bool, float, str]:
    """Text order; of one sentence the claim that names its target, then the surer one."""
    return (fact.start, fact.target_inferred, -fact.confidence, fact.id)


def _level_of(lead: Fact, fact: Fact, rules: LedgerRules) -> Fact:
    """Another level in the same report is where it was before, or a part: not the report's news."""
    return fact.model_copy(update={"level": None}) if differ(lead.level, fact.level, rules) else fact


def _outspoken(fact: Fact, kept: list[Fact], margin: float) -> bool:
    """Is `fact` an unnamed target's background to an opposite, surer act on a named one?"""
    return fact.target is None and any(
        other.instrument == fact.instrument
        and other.target is not None
        and other.polarity == -fact.polarity
        and other.confidence > fact.confidence + margin
        for other in kept
    )
