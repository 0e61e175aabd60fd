"""Figures in; the same figures between the two markers of docs/quality.md, out."""

import re
from pathlib import Path

from tests.quality.table import GOALS, Figures, trusted
from tests.quality.tally import HALVES, Tally

PAGE = Path(__file__).parents[2] / "docs/quality.md"
MARKED = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.DOTALL)


def write(now: Figures, tally: Tally) -> None:
    """Rewrite what stands between the markers. Raises ValueError when the page has lost them."""
    text = PAGE.read_text()
    if not MARKED.search(text):
        raise ValueError(f"{PAGE}: no <!-- figures --> ... <!-- /figures -->")
    body = "\n".join([*_metrics(now, tally), "", *_trust(tally)])
    PAGE.write_text(MARKED.sub(lambda found: f"{found[1]}\n{body}\n\n{found[2]}", text))


def _metrics(now: Figures, tally: Tally) -> list[str]:
    lines = ["| metric | goal | tune | test | n tune | n test |", "|---|---|---|---|---|---|"]
    for metric, sides in now.items():
        shares = [f"{sides[side]:.3f}" if side in sides else "" for side in HALVES]
        counts = [f"{tally.chances[metric, side]:g}" if tally.chances[metric, side] else "" for side in HALVES]
        lines.append(f"| {' | '.join([metric, GOALS.get(metric, ''), *shares, *counts])} |")
    return lines


def _trust(tally: Tally) -> list[str]:
    lines = ["| confidence of the alert | alerts | mean confidence | exactly right |", "|---|---|---|---|"]
    return lines + [f"| {' | '.join(row)} |" for row in trusted(tally)]
