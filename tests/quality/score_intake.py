"""Outside data in, one line per goal of the intake out. `python -m tests.quality.score_intake [part ...]`"""

import itertools
import json
import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from schemas import Article
from services.monitor.analysis.intake.copies import COPY, LEAST_HITS
from services.monitor.analysis.intake.fingerprints import containment, fingerprint
from services.monitor.analysis.intake.furniture import Judge
from services.monitor.analysis.intake.intake import Intake
from services.monitor.analysis.intake.memory import CopyMemory
from services.monitor.analysis.intake.segments import find_cuts
from services.monitor.analysis.intake.similarity import similarity
from services.monitor.analysis.intake.text import clean
from services.monitor.lexicon.boilerplate import load_boilerplate
from services.monitor.lexicon.languages import load_identifier
from services.monitor.lexicon.publishers import load_publishers

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
    bodies = [row["gold_body"] for row in rows("boilerplate_lines.jsonl")]
    modern = [[line for line in body.split("\n") if line.strip()] for body in bodies if _english(body)]
    if modern:
        split = sum(len(starts_of(lines)) > 1 for lines in modern)
        print(f"single modern pages (lists and advice columns too) split: {split} of {len(modern)}")
    seed = next((SHARED / "seeds").glob("004_*"), None)
    if seed:
        lines = [line.text for line in clean(seed.read_text(encoding="utf-8"), Judge(BOILERPLATE)).lines]
        print("seed 004 items begin:", [lines[start][:30] for start in starts_of(lines)])


def _english(body):
    words = body.lower().split()
    return sum(word in BOILERPLATE.stopwords for word in words) >= 0.3 * len(words)


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


def _variants(text, other, rng):
    """One article edited in each way that reprints are, as (name, text)."""
    paragraphs = text.split("\n")
    shuffled = rng.sample(paragraphs, len(paragraphs))
    gone = rng.randrange(len(paragraphs))
    dropped = paragraphs[:gone] + paragraphs[gone + 1 :]
    words = text.split(" ")
    half = " ".join(words[: len(words) // 2])
    yield "headline changed", f"{' '.join(rng.sample(words[:20], min(8, len(words))))}\n{text}"
    yield "paragraph dropped", "\n".join(dropped or paragraphs)
    yield "paragraphs shuffled", "\n".join(shuffled)
    yield "first half only", half
    for share in (0.05, 0.10):
        yield f"{share:.0%} of words replaced", " ".join(_replaced(words, share, rng))
    yield (
        "boilerplate added",
        f"Share this story\n{text}\nSign up to our newsletter\nAll rights reserved. Terms of use.",
    )
    yield "inside a glued page", f"{other}\n{text}"
    yield "two words changed", text.replace(" has ", " will not ", 1)


def _replaced(words, share, rng):
    pool = [word for word in words if word.isalpha()]
    return [rng.choice(pool) + "x" if rng.random() < share else word for word in words]


def copies():
    """Two thirds of the articles are remembered; copies of some of them come, alone or glued to one of the rest."""
    rng = random.Random(3)
    texts = [row["text"] for row in rows("topics_bbc.jsonl")]
    if not texts:
        return
    intake = Intake(BOILERPLATE, load_publishers(), load_identifier())
    memory = CopyMemory({})
    known = len(texts) * 2 // 3
    start = time.process_time()
    for n, text in enumerate(texts[:known]):
        memory.apply(intake.take(_article(f"o{n}", "First", text), memory).writes)
    print(f"intake: {known / (time.process_time() - start):,.0f} articles a CPU second")
    tried, found = Counter(), Counter()
    for n in rng.sample(range(known), 300):
        twins = {m for m in range(known) if texts[m][:200] == texts[n][:200]}
        for name, variant in _variants(texts[n], rng.choice(texts[known:]), rng):
            reports = intake.take(_article("x", "Second", variant), memory).reports
            groups = {int(report.copy_of[1:].split(".")[0]) for report in reports if report.copy_of}
            tried[name] += 1
            found[name] += bool(groups & twins) or any(m in groups for m in _group(memory, twins))
    for name, count in tried.items():
        print(f"copies, {name}: recall {found[name] / count:.3f} of {count}")


def _group(memory, numbers):
    keys = [f"r:o{n}.{part}" for n in numbers for part in range(1, 9)]
    return {int(row["g"][1:].split(".")[0]) for key in keys if (row := memory.row(key))}


def unrelated():
    """Every pair of BBC and ECB+ articles: more than 1e6. Merges within one ECB+ topic are the same story retold."""
    data = [(None, row["text"]) for row in rows("topics_bbc.jsonl")]
    data += [(row["topic"], row["text"]) for row in rows("stories_ecbplus.jsonl")]
    if not data:
        return
    prints = [fingerprint(text) for _, text in data]
    pairs = same = 0
    merged = []
    for one, other in itertools.combinations(range(len(prints)), 2):
        pairs += 1
        share, hits = containment(prints[one], prints[other])
        if share >= COPY and hits >= LEAST_HITS:
            told = data[one][0] is not None and data[one][0] == data[other][0]
            same += told
            if not told:
                merged.append((share, data[one][1], data[other][1]))
    print(f"pairs: {pairs}, merged within one topic: {same}, merged elsewhere (all BBC, look at them): {len(merged)}")
    for share, one, other in sorted(merged):
        print(f"    {share:.2f} | {one[:70]} | {other[:70]}")


def _article(name, source, text):
    return Article(id=name, source=source, published_at="2025-03-05T12:00:00Z", text=text)


def likeness():
    data = [row for row in rows("similarity_semeval22.jsonl") if row["overall"] is not None]
    if data:
        mine = [similarity(row["text1"], row["text2"], BOILERPLATE.stopwords) for row in data]
        gold = [4 - row["overall"] for row in data]
        print(f"similarity: Pearson {statistics.correlation(mine, gold):.3f} on {len(data)} pairs")


PARTS = {
    "boilerplate": boilerplate,
    "segments": segments,
    "copies": copies,
    "unrelated": unrelated,
    "similarity": likeness,
}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
