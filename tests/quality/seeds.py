"""The five seed documents in; core, secondary and extra alerts counted against the editor's list."""

import json
from pathlib import Path

from schemas import Article, PolicyShiftAlert
from tests.quality.gold import DATA, Row, root
from tests.quality.seam import run
from tests.quality.tally import Tally

SEEDS = Path(__file__).parents[2] / "seeds"
SLUGS = {"peace-negotiations": "peace-talks"}
"""The list was written before the lexicon: its one older name."""


def score(tally: Tally) -> None:
    """The whole replay at once. Both columns hold the same: everybody has read the seeds."""
    from services.feeder.sources import read_articles

    gold = json.loads((DATA / "seed_alerts.json").read_text())
    articles = [item for item in read_articles(SEEDS) if isinstance(item, Article)]
    days = {report["report"]: report["published_at"] for report in gold["reports"]}
    met: dict[str, list[PolicyShiftAlert]] = {alert["id"]: [] for alert in gold["alerts"]}
    extra = []
    for alert in run(sorted(articles, key=lambda article: article.published_at)).alerts:
        told = [wanted["id"] for wanted in gold["alerts"] if _told(alert, wanted, day=days[wanted["report"]])]
        met[told[0]].append(alert) if told else extra.append(alert)
    _count(gold["alerts"], met, extra, tally)
    hard = [negative["text"] for negative in gold["hard_negatives"]]
    bare = [all(any(text in e.quote for text in hard) for e in alert.evidence) for alert in extra]
    tally.add("seeds: extra alerts on a hard negative alone", "tune", hits=sum(bare), chances=1)


def _count(
    wanted: list[Row], met: dict[str, list[PolicyShiftAlert]], extra: list[PolicyShiftAlert], tally: Tally
) -> None:
    for alert in wanted:
        found = met[alert["id"]]
        tally.count(f"seeds: {alert['tier']} alerts, once each", "tune", len(found) == 1)
        if len(found) != 1:
            told = [f"{a.headline} [{a.transition}]" for a in found]
            tally.fail(
                "tune", f"seed {alert['tier']} {len(found)} times", id=alert["id"], text=alert["evidence"], found=told
            )
    tally.add("seeds: extra alerts (count)", "tune", hits=len(extra), chances=1)
    for alert in extra:
        tally.fail("tune", "seed extra", found=f"{alert.headline} [{alert.transition}]", quote=alert.evidence[0].quote)


def _told(alert: PolicyShiftAlert, wanted: Row, *, day: str) -> bool:
    """Same actor, family and direction on the report's day; the target where both name one, or the listed words."""
    named = alert.target.id if alert.target else None
    quoted = any(wanted["evidence"] in evidence.quote for evidence in alert.evidence)
    return (
        alert.actor.id == wanted["actor"]
        and root(alert.instrument) == root(SLUGS.get(wanted["instrument"], wanted["instrument"]))
        and alert.polarity == wanted["polarity"]
        and (quoted or None in {named, wanted["target"]} or named == wanted["target"])
        and f"{alert.times.published:%Y-%m-%d}" == day
    )
