"""articles.raw -> reports.unique: cleaned, cut into single reports, copies marked."""

from collections.abc import AsyncIterable

from schemas import Article
from services.monitor.analysis.intake.intake import Intake
from services.monitor.analysis.intake.memory import CopyMemory
from services.monitor.ports import Outlet, Tally


async def deduplicate(
    articles: AsyncIterable[Article], *, intake: Intake, memory: CopyMemory, unique: Outlet, tally: Tally
) -> None:
    """Send what is new; only then remember it, so that a crash in between repeats and never loses."""
    async for article in articles:
        taken = intake.take(article, memory)
        await unique.send([(report.id, report) for report in taken.reports])
        memory.apply(taken.writes)
        for reason, amount in taken.reasons.items():
            tally.event("parts_dropped_total", reason, amount=amount)
        for report in taken.reports:
            tally.event("reports_total", report.kind)
        tally.outcome("deduplicate", taken.outcome)
