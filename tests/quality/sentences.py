"""Labelled sentences in; precision, recall, exactness, wrong polarity, quotes and trust counted."""

from schemas import PolicyShiftAlert
from tests.quality.gold import Row, allowed, certain, contrary, exact, related
from tests.quality.seam import Run, an_article, run
from tests.quality.split import half
from tests.quality.tally import Tally


def practice(row: Row, tally: Tally) -> None:
    """A sentence to learn from: all of it is tune, and it counts for nothing else."""
    score(row, tally, name="practice", side="tune")


def fresh(row: Row, tally: Tally) -> None:
    """A sentence of the later sets, whose authors knew neither the lexicon nor the reader."""
    score(row, tally, name="fresh")


def score(row: Row, tally: Tally, *, name: str = "sentences", side: str = "") -> None:
    """One sentence, with its context before it, as one article."""
    found, side = run([an_article(row["text"], row)]), side or half(row["id"])
    wanted = certain(row["expected"])
    fires, hit = bool(found.alerts), any(related(a, e) for a in found.alerts for e in wanted)
    for style in ("", " (wire style)") if row["kind"] == "wire" else ("",):
        if fires:
            tally.count(f"{name}{style}: precision", side, hit)
        if wanted:
            tally.count(f"{name}{style}: recall", side, hit)
    if wanted:
        tally.count(f"{name}: exact recall", side, [any(exact(a, e) for a in found.alerts) for e in wanted])
    if hit:
        tally.count(f"{name}: exact when detected", side, any(exact(a, e) for a in found.alerts for e in wanted))
    _alerts(row, found, tally, name=name, side=side)
    if fires != bool(wanted) or fires != hit:
        what = "false alert" if fires and not wanted else "other instrument" if fires else "missed"
        tally.fail(side, f"{name} {what}", kind=row["kind"], id=row["id"], text=row["text"], found=_told(found))


def _alerts(row: Row, found: Run, tally: Tally, *, name: str, side: str) -> None:
    wanted = allowed(row["expected"])
    for alert in found.alerts:
        right = [e for e in wanted if exact(alert, e)]
        wrong = not right and any(contrary(alert, e) for e in wanted)
        tally.count(f"{name}: exact precision", side, bool(right))
        tally.count(f"{name}: wrong polarity", side, wrong)
        if name != "practice":
            tally.trust.append((side, alert.confidence, bool(right)))
        for expected in right[:1]:
            if expected["target"] and not expected.get("reciprocal"):
                tally.count(f"{name}: target", side, bool(alert.target and alert.target.id == expected["target"]))
        if wanted and not right:
            what = f"{name} wrong polarity" if wrong else f"{name} inexact"
            tally.fail(side, what, kind=row["kind"], id=row["id"], text=row["text"], found=_told(found))
        _quotes(found, alert, tally, side=side)


def _quotes(found: Run, alert: PolicyShiftAlert, tally: Tally, *, side: str) -> None:
    for seen in alert.evidence:
        text = found.reports[seen.report_id].text
        tally.count("quotes at their offsets", side, text[seen.start : seen.end] == seen.quote)


def _told(found: Run) -> list[str]:
    return [f"{a.actor.id} {a.instrument} {a.polarity:+d} {a.target.id if a.target else '-'}" for a in found.alerts]
