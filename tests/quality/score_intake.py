"""Outside data in, one line per goal of the intake out. `python -m tests.quality.score_intake [part ...]`"""

import json
import sys
from pathlib import Path

from services.monitor.analysis.furniture import Judge
from services.monitor.analysis.segments import find_cuts
from services.monitor.analysis.text import clean
from services.monitor.lexicon.boilerplate import load_boilerplate

PARENTS = Path(__file__).resolve().parents
SHARED = next((up / "shared" for up in PARENTS if (up / "shared" / "evaluation").is_dir()), PARENTS[2] / "shared")

BOILERPLATE = load_boilerplate()


def rows(name):
    path = SHARED / "evaluation" / name
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def boilerplate():
    data = rows("boilerplate_lines.jsonl")
    if not data:
        return
    judge = Judge(load_boilerplate())
    right = found = true = 0
    macro = []
    for row in data:
        lines = row["lines"]
        text = "\n".join(lines)
        starts, at = [], 0
        for line in lines:
            starts.append((at, at + len(line)))
            at += len(line) + 1
        kept = [(run[1], run[1] + run[2]) for line in clean(text, judge).lines for run in line.runs]
        keep = [any(a < e and s < b for a, b in kept) for s, e in starts]
        scored = [(k, y) for k, y in zip(keep, row["labels"], strict=True) if y is not None]
        r, f, t = sum(k and y for k, y in scored), sum(k for k, _ in scored), sum(y for _, y in scored)
        right, found, true = right + r, found + f, true + t
        macro.append(2 * r / (f + t) if f + t else 1.0)
    p, r = right / found, right / true
    page = sum(macro) / len(macro)
    print(f"boilerplate lines: P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}, mean page F1 {page:.3f}")


def starts_of(paragraphs):
    return [0, *(cut.line for cut in find_cuts(paragraphs, BOILERPLATE) if cut.cut)]


def segments():
    data = rows("segments_bbc.jsonl")
    if data:
        _pages("all", data)
        for kind in (False, True):
            _pages(f"same topic {kind}", [row for row in data if row["same_topic"] is kind])
            _pages(f"with titles {kind}", [row for row in data if row["with_titles"] is kind])
    singles = [row["text"].split("\n") for row in rows("topics_bbc.jsonl")][:300]
    if singles:
        split = sum(len(starts_of(lines)) > 1 for lines in singles)
        print(f"single BBC articles split: {split} of {len(singles)} = {split / len(singles):.3f}")
    seed = next((SHARED / "seeds").glob("004_*"), None)
    if seed:
        lines = [line.text for line in clean(seed.read_text(encoding="utf-8"), Judge(BOILERPLATE)).lines]
        print("seed 004 items begin:", [lines[start][:30] for start in starts_of(lines)])


def _pages(name, data):
    right = found = true = exact = 0
    for row in data:
        guess, gold = set(starts_of(row["paragraphs"])) - {0}, set(row["starts"]) - {0}
        right, found, true = right + len(guess & gold), found + len(guess), true + len(gold)
        exact += guess == gold
    p, r = right / max(found, 1), right / max(true, 1)
    share = exact / len(data)
    print(
        f"boundaries {name}: P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}, exact pages {share:.3f} of {len(data)}"
    )


PARTS = {"boilerplate": boilerplate, "segments": segments}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
