"""The labelled sentences in; precision, recall and exactness of the claim reader on one half of them out.

Run: python -m tests.quality.score_claims [tune|test|practice] [--show]. A row is in the tune half if its id's SHA-256
starts with an even hex digit; practice rows are all tune. `--show` prints the errors, never those of the test half.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from schemas import Claim, Report
from services.monitor.analysis.actors.gazetteer import Gazetteer
from services.monitor.analysis.claims.reader import Reader
from services.monitor.language import load_reader_nlp
from services.monitor.lexicon.actors import load_actors
from services.monitor.lexicon.ledger import load_ledger
from services.monitor.lexicon.policy import Policy, load_policy

DATA = Path(__file__).parent / "data"
FIRES = load_ledger().confidence.alert
PRACTICE = ("practice.jsonl", "practice2.jsonl")


def half(row_id: str) -> str:
    """tune or test, by the hash of the id."""
    return "test" if int(hashlib.sha256(row_id.encode()).hexdigest()[0], 16) % 2 else "tune"


def report_of(row: dict[str, Any]) -> tuple[Report, int]:
    """The sentence behind its context, and where it starts."""
    lead = f"{row['context']}\n" if row.get("context") else ""
    when = datetime.fromisoformat(row["published_at"])
    report = Report(id=row["id"], article_id=row["id"], part=1, source="set", publisher="set", origin="set",
                    title=row.get("title", ""), published_at=when, text=lead + row["text"])  # fmt: skip
    return report, len(lead)


def fired(reader: Reader, row: dict[str, Any]) -> list[Claim]:
    """Claims of the row's own sentence that would alert."""
    report, start = report_of(row)
    return [
        c for c in reader.read(report).claims if c.start >= start and c.confidence >= FIRES and c.stage != "floated"
    ]


def matches(claim: Claim, want: dict[str, Any], policy: Policy) -> bool:
    """Same actor, instrument (or a relative of it where the row allows one) and polarity."""
    allowed = [(want["instrument"], want["polarity"])]
    allowed += [(a["instrument"], a["polarity"]) for a in want.get("also", ())]
    return claim.actor.id == want["actor"] and (claim.instrument, claim.polarity) in allowed


def practice() -> Iterator[dict[str, Any]]:
    """Rows to learn from."""
    for name in PRACTICE:
        yield from map(json.loads, (DATA / name).read_text(encoding="utf-8").splitlines())


def rows(which: str, name: str = "sentences.jsonl") -> Iterator[dict[str, Any]]:
    """Rows of one half."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if half(row["id"]) == which:
            yield row


def score(reader: Reader, policy: Policy, which: str, *, show: bool = False) -> dict[str, float]:
    """Figures of one half."""
    n: Counter[str] = Counter()
    for row in practice() if which == "practice" else rows(which):
        claims, wanted = fired(reader, row), row["expected"]
        if wanted and all(w.get("stage") == "floated" for w in wanted):
            n["floated"] += 1
            n["floated alerts"] += bool(claims)
            continue
        n["rows"] += 1
        n["positive"] += bool(wanted)
        n["fires"] += bool(claims)
        n["true"] += bool(claims) and bool(wanted)
        n["false"] += bool(claims) and not wanted
        good = bool(wanted) and any(matches(c, w, policy) for c in claims for w in wanted)
        n["exact"] += good
        n["wrong polarity"] += bool(wanted) and any(_flipped(c, w) for c in claims for w in wanted) and not good
        if show and ((wanted and not good) or (claims and not wanted)):
            _print(row, claims, reader)
    return _figures(n)


def factuality(reader: Reader, policy: Policy, which: str, *, show: bool = False) -> dict[str, float]:
    """Minimal pairs: the positive must fire, the negative must not (nor with the positive's polarity if floated)."""
    n: Counter[str] = Counter()
    for row in rows(which, "factuality.jsonl"):
        base = {"title": row.get("title", ""), "context": row.get("context", ""), "published_at": row["published_at"]}
        sides = {
            side: fired(reader, {**base, "id": f"{row['id']}-{side}", "text": row[side]})
            for side in ("positive", "negative")
        }
        good = any(matches(claim, row["expected"], policy) for claim in sides["positive"])
        bad = any(matches(claim, row["expected"], policy) for claim in sides["negative"])
        n["pairs"] += 1
        n["good"] += good
        n["bad"] += bad
        if show and (bad or not good):
            for side, wrong in (("positive", not good), ("negative", bad)):
                if wrong:
                    print(f"FACT {side} {row['id']}")
                    _print({**base, "id": "f", "text": row[side], "expected": [row["expected"]]}, sides[side], reader)
    return {
        "pairs": n["pairs"],
        "positives found": round(n["good"] / n["pairs"], 3),
        "false alerts": round(n["bad"] / n["pairs"], 3),
    }


def _flipped(claim: Claim, want: dict[str, Any]) -> bool:
    return claim.instrument == want["instrument"] and claim.polarity == -want["polarity"] != 0


def _figures(n: Counter[str]) -> dict[str, float]:
    return {
        "rows": n["rows"],
        "precision": round(n["true"] / max(1, n["fires"]), 3),
        "recall": round(n["true"] / max(1, n["positive"]), 3),
        "exact of detected": round(n["exact"] / max(1, n["true"]), 3),
        "exact recall": round(n["exact"] / max(1, n["positive"]), 3),
        "false on negatives": round(n["false"] / max(1, n["rows"] - n["positive"]), 3),
        "floated rows": n["floated"],
        "floated rows that alert": n["floated alerts"],
        "wrong polarity": round(n["wrong polarity"] / max(1, n["true"]), 3),
    }


def _print(row: dict[str, Any], claims: list[Claim], reader: Reader) -> None:
    report, start = report_of(row)
    print("FALSE" if not row["expected"] else "WRONG" if claims else "MISS", row["id"], row["text"])
    if row.get("context"):
        print("    context:", row["context"][-200:])
    for want in row["expected"]:
        print("    want", {k: v for k, v in want.items() if k in {"actor", "instrument", "polarity", "target", "also"}})
    for verdict in reader.read(report).verdicts:
        if verdict.start >= start:
            print("    ", "+" if verdict.kept else "-", verdict.instrument, verdict.why, verdict.trail)


def load_reader() -> tuple[Reader, Policy]:
    """A reader with everything it needs."""
    policy = load_policy()
    return Reader(load_reader_nlp(), Gazetteer(load_actors()), policy), policy


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="?", default="tune", choices=["tune", "test", "practice"])
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    reader, policy = load_reader()
    show = options.show and options.half != "test"
    print(json.dumps(score(reader, policy, options.half, show=show)))
    if options.half != "practice":
        print(json.dumps(factuality(reader, policy, options.half, show=show)))


if __name__ == "__main__":
    main()
