"""Storylines in; shifts alerted, repeated and false alerts counted."""

import json
from pathlib import Path

from schemas import Article, PolicyShiftAlert
from tests.quality.gold import DATA, Row, close, related, same_actor, without_mirrors
from tests.quality.seam import run
from tests.quality.split import half
from tests.quality.tally import Tally

FALSE = "storylines: false alerts per 50 articles"


def storylines() -> list[Path]:
    """One file of articles each; what is expected stands beside it."""
    return sorted((DATA / "storylines").glob("*.jsonl"))


def score(path: Path, tally: Tally) -> None:
    """A whole stream at once: every alert is a shift's first, a repeat of one, or false."""
    articles = [Article.model_validate_json(line) for line in path.read_text().splitlines()]
    gold = json.loads(path.with_suffix(".expected.json").read_text())["shifts"]
    side = half(path.stem)
    alerts = without_mirrors(run(articles).alerts)
    verdicts, met = judged(alerts, gold, articles)
    for alert, verdict in zip(alerts, verdicts, strict=True):
        if verdict != "alerted":
            told = {
                "id": path.stem,
                "found": f"{alert.headline} [{alert.transition}]",
                "quote": alert.evidence[0].quote,
            }
            tally.fail(side, f"storyline {verdict}", **told)
    tally.count("storylines: repeated alerts", side, [verdict == "repeated" for verdict in verdicts])
    tally.add(FALSE, side, hits=verdicts.count("false"), chances=len(articles) / 50)
    for number, shift in enumerate(gold):
        if not shift.get("optional"):
            tally.count("storylines: shifts alerted", side, number in met)
            if number not in met:
                tally.fail(side, "storyline shift missed", id=path.stem, shift=shift)


def judged(
    alerts: list[PolicyShiftAlert], gold: list[Row], articles: list[Article]
) -> tuple[list[str], dict[int, PolicyShiftAlert]]:
    """Each alert's verdict (alerted, repeated or false), and the alert that met each shift, by the shift's place."""
    met: dict[int, PolicyShiftAlert] = {}
    return [_verdict(alert, gold, articles, met=met) for alert in alerts], met


def _verdict(
    alert: PolicyShiftAlert, gold: list[Row], articles: list[Article], *, met: dict[int, PolicyShiftAlert]
) -> str:
    """The latest shift of this kind that was in the stream by then and is not told yet; required before optional."""
    told = [n for n, shift in enumerate(gold) if _told(alert, shift) and _begun(alert, shift, articles)]
    new = [n for n in told if n not in met]
    new.sort(key=lambda n: (not gold[n].get("optional"), alert.instrument == gold[n]["instrument"], n))
    met.update(dict.fromkeys(new[-1:], alert))
    return "alerted" if new else "repeated" if told else "false"


def _begun(alert: PolicyShiftAlert, shift: Row, articles: list[Article]) -> bool:
    return articles[shift["first_article"]].published_at <= alert.times.published


def _told(alert: PolicyShiftAlert, shift: Row) -> bool:
    """A shift whose polarity is 0 (a denial) is met by any alert of its actor and family that denies."""
    if shift["polarity"] == 0:
        return same_actor(alert, shift) and related(alert, shift) and alert.transition == "denied"
    named = alert.target.id if alert.target else None
    return close(alert, shift) and (
        shift.get("reciprocal") or None in {named, shift["target"]} or named == shift["target"]
    )
