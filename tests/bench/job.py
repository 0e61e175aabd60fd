"""Bytes of one message in; the messages it causes, as bytes, out: the four stages' pure functions and no framework.

What the contenders drive. Each reads the four streams that newsmon's agents read and writes what they write; only what
stands between Kafka and these functions differs.
"""

import json
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from schemas import STREAMS, Article, Claim, ClassifiedReport, Message, Report, Stream
from services.monitor.analysis.intake.memory import CopyMemory
from services.monitor.analysis.ledger.fold import Entry, advance
from services.monitor.analysis.told import Told, changes, claim_key
from services.monitor.envelope import cloudevent, plain
from services.monitor.tools import Tools

READ = (STREAMS.raw, STREAMS.unique, STREAMS.classified, STREAMS.claims)
TABLES = ("copies", "told", "ledger")


class Out(NamedTuple):
    """One message to send."""

    topic: str
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]


class Logged(dict[str, Any]):
    """A table in memory that knows which rows changed, for a changelog."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: set[str] = set()

    def __setitem__(self, key: str, row: Any) -> None:
        super().__setitem__(key, row)
        self._changed.add(key)

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key)
        self._changed.add(key)

    def changes(self) -> list[tuple[bytes, bytes | None]]:
        """Rows written since the last call, the last version of each; None for a deleted one."""
        keys, self._changed = self._changed, set()
        return [(key.encode(), _row(self[key]) if key in self else None) for key in keys]


def _row(row: Any) -> bytes:
    return row.model_dump_json().encode() if isinstance(row, Entry) else json.dumps(row).encode()


class Job:
    """The four stages over three tables."""

    def __init__(self, tools: Tools, tables: dict[str, MutableMapping[str, Any]]) -> None:
        self._tools = tools
        self._memory = CopyMemory(tables["copies"])
        self._told = Told(tables["told"])
        self._ledger = tables["ledger"]
        self._stages: dict[str, Callable[[bytes], list[Out]]] = {
            STREAMS.raw.name: self._deduplicate,
            STREAMS.unique.name: self._classify,
            STREAMS.classified.name: self._extract,
            STREAMS.claims.name: self._alert,
        }

    def step(self, topic: str, value: bytes) -> list[Out]:
        """What one message of one stream causes; the tables have changed when it returns."""
        return self._stages[topic](value)

    def _deduplicate(self, value: bytes) -> list[Out]:
        taken = self._tools.intake.take(Article.from_bytes(value), self._memory)
        self._memory.apply(taken.writes)
        return [_out(STREAMS.unique, report.id, report) for report in taken.reports]

    def _classify(self, value: bytes) -> list[Out]:
        report = Report.from_bytes(value)
        found = self._tools.topics.classify(report.title, report.text) if report.status == "usable" else ()
        return [_out(STREAMS.classified, report.id, ClassifiedReport(**dict(report), topics=found))]

    def _extract(self, value: bytes) -> list[Out]:
        report = ClassifiedReport.from_bytes(value)
        understood = self._tools.understanding.of(report)
        news = changes(self._told.claims(report.id), understood.claims)
        self._told.apply(report.id, news)
        claims = [_out(STREAMS.claims, claim_key(claim), claim) for claim in news.send]
        return [*claims, _out(STREAMS.enriched, report.id, understood)]

    def _alert(self, value: bytes) -> list[Out]:
        claim = Claim.from_bytes(value)
        key = claim_key(claim)
        step = advance(self._ledger.get(key), claim, self._tools.knowledge)
        if step.entry is not None:
            self._ledger[key] = step.entry
        stances = [_out(STREAMS.stances, stance.key, stance) for stance in step.stances]
        now = datetime.now(UTC)
        return stances + [_out(STREAMS.alerts, a.alert_id, a, cloudevent(a, claim, now)) for a in step.alerts]


def _out(stream: Stream, key: str, message: Message, headers: dict[str, bytes] | None = None) -> Out:
    return Out(stream.name, key.encode(), message.to_bytes(), list((headers or plain(message, None)).items()))
