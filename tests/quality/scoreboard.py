"""The labelled sets in; one table of figures out, and exit code 1 when one is more than a point worse than before.

    python -m tests.quality.scoreboard [--write-baseline] [--write-docs] [--only PART ...] [--failures FILE]

Parts: sentences, fresh, paraphrases, reversals, factuality, storylines, seeds, staged, outside; and practice, which
counts for nothing: sentences to write rules from. `--failures` writes every failure of
the tune half as JSON lines; the test half is counted and never shown.
"""

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import track

from tests.quality import gold, outside, page, pairs, seeds, sentences, staged, streams, table
from tests.quality.corpora import corpora
from tests.quality.tally import Tally

BASELINE = Path(__file__).parent / "baseline.json"
PARTS = ("sentences", "fresh", "paraphrases", "reversals", "factuality", "storylines", "seeds", "staged", "outside")
Step = Callable[[Tally], None]
SETS = (
    ("sentences", "sentences", sentences.score),
    ("fresh", "fresh_security", sentences.fresh),
    ("fresh", "fresh_economy", sentences.fresh),
    ("paraphrases", "paraphrases", pairs.paraphrase),
    ("reversals", "reversals", pairs.reversal),
    ("factuality", "factuality", pairs.minimal),
    ("practice", "practice", sentences.practice),
    ("practice", "practice2", sentences.practice),
)


def _steps() -> list[tuple[str, Step]]:
    """(part, one row's scoring) for everything there is."""
    steps: list[tuple[str, Step]] = [
        (part, partial(score, row)) for part, name, score in SETS for row in gold.rows(f"{name}.jsonl")
    ]
    steps += [("storylines", partial(streams.score, path)) for path in streams.storylines()]
    steps.append(("seeds", seeds.score))
    steps += [("staged", partial(staged.score, text)) for text in corpora()]
    steps += [("outside", partial(outside.score, name, row)) for name, rs in outside.sets().items() for row in rs]
    return steps


def measure(parts: list[str], console: Console) -> Tally:
    """Score every row of the parts asked for; the models are loaded once."""
    tally = Tally()
    steps = [step for part, step in _steps() if part in parts]
    for step in track(steps, "reading", console=console, disable=not console.is_terminal):
        step(tally)
    return tally


def main(arguments: list[str] | None = None) -> int:
    """Measure, show, compare. Returns 1 when a figure is more than a point worse than the baseline."""
    options = _options(arguments)
    tally = measure(options.only or list(PARTS), Console(stderr=True))
    now = table.figures(tally)
    before = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    console = Console(width=None if sys.stdout.isatty() else 120)
    table.show(now, before, tally, console)
    table.reliability(tally, console)
    table.commonest(tally, console)
    if options.failures:
        lines = (json.dumps(failure, ensure_ascii=False) + "\n" for failure in tally.failures)
        options.failures.write_text("".join(lines))
    if options.write_docs:
        page.write(now, tally)
    if options.write_baseline:
        BASELINE.write_text(json.dumps({**before, **now}, indent=1) + "\n")
        return 0
    return _compared(now, before, console, partly=bool(options.only))


def _compared(now: table.Figures, before: table.Figures, console: Console, *, partly: bool) -> int:
    kept = {metric: sides for metric, sides in before.items() if not partly or metric in now}
    outside_at_hand = any(metric.startswith("CAMEO") for metric in now)
    kept = {m: s for m, s in kept.items() if outside_at_hand or not m.startswith(("CAMEO", "PLOVER"))}
    for line in (lines := table.worse(now, kept)):
        console.print(f"[red]worse[/red] {line}")
    return 1 if lines else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scoreboard", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", nargs="+", choices=(*PARTS, "practice"), help="score these parts alone")
    parser.add_argument("--failures", type=Path, metavar="FILE", help="write the tune half's failures there")
    parser.add_argument("--write-baseline", action="store_true", help="keep these figures as the baseline")
    parser.add_argument("--write-docs", action="store_true", help="put these figures into docs/quality.md")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
