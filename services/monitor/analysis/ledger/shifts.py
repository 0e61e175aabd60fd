"""Facts -> Shift: one transition of a stance, as a candidate or alerted, with everything its alert will say."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from schemas import Party, Speaker, StanceState, Transition, stable_id
from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.witnesses import Witness, heard, independent, noisy_or
from services.monitor.lexicon.ledger import LedgerRules

Kind = Literal["first", "opposite", "again", "level", "stage", "harder", "extend", "denied"]


class Shift(NamedTuple):
    """A transition. Without `alert_id` it is a candidate that waits for more witnesses.

    `history` digests the facts told, in their order: with the opening it decides everything else.
    """

    kind: Kind
    signature: str
    instrument: str
    target: Party | None
    report_id: str
    since: datetime
    last: datetime
    facts: tuple[Fact, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    articles: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    reach: int = 0
    speaker: Speaker | None = None
    topics: tuple[str, ...] = ()
    notify: bool = False
    event_at: datetime | None = None
    alert_id: str = ""
    transition: Transition = "opened"
    before: StanceState | None = None
    after: StanceState | None = None
    made_at: datetime | None = None
    references: tuple[str, ...] = ()
    history: str = ""

    def confidence(self, rules: LedgerRules) -> float:
        """Noisy-or over independent witnesses."""
        return noisy_or(independent(self.witnesses, rules.confidence), rules.confidence)


def candidate(kind: Kind, signature: str, fact: Fact) -> Shift:
    """A shift that nobody has told yet; `fact` will be the first."""
    return Shift(kind, signature, fact.instrument, fact.target, fact.report_id, fact.published_at, fact.published_at)


def quote_mark(fact: Fact) -> str:
    """The words of one origin: the same mark again is a reprint."""
    return stable_id(fact.origin, fact.quote, length=8)


def told(shift: Shift, fact: Fact, rules: LedgerRules) -> Shift:
    """The shift with one more fact for it."""
    most = rules.bounds
    mark, article = quote_mark(fact), stable_id(fact.article_id, length=8)
    known = article in shift.articles
    return shift._replace(
        last=max(shift.last, fact.published_at),
        facts=best_facts((*shift.facts, fact), most.evidence),
        witnesses=heard(shift.witnesses, fact, most.origins),
        articles=shift.articles if known else (*shift.articles, article)[-most.articles :],
        quotes=shift.quotes if mark in shift.quotes else (*shift.quotes, mark)[-most.articles :],
        reach=shift.reach + (not known),
        speaker=_speaker(shift, fact, rules),
        topics=_union(shift.topics, fact.topics, most.topics),
        notify=shift.notify or fact.notify,
        event_at=shift.event_at or fact.event_at,
        history=stable_id(shift.history, fact.mark, length=12),
    )


def revision(shift: Shift, actor: Party) -> str:
    """Digest of everything that an alert about the shift says, without building it."""
    states = (shift.before, shift.after, shift.target, actor)
    words = (part.model_dump_json() if part else "-" for part in states)
    return stable_id(shift.alert_id, shift.transition, shift.history, *shift.references, *words, length=16)


def best_facts(facts: Iterable[Fact], most: int) -> tuple[Fact, ...]:
    """Best first: the surest, by the highest speaker, the earliest; one per origin before any second."""
    ordered = sorted(facts, key=lambda fact: (-fact.confidence, -fact.rank, *fact.place, fact.start, fact.id))
    firsts: dict[str, Fact] = {}
    for fact in ordered:
        firsts.setdefault(fact.origin, fact)
    chosen = list(firsts.values())
    taken = {fact.id for fact in chosen}
    rest = [fact for fact in ordered if fact.id not in taken]
    return tuple((chosen + rest)[:most])


def _speaker(shift: Shift, fact: Fact, rules: LedgerRules) -> Speaker | None:
    """The highest-ranking speaker of a claim that could stand alone; the earlier one among equals."""
    if fact.speaker is None or fact.confidence < rules.confidence.alert:
        return shift.speaker
    return fact.speaker if shift.speaker is None or fact.rank > shift.speaker.rank else shift.speaker


def _union(known: tuple[str, ...], new: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *new)))[:most]
