"""Contrast pairs in; whether one shift alerted once, two shifts twice, and a non-event not at all, counted."""

from schemas import Claim, PolicyShiftAlert
from tests.quality.gold import Row, close, related, same_actor, without_mirrors
from tests.quality.seam import Run, an_article, run
from tests.quality.split import half
from tests.quality.tally import Tally


def _pair(row: Row) -> Run:
    sides = [an_article(row[side]["text"], {**row[side], "id": f"{row['id']}-{side}"}) for side in ("first", "second")]
    return run(sides)


def _read(found: Run, row: Row, expected: list[Row]) -> bool:
    """Both texts made the claim they should: what remains is the ledger's doing."""
    times = [row[side]["published_at"] for side in ("first", "second")]
    made = [[claim for claim in found.claims if _at(claim) == time] for time in times]
    wanted = [expected[0], expected[-1]]
    return all(any(same_actor(c, e) and related(c, e) for c in cs) for cs, e in zip(made, wanted, strict=True))


def _at(claim: Claim) -> str:
    return claim.published_at.isoformat().replace("+00:00", "Z")


def paraphrase(row: Row, tally: Tally) -> None:
    """Two outlets, one shift: exactly one alert."""
    found, side = _pair(row), half(row["id"])
    alerts, right = without_mirrors(found.alerts), any(close(a, e) for a in found.alerts for e in row["expected"])
    once = len(alerts) == 1 and right
    tally.count("paraphrase pairs: one alert", side, once)
    tally.count("paraphrase pairs: repeated", side, len(alerts) > 1)
    if _read(found, row, row["expected"]):
        tally.count("paraphrase pairs: one alert when both were read", side, once)
    if not once:
        _fail(tally, side, f"paraphrase {len(alerts)} alerts", row=row, alerts=alerts)


def reversal(row: Row, tally: Tally) -> None:
    """The state changed in between: exactly two alerts, in order, each as expected."""
    found, side = _pair(row), half(row["id"])
    alerts = without_mirrors(found.alerts)
    both = len(alerts) == 2 and all(close(a, e) for a, e in zip(alerts, row["expected"], strict=True))
    for metric in ("", f" ({row['kind']})"):
        tally.count(f"reversal pairs{metric}: two alerts", side, both)
    if _read(found, row, row["expected"]):
        tally.count("reversal pairs: two alerts when both were read", side, both)
    if both:
        tally.count("reversal pairs: transition named", side, alerts[1].transition in row["transitions"][1])
    else:
        _fail(tally, side, f"{row['kind']} {len(alerts)} alerts", row=row, alerts=alerts)


def _fail(tally: Tally, side: str, what: str, *, row: Row, alerts: list[PolicyShiftAlert]) -> None:
    told = [f"{a.headline} [{a.transition}]" for a in alerts]
    tally.fail(side, what, id=row["id"], first=row["first"]["text"], second=row["second"]["text"], found=told)


def minimal(row: Row, tally: Tally) -> None:
    """The negative differs by a word or two and must stay silent; the positive must not."""
    side = half(row["id"])
    silent = not (alerts := run([an_article(row["negative"], row)]).alerts)
    tally.count("factuality: false alerts", side, not silent)
    if not silent:
        tally.fail(
            side, "factuality false alert", id=row["id"], text=row["negative"], found=[a.headline for a in alerts]
        )
    if row["id"].endswith("-1"):
        alerts = run([an_article(row["positive"], row)]).alerts
        heard = any(close(a, row["expected"]) for a in alerts)
        tally.count("factuality: positives alerted", side, heard)
        if not heard:
            found = [a.headline for a in alerts]
            tally.fail(side, "factuality positive missed", id=row["id"], text=row["positive"], found=found)
