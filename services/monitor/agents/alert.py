"""claims -> alerts.policy-shift and stances: the ledger says what changed."""

from collections.abc import AsyncIterable

from schemas import Claim, PolicyShiftAlert
from services.monitor.analysis.ledger.fold import Entry, advance
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.told import claim_key
from services.monitor.ports import Memory, Outlet, Tally


async def alert(
    claims: AsyncIterable[Claim],
    *,
    knowledge: Knowledge,
    ledger: Memory[Entry],
    alerts: Outlet,
    stances: Outlet,
    tally: Tally,
) -> None:
    """Fold the claim in; send what is new, different or no longer so; only then remember it."""
    async for claim in claims:
        key = claim_key(claim)
        step = advance(ledger.get(key), claim, knowledge)
        await stances.send([(stance.key, stance) for stance in step.stances])
        await alerts.send([(shift.alert_id, shift) for shift in step.alerts], cause=claim)
        if step.entry is not None:
            ledger[key] = step.entry
        _count(step.alerts, tally)


def _count(alerts: tuple[PolicyShiftAlert, ...], tally: Tally) -> None:
    """One outcome per claim, the weightiest: alert before update before cancel."""
    for shift in alerts:
        tally.told(shift)
    kinds = {shift.type for shift in alerts}
    tally.outcome("alert", next((kind for kind in ("alert", "update", "cancel") if kind in kinds), "unchanged"))
