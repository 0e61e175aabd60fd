"""The outside topic sets in; accuracy on the tune and the test half and reports per second out.

    python tests/quality/score_topics.py [--errors SET] [--map]

The sets (BBC, AG News) are for measuring only: nothing that ships is made from them. A row is in the tune half when
the SHA-256 of its id is even; the other half is not looked at while tuning. The map from top topics to desks is fixed.
"""

import hashlib
import json
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from services.monitor.analysis.topics import TopicModel  # noqa: E402
from services.monitor.lexicon.topics import load_topics  # noqa: E402

SHARED = ROOT.parent / "shared/evaluation"
for parent in ROOT.parents:
    if (parent / "shared/evaluation").is_dir():
        SHARED = parent / "shared/evaluation"
        break

MAPS = {
    "agnews": ({"15": "Sports", "04": "Business", "09": "Business", "13": "Sci/Tech", "06": "Sci/Tech"}, "World"),
    "bbc": ({"15": "sport", "04": "business", "09": "business", "13": "tech", "06": "tech", "01": "entertainment",
             "08": "entertainment", "10": "entertainment"}, "politics"),
}  # fmt: skip


def desk(name, topics):
    desks, otherwise = MAPS[name]
    top = [topic for topic in topics if topic.code[9:] == "000000"]
    return desks.get(top[0].code[7:9], otherwise) if top else otherwise


def tune(row):
    return hashlib.sha256(row["id"].encode()).digest()[0] % 2 == 0


def measure(name, model):
    path = SHARED / f"topics_{name}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    start = time.process_time()
    answers = [model.classify(row["title"], row["text"]) for row in rows]
    seconds = time.process_time() - start
    result = {"set": name, "rows": len(rows), "reports_per_second": round(len(rows) / seconds)}
    for half in (True, False):
        pairs = [(row, desk(name, topics)) for row, topics in zip(rows, answers, strict=True) if tune(row) is half]
        result["tune" if half else "test"] = round(sum(r["label"] == d for r, d in pairs) / len(pairs), 4)
    result["confused"] = Counter(
        f"{row['label']}>{desk(name, topics)}" for row, topics in zip(rows, answers, strict=True)
        if tune(row) and row["label"] != desk(name, topics)
    ).most_common(8)  # fmt: skip
    result["topics"] = round(sum(len(t) for t in answers) / len(rows), 2)
    return result, rows, answers


def main():
    model = TopicModel(load_topics())
    for name in MAPS:
        if not (SHARED / f"topics_{name}.jsonl").exists():
            print(f"{name}: not here")
            continue
        result, rows, answers = measure(name, model)
        print(json.dumps(result))
        if "--errors" in sys.argv and name in sys.argv:
            errors(name, rows, answers)


def errors(name, rows, answers):
    for row, topics in zip(rows, answers, strict=True):
        if tune(row) and desk(name, topics) != row["label"]:
            print(f"{row['label']:9} {row['title'][:70]!r} {row['text'][:130]!r}")
            print("    ", [(t.name[:12], t.score, t.terms) for t in topics if t.code.endswith("000000")][:3])


if __name__ == "__main__":
    main()
