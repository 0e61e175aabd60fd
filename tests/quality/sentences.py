"""Labelled sentences in; precision, recall, exactness, wrong polarity, quotes and trust counted."""

from schemas import PolicyShiftAlert
from tests.quality.gold import Row, certain, contrary, exact, related
from tests.quality.seam import Run, an_article, run
from tests.quality.split import half
from tests.quality.tally import Tally


def score(row: Row, tally: Tally) -> None:
    """One sentence, with its context before it, as one article."""
    found, side = run([an_article(row["text"], row)]), half(row["id"])
    wanted = certain(row["expected"])
    fires, hit = bool(found.alerts), any(related(a, e) for a in found.alerts for e in wanted)
    if fires:
        tally.count("sentences: precision", side, hit)
    if wanted:
        tally.count("sentences: recall", side, hit)
        tally.count("sentences: exact recall", side, [any(exact(a, e) for a in found.alerts) for e in wanted])
    if hit:
        tally.count("sentences: exact when detected", side, any(exact(a, e) for a in found.alerts for e in wanted))
    _alerts(row, found, tally, side=side)
    if fires != bool(wanted) or fires != hit:
        what = "false alert" if fires and not wanted else "other instrument" if fires else "missed"
        tally.fail(side, f"sentence {what}", kind=row["kind"], id=row["id"], text=row["text"], found=_told(found))


def _alerts(row: Row, found: Run, tally: Tally, *, side: str) -> None:
    wanted = certain(row["expected"])
    for alert in found.alerts:
        right = [e for e in wanted if exact(alert, e)]
        wrong = not right and any(contrary(alert, e) for e in wanted)
        tally.count("sentences: exact precision", side, bool(right))
        tally.count("sentences: wrong polarity", side, wrong)
        tally.trust.append((side, alert.confidence, bool(right)))
        for expected in right[:1]:
            if expected["target"] and not expected.get("reciprocal"):
                tally.count("sentences: target", side, bool(alert.target and alert.target.id == expected["target"]))
        if wanted and not right:
            what = "sentence wrong polarity" if wrong else "sentence inexact"
            tally.fail(side, what, kind=row["kind"], id=row["id"], text=row["text"], found=_told(found))
        _quotes(found, alert, tally, side=side)


def _quotes(found: Run, alert: PolicyShiftAlert, tally: Tally, *, side: str) -> None:
    for seen in alert.evidence:
        text = found.reports[seen.report_id].text
        tally.count("quotes at their offsets", side, text[seen.start : seen.end] == seen.quote)


def _told(found: Run) -> list[str]:
    return [f"{a.actor.id} {a.instrument} {a.polarity:+d} {a.target.id if a.target else '-'}" for a in found.alerts]
