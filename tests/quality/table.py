"""A tally in; the table a person reads, the figures a baseline keeps, and what got worse, out."""

from collections import Counter
from itertools import pairwise

from rich.console import Console
from rich.table import Table

from tests.quality.tally import HALVES, Tally

Figures = dict[str, dict[str, float]]

LOWER = ("wrong polarity", "repeated", "false alerts", "extra")
"""Metrics in whose name one of these stands are better when smaller."""

GOALS = {
    "sentences: precision": "≥ .92",
    "sentences: recall": "≥ .85",
    "sentences: exact when detected": "≥ .88",
    "sentences: wrong polarity": "≤ .01",
    "paraphrase pairs: one alert": "≥ .92",
    "reversal pairs: two alerts": "≥ .97",
    "factuality: false alerts": "≤ .03",
    "storylines: shifts alerted": "≥ .90",
    "storylines: repeated alerts": "≤ .05",
    "storylines: false alerts per 50 articles": "≤ 1",
    "seeds: core alerts, once each": "1",
    "seeds: secondary alerts, once each": "≥ .75",
    "staged reading: claims that full reading finds": "1",
    "quotes at their offsets": "1",
}
"""What the product promises itself; a figure short of it is said to be."""

SLACK = 0.01
"""One point: less is the noise of a reworded rule (one sentence in a hundred)."""

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def figures(tally: Tally) -> Figures:
    """metric -> half -> share, F1 worked out."""
    told: Figures = {}
    for metric in tally.metrics():
        told[metric] = {side: round(share, 4) for side in HALVES if (share := tally.share(metric, side)) is not None}
        name = metric.removesuffix(": recall")
        if metric != name and f"{name}: precision" in told:
            told[f"{name}: F1"] = _f1(told[f"{name}: precision"], told[metric])
    return told


def _f1(precision: dict[str, float], recall: dict[str, float]) -> dict[str, float]:
    both = {side: (precision[side], recall[side]) for side in HALVES if side in precision and side in recall}
    return {side: round(2 * p * r / (p + r), 4) if p + r else 0.0 for side, (p, r) in both.items()}


def better_when_smaller(metric: str) -> bool:
    """Whether a rise is a regression."""
    return any(word in metric for word in LOWER)


def worse(now: Figures, before: Figures) -> list[str]:
    """One line for each figure that is more than a point worse than the baseline, or gone."""
    told = []
    for metric, sides in before.items():
        for side, old in sides.items():
            new = now.get(metric, {}).get(side)
            if new is None:
                told.append(f"{metric} ({side}): was {old:.3f}, now missing")
            elif (new - old if better_when_smaller(metric) else old - new) > SLACK:
                told.append(f"{metric} ({side}): was {old:.3f}, now {new:.3f}")
    return told


def show(now: Figures, before: Figures, tally: Tally, console: Console) -> None:
    """Metric, tune, test, how many, and the test half's change since the baseline."""
    table = Table(title="newsmon quality", title_justify="left")
    for name in ("metric", "goal", "tune", "test", "n tune", "n test", "since baseline"):
        table.add_column(name, justify="left" if name == "metric" else "right")
    for metric, sides in now.items():
        counts = [f"{tally.chances[metric, side]:g}" for side in HALVES]
        old, new = before.get(metric, {}).get("test"), sides.get("test")
        change = f"{new - old:+.3f}" if old is not None and new is not None and new != old else ""
        table.add_row(
            metric,
            GOALS.get(metric, ""),
            *(f"{sides[side]:.3f}" if side in sides else "" for side in HALVES),
            *counts,
            change,
        )
    console.print(table)


def trusted(tally: Tally) -> list[tuple[str, str, str, str]]:
    """Confidence bin, alerts in it, their mean confidence, the share exactly right; both halves of the sentences."""
    told = []
    for low, high in pairwise(EDGES):
        inside = [(trust, right) for _, trust, right in tally.trust if low <= trust < high]
        if inside:
            mean, share = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            told.append((f"{low:.1f} to {min(high, 1):.1f}", str(len(inside)), f"{mean:.2f}", f"{share:.2f}"))
    return told


def reliability(tally: Tally, console: Console) -> None:
    """How often an alert of a stated confidence was exactly right."""
    table = Table(title="reliability", title_justify="left")
    for name in ("confidence", "alerts", "mean confidence", "exactly right"):
        table.add_column(name, justify="right")
    for row in trusted(tally):
        table.add_row(*row)
    console.print(table)


def commonest(tally: Tally, console: Console) -> None:
    """What fails most often in the tune half, and of which kinds."""
    kinds: dict[str, Counter[str]] = {}
    for failure in tally.failures:
        kinds.setdefault(str(failure["failure"]), Counter())[str(failure.get("kind", ""))] += 1
    table = Table(title="commonest failures (tune half)", title_justify="left")
    for name in ("failure", "times", "kinds"):
        table.add_column(name, justify="right" if name == "times" else "left")
    for failure, counts in sorted(kinds.items(), key=lambda item: -item[1].total())[:12]:
        told = ", ".join(f"{kind} {count}" for kind, count in counts.most_common(5) if kind)
        table.add_row(failure, str(counts.total()), told)
    console.print(table)
