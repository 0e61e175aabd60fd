"""A report's fingerprint and the memory in, the verdict original, copy or update out, with containment and of what."""

from dataclasses import dataclass

import numpy as np

from schemas.report import Kind
from services.monitor.analysis.intake.fingerprints import Fingerprint, Hashes, containment
from services.monitor.analysis.intake.memory import CopyMemory, row_fingerprint

COPY = 0.45
"""Containment from which a text is a near copy: unrelated BBC articles reach .39 (findings 3b), copies .6 and more."""

LEAST_HITS = 4
"""Sampled shingles two texts must share at least."""

_LEAST_SHARED = 2
_CHECKED = 8
"""Candidates with most shared sketch shingles that are compared in full."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`of`: the report it is most like; `group`: the first of its group; `fresh`: sentences nobody had before."""

    kind: Kind
    containment: float = 0.0
    of: str | None = None
    group: str | None = None
    origin: str | None = None
    fresh: int = 0


def judge(seen: Fingerprint, memory: CopyMemory, article_id: str) -> Verdict:
    """Compare with everything remembered but the article's own earlier texts. Changes nothing."""
    best = Verdict("original")
    likest = (0.0, 0)
    known: list[Hashes] = []
    for key in _nearest(seen, memory, article_id):
        row = memory.row(key)
        if row is None:
            continue
        other = row_fingerprint(row)
        share, hits = containment(seen, other)
        if share < COPY or hits < min(LEAST_HITS, seen.shingles.size):
            continue
        known.append(other.sentences)
        if (share, hits) > likest:
            likest = (share, hits)
            best = Verdict("copy", round(share, 3), key[2:], row["g"], row["o"])
    return _with_fresh(best, seen, known) if known else best


def _nearest(seen: Fingerprint, memory: CopyMemory, article_id: str) -> list[str]:
    """Deterministic: most shared first, then by key."""
    least = min(_LEAST_SHARED, seen.shingles.size)
    own = f"r:{article_id}."
    found = [(-n, key) for key, n in memory.candidates(seen.shingles).items() if n >= least and not key.startswith(own)]
    return [key for _, key in sorted(found)[:_CHECKED]]


def _with_fresh(verdict: Verdict, seen: Fingerprint, known: list[Hashes]) -> Verdict:
    fresh = int(np.setdiff1d(seen.sentences, np.concatenate(known), assume_unique=False).size)
    kind: Kind = "update" if fresh else "copy"
    return Verdict(kind, verdict.containment, verdict.of, verdict.group, verdict.origin, fresh)
