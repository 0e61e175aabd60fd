"""What a report has told the ledger so far, in; what a new version of it must send, out."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from xxhash import xxh3_64_intdigest

from schemas import Claim

MIDDLE_DOT = "·"


def claim_key(claim: Claim) -> str:
    """Kafka key of a claim: one actor's family of instruments is one ledger row, met in one partition."""
    return f"{claim.actor.id}{MIDDLE_DOT}{claim.family}"


@dataclass(frozen=True)
class Changes:
    """What to send, what to remember, and the outcome to count."""

    send: tuple[Claim, ...]
    keep: tuple[Claim, ...]
    retracted: int
    outcome: str


def changes(before: tuple[Claim, ...], now: tuple[Claim, ...]) -> Changes:
    """All claims of this version, and a retraction for each that an earlier version made and this one does not.

    A claim that moved in the text (same who, what, to whom and words) has another id: the old one is taken back,
    the new one sent, and the ledger, which folds by content, changes nothing that a subscriber sees.
    """
    standing = {claim.id for claim in now}
    gone = tuple(claim.model_copy(update={"retracted": True}) for claim in before if claim.id not in standing)
    outcome = "claims" if now else "retracted" if gone else "no-claims"
    return Changes(send=(*now, *gone), keep=now, retracted=len(gone), outcome=outcome)


class Told:
    """What reports claimed, in a fixed number of slots, so that it can never grow beyond its bound.

    `rows` is a Faust table when live (each Kafka partition has slots of its own) and a dict offline. A row holds the
    last reports that fell into its slot. A report that was pushed out can no longer be corrected: 16,384 a partition
    are weeks of world news (10 articles/s, of which some 0.5 % claim a shift, over 4 partitions).
    """

    def __init__(self, rows: MutableMapping[str, Any], *, slots: int = 4096, each: int = 4) -> None:
        self._rows = rows
        self._slots = slots
        self._each = each

    def claims(self, report_id: str) -> tuple[Claim, ...]:
        """What this report's last version claimed."""
        found = dict(self._rows.get(self._slot(report_id)) or ())
        return tuple(Claim.model_validate(row) for row in found.get(report_id, ()))

    def apply(self, report_id: str, news: Changes) -> None:
        """Remember this version's claims; the oldest report of the slot makes room."""
        slot = self._slot(report_id)
        before = list(self._rows.get(slot) or ())
        others = [row for row in before if row[0] != report_id]
        if news.keep:
            mine = [report_id, [claim.model_dump(mode="json") for claim in news.keep]]
            self._rows[slot] = [*others, mine][-self._each :]
        elif len(others) < len(before):
            self._rows[slot] = others

    def _slot(self, report_id: str) -> str:
        return str(xxh3_64_intdigest(report_id.encode()) % self._slots)
