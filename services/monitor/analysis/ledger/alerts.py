"""(Shift, actor) -> PolicyShiftAlert: everything a subscriber needs to check and to act."""

from typing import Any, Literal

from schemas import Certainty, Evidence, Party, PolicyShiftAlert, Times
from services.monitor.analysis.ledger.facts import Fact
from services.monitor.analysis.ledger.headline import headline
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.ledger.shifts import Shift, revision
from services.monitor.analysis.ledger.witnesses import independent, noisy_or
from services.monitor.lexicon.ledger import LedgerRules

Kind = Literal["alert", "update", "cancel"]


def alert_of(shift: Shift, actor: Party, know: Knowledge, kind: Kind = "alert") -> PolicyShiftAlert:
    """The alert about a promoted shift. `kind` is its `type`: the ledger knows what was sent before."""
    assert shift.after is not None  # noqa: S101  # only promoted shifts are listed
    assert shift.made_at is not None  # noqa: S101
    return PolicyShiftAlert.model_construct(
        alert_id=shift.alert_id,
        type=kind,
        revision=revision(shift, actor),
        references=shift.references,
        transition=shift.transition,
        actor=actor,
        speaker=shift.speaker,
        instrument=shift.instrument,
        target=shift.target,
        polarity=shift.after.polarity,
        before=shift.before,
        after=shift.after,
        headline=headline(shift, actor, know),
        plover=know.plover(shift.instrument, shift.after),
        times=Times(event=shift.event_at, published=shift.made_at),
        **_support(shift, know.rules),
    )


def _support(shift: Shift, rules: LedgerRules) -> dict[str, Any]:
    """The fields that say how well it is supported, by whom and where."""
    weights = independent(shift.witnesses, rules.confidence)
    sure = noisy_or(weights, rules.confidence)
    return {
        "certainty": certainty(shift, len(weights), rules),
        "confidence": sure,
        "reasons": (*shift.facts[0].reasons, f"{len(weights)} independent origins: {sure:.2f}"),
        "origins": len(weights),
        "reach": shift.reach,
        "evidence": tuple(_evidence(fact) for fact in shift.facts),
        "topics": shift.topics,
        "notify": shift.notify,
    }


def certainty(shift: Shift, origins: int, rules: LedgerRules) -> Certainty:
    """Confirmed: two independent origins, or one sentence as sure as they come by a minister or above."""
    least = rules.confidence
    sure = any(fact.confidence >= least.official and fact.rank >= least.official_rank for fact in shift.facts)
    return "confirmed" if sure or origins > 1 else "possible"


def _evidence(fact: Fact) -> Evidence:
    return Evidence.model_construct(
        quote=fact.quote,
        start=fact.start,
        end=fact.end,
        report_id=fact.report_id,
        article_id=fact.article_id,
        source=fact.source,
        url=fact.url,
        published_at=fact.published_at,
        rule=fact.rule,
        claim_id=fact.id,
    )
