"""A heartbeat: a record that says nothing, marked by a header, that every stage passes on and none reads.

In: an instant. Out: its header, and for each stream between the stages a value of that stream's own type. So whoever
reads such a stream and has not heard of heartbeats decodes it as any other: a withheld article, a canceled report, a
claim that takes back what nobody claimed. No article can pretend to be one: headers are not made of articles.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from schemas.article import Article
from schemas.claim import Claim, Party
from schemas.message import Message
from schemas.report import ClassifiedReport, Report

HEADER = "newsmon-heartbeat"
ID = "newsmon.heartbeat"
"""The key, and the id of every value."""


@dataclass(frozen=True)
class Heartbeat:
    """When it was sent."""

    sent: datetime

    def headers(self) -> dict[str, bytes]:
        """Of every record that carries it."""
        return {"content-type": b"application/json", HEADER: self.sent.isoformat().encode()}

    def value(self, kind: type[Message]) -> Message:
        """A message of the stream that says nothing. Raises KeyError for a stream that subscribers read."""
        when = {"published_at": self.sent, "ingested_at": self.sent}
        return kind.model_validate({**_SAYING_NOTHING[kind], **when, "notify": False})


def heartbeat_in(headers: Iterable[tuple[str, bytes]] | Mapping[str, bytes] | None) -> Heartbeat | None:
    """The heartbeat a record carries; None for news, and for a header that holds no instant."""
    mark = dict(headers).get(HEADER) if headers else None
    if mark is None:
        return None
    try:
        return Heartbeat(datetime.fromisoformat(mark.decode()).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


_REPORT: dict[str, Any] = {"id": ID, "article_id": ID, "part": 1, "source": ID, "publisher": ID, "origin": ID,
                           "text": "", "status": "canceled"}  # fmt: skip
_SAYING_NOTHING: dict[type[Message], dict[str, Any]] = {
    Article: {"id": ID, "source": ID, "status": "withheld"},
    Report: _REPORT,
    ClassifiedReport: _REPORT,
    Claim: {"id": ID, "retracted": True, "report_id": ID, "article_id": ID, "source": ID, "publisher": ID,
            "origin": ID, "actor": Party(id=ID, name=ID), "instrument": ID, "family": ID, "action": "deny",
            "polarity": 0, "stage": "denied", "confidence": 0.0, "rule": ID, "quote": "", "start": 0, "end": 0},
}  # fmt: skip
