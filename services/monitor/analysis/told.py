"""What a report has told the ledger so far, in; what a new version of it must send, out."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

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
    """Rows of claims by report id, bounded: the oldest reports are forgotten first.

    `rows` is a Faust table when live and a dict offline; a row is a list of claims as JSON objects.
    A forgotten report can no longer be corrected: 50,000 reports with claims are about a month of
    world news (10 articles/s of which some 0.2 % claim a shift), at about 1.5 kB a claim.
    """

    def __init__(self, rows: MutableMapping[str, Any], *, limit: int = 50_000) -> None:
        self._rows = rows
        self._limit = limit
        self._order: dict[str, None] = {}

    def rebuild(self) -> None:
        """Restore the order after the table was recovered: by the claims' time of publication."""
        dated = sorted((row[0]["published_at"], key) for key, row in self._rows.items() if row)
        self._order = {key: None for _, key in dated}

    def claims(self, report_id: str) -> tuple[Claim, ...]:
        """What this report's last version claimed."""
        return tuple(Claim.model_validate(row) for row in self._rows.get(report_id) or ())

    def apply(self, report_id: str, news: Changes) -> None:
        """Remember this version's claims; forget the oldest report beyond the limit."""
        if news.keep:
            self._rows[report_id] = [claim.model_dump(mode="json") for claim in news.keep]
            self._order[report_id] = None
        elif report_id in self._rows:
            self._forget(report_id)
        while len(self._order) > self._limit:
            self._forget(next(iter(self._order)))

    def _forget(self, report_id: str) -> None:
        del self._rows[report_id]
        self._order.pop(report_id, None)
