"""The outside topic sets and our own headlines in; accuracy and reports per second out, one JSON object per line.

    python tests/quality/score_topics.py [--errors agnews|bbc]

The outside sets (BBC, AG News; ../shared/evaluation) are for measuring only: nothing that ships is made from them.
A row is in the tune half when the first byte of the SHA-256 of its id is even; the test half is not read while
tuning. The map from top topics to desks is fixed and stands below. topics_headlines.jsonl is ours: several labels to
a row; its `tune` rows were looked at while terms were written, its `test` rows were not.
"""

import hashlib
import json
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from services.monitor.analysis.topics.model import TopicModel  # noqa: E402
from services.monitor.lexicon.topics import load_topics  # noqa: E402

SHARED = next((p / "shared/evaluation" for p in ROOT.parents if (p / "shared/evaluation").is_dir()), ROOT / "shared")
BUSINESS, SCIENCE, LEISURE = ("04", "09"), ("13", "06"), ("01", "08", "10")
MAPS = {  # set -> (top topic -> desk, the desk of every other topic)
    "agnews": ({"15": "Sports"} | dict.fromkeys(BUSINESS, "Business") | dict.fromkeys(SCIENCE, "Sci/Tech"), "World"),
    "bbc": (
        {"15": "sport"} | dict.fromkeys(BUSINESS, "business") | dict.fromkeys(SCIENCE, "tech")
        | dict.fromkeys(LEISURE, "entertainment"),
        "politics",
    ),
}  # fmt: skip


def main():
    model = TopicModel(load_topics())
    for name in MAPS:
        if (SHARED / f"topics_{name}.jsonl").exists():
            outside(name, model, show="--errors" in sys.argv and name in sys.argv)
        else:
            print(json.dumps({"set": name, "missing": True}))
    for part in ("tune", "test"):
        headlines(part, model)


def outside(name, model, *, show):
    rows = read(SHARED / f"topics_{name}.jsonl")
    start = time.process_time()
    answers = [model.classify(row["title"], row["text"]) for row in rows]
    seconds = time.process_time() - start
    scored = [(row, topics, desk(name, topics)) for row, topics in zip(rows, answers, strict=True)]
    halves = {half: [s for s in scored if in_tune(s[0]) is (half == "tune")] for half in ("tune", "test")}
    wrong = [(row, topics, found) for row, topics, found in halves["tune"] if row["label"] != found]
    print(json.dumps({
        "set": name,
        "rows": len(rows),
        **{half: round(sum(row["label"] == d for row, _, d in s) / len(s), 4) for half, s in halves.items()},
        "reports_per_second": round(len(rows) / seconds),
        "topics_per_report": round(sum(map(len, answers)) / len(rows), 2),
        "tune_confused": Counter(f"{row['label']}>{found}" for row, _, found in wrong).most_common(6),
    }))  # fmt: skip
    for row, topics, _ in wrong if show else ():
        print(f"{row['label']:9} {row['title'][:80]!r} {row['text'][:120]!r}")
        print("    ", [(t.name[:12], t.score, t.terms) for t in topics if is_top(t)][:3])


def headlines(part, model):
    """Top topics: first one right, precision and recall over all; and how often the topic below is found."""
    rows = [row for row in read(ROOT / "tests/quality/topics_headlines.jsonl") if row["set"] == part]
    first = below = hit = found = wanted = 0
    for row in rows:
        topics = model.classify(row["title"], row["text"])
        tops = [topic.code for topic in topics if is_top(topic)]
        first += bool(tops) and tops[0] in row["top"]
        below += row["below"] in {topic.code for topic in topics}
        hit, found, wanted = hit + len({*tops} & {*row["top"]}), found + len(tops), wanted + len(row["top"])
    figures = {"first": first / len(rows), "precision": hit / found, "recall": hit / wanted, "below": below / len(rows)}
    print(json.dumps({"set": f"headlines-{part}", "rows": len(rows)} | {k: round(v, 3) for k, v in figures.items()}))


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def in_tune(row):
    return hashlib.sha256(row["id"].encode()).digest()[0] % 2 == 0


def is_top(topic):
    return topic.code.endswith("000000")


def desk(name, topics):
    desks, otherwise = MAPS[name]
    top = next((topic.code for topic in topics if is_top(topic)), "")
    return desks.get(top[7:9], otherwise)


if __name__ == "__main__":
    main()
