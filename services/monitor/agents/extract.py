"""reports.classified -> reports.enriched and claims: who is in it, and which policy it says changes."""

from collections.abc import AsyncIterable

from schemas import ClassifiedReport
from services.monitor.analysis.told import Told, changes, claim_key
from services.monitor.analysis.understanding import Understanding
from services.monitor.ports import Outlet, Tally


async def extract(
    reports: AsyncIterable[ClassifiedReport],
    *,
    understanding: Understanding,
    told: Told,
    enriched: Outlet,
    claims: Outlet,
    tally: Tally,
) -> None:
    """Send the report's claims, and take back those an earlier version of it made and this one does not."""
    async for report in reports:
        understood = understanding.of(report)
        news = changes(told.claims(report.id), understood.claims)
        await claims.send([(claim_key(claim), claim) for claim in news.send])
        await enriched.send([(report.id, understood)])
        told.apply(report.id, news)
        tally.event("claims_total", "asserted", amount=len(understood.claims))
        tally.event("claims_total", "retracted", amount=news.retracted)
        tally.outcome("extract", news.outcome)
