"""Whole pages in; shifts alerted, extra and repeated alerts out. Run: python -m tests.quality.score_pages.

Every page is read alone, but the pages of one story as one stream, in order. `--failures` writes the tune half's
missed shifts and extra alerts as JSON lines; the test half is counted and never shown.
"""

import argparse
import json
import re
from pathlib import Path

from rich.console import Console

from schemas import Article, PolicyShiftAlert
from tests.quality import table
from tests.quality.gold import Row, exact, rows, without_mirrors
from tests.quality.seam import run
from tests.quality.split import half
from tests.quality.streams import judged
from tests.quality.tally import Tally


def stories() -> dict[str, list[Row]]:
    """The pages of each story in order of publication; a page without a story is one of its own, named by its id."""
    told: dict[str, list[Row]] = {}
    for page in sorted(rows("pages.jsonl"), key=lambda page: page["article"]["published_at"]):
        told.setdefault(str(page.get("story") or page["id"]), []).append(page)
    return told


def shifts(pages: list[Row]) -> list[Row]:
    """What is new page by page: a follow-up's `expected_new`, else all that its page tells."""
    return [
        {**shift, "first_article": number}
        for number, page in enumerate(pages)
        for shift in page["expected_new" if "expected_new" in page else "expected"]
    ]


def score(name: str, pages: list[Row], tally: Tally) -> None:
    """One story: every alert is a shift's first, a repeat of one, or extra."""
    articles = [Article.model_validate(page["article"]) for page in pages]
    gold, side = shifts(pages), half(name)
    alerts = without_mirrors(run(articles).alerts)
    verdicts, met = judged(alerts, gold, articles)
    _recalled(name, gold, met, tally)
    extra = [alert for alert, verdict in zip(alerts, verdicts, strict=True) if verdict == "false"]
    hard = [_letters(text) for page in pages for text in page["hard_negatives"]]
    baited = [_on_bait(alert, hard) for alert in extra]
    tally.add("pages: extra alerts per 50 pages", side, hits=len(extra), chances=len(pages) / 50)
    tally.add("pages: extra on a hard negative per 50 pages", side, hits=sum(baited), chances=len(pages) / 50)
    tally.count("pages: repeated alerts", side, [verdict == "repeated" for verdict in verdicts])
    for alert, verdict in zip(alerts, verdicts, strict=True):
        if verdict != "alerted":
            what = "hard negative" if _on_bait(alert, hard) else verdict
            _tell(alert, f"page {what}", tally, name=name)


def _recalled(name: str, gold: list[Row], met: dict[int, PolicyShiftAlert], tally: Tally) -> None:
    """What may alert and need not is asked of nobody."""
    side = half(name)
    for number, shift in enumerate(gold):
        if shift.get("optional"):
            continue
        tally.count("pages: shifts alerted", side, number in met)
        tally.count("pages: shifts alerted exactly", side, number in met and exact(met[number], shift))
        if number not in met:
            tally.fail(side, "page shift missed", id=name, shift=shift)


def _tell(alert: PolicyShiftAlert, failure: str, tally: Tally, *, name: str) -> None:
    headline = f"{alert.headline} [{alert.transition}]"
    tally.fail(half(name), failure, id=name, found=headline, quote=alert.evidence[0].quote)


def _on_bait(alert: PolicyShiftAlert, hard: list[str]) -> bool:
    """Its best quote holds a listed sentence or lies in one."""
    quote = _letters(alert.evidence[0].quote)
    return any(text in quote or quote in text for text in hard)


def _letters(text: str) -> str:
    """Without quotation marks and spaces, which cleaning may change."""
    return re.sub(r"\W+", "", text).lower()


def main() -> None:
    """Measure and show."""
    parser = argparse.ArgumentParser(prog="score_pages", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--failures", type=Path, metavar="FILE", help="write the tune half's failures there")
    options, tally = parser.parse_args(), Tally()
    for name, pages in stories().items():
        score(name, pages, tally)
    table.show(table.figures(tally), {}, tally, Console(width=120))
    if options.failures:
        lines = (json.dumps(failure, ensure_ascii=False) + "\n" for failure in tally.failures)
        options.failures.write_text("".join(lines))


if __name__ == "__main__":
    main()
