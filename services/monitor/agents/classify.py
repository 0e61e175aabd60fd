"""reports.unique -> reports.classified: IPTC Media Topics."""

from collections.abc import AsyncIterable

from schemas import ClassifiedReport, Report
from services.monitor.analysis.topics.model import TopicModel
from services.monitor.ports import Outlet, Tally


async def classify(reports: AsyncIterable[Report], *, topics: TopicModel, classified: Outlet, tally: Tally) -> None:
    """Say what a report is about. A canceled report passes through: extract takes its claims back."""
    async for report in reports:
        found = topics.classify(report.title, report.text) if report.status == "usable" else ()
        await classified.send([(report.id, ClassifiedReport(**dict(report), topics=found))])
        tally.about([topic.code for topic in found])
        tally.outcome("classify", "canceled" if report.status == "canceled" else _outcome(found))


def _outcome(found: tuple[object, ...]) -> str:
    return "classified" if found else "unclassified"
