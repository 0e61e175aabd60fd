"""Faust's side of the ports: a table as rows, a topic as an outlet. Both are settled together, by unit.py."""

import asyncio
import weakref
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from functools import partial
from typing import Any

import faust
from faust.streams import _current_event, current_event
from pydantic import BaseModel

from schemas import Message

Envelope = Callable[[Any, Any], Mapping[str, bytes]]
"""The message and its cause to Kafka headers."""


class DurableTable(faust.Table):  # type: ignore[type-arg]
    """A Faust table that can tell when the broker has acknowledged its changelog.

    Faust commits the source offset without waiting for the changelog, so a kill -9 could lose rows for good.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._unsettled: list[Any] = []

    def send_changelog(self, *args: Any, **options: Any) -> Any:
        """As Faust's, and remember the future."""
        sent = super().send_changelog(*args, **options)
        self._unsettled.append(sent)
        return sent

    async def settled(self) -> None:
        """Return when every write so far is acknowledged; raise if one was refused."""
        waiting, self._unsettled = self._unsettled, []
        await asyncio.gather(*waiting)

    def rows(self) -> int:
        """RocksDB's estimate, in microseconds (a count walks every key): overwritten rows count until compaction."""
        parts = getattr(self.data, "_dbs", {}).values()
        return sum(part.property_int_value("rocksdb.estimate-num-keys") or 0 for part in parts)


class Rows(MutableMapping[str, Any]):
    """A table as a mapping of rows: pydantic models of `kind`, else JSON values.

    What an agent writes is seen by its next reads at once and reaches the table, and so the changelog, only with
    `write`: not before everything the agent sent meanwhile is acknowledged. None stands for a deleted row.
    """

    def __init__(self, table: DurableTable, kind: type[BaseModel] | None = None) -> None:
        self._table = table
        self._kind = kind
        self._fresh: dict[tuple[int, str], tuple[Any, Any]] = {}

    def __getitem__(self, key: str) -> Any:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, key: str, row: Any) -> None:
        event = current_event()
        if event is None:
            raise RuntimeError("rows are written by agents alone: the message in hand names the partition")
        self._fresh[event.message.partition, key] = (row, event)

    def __delitem__(self, key: str) -> None:
        self[key] = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.keys())

    def __len__(self) -> int:
        return len(self._table)

    def get(self, key: str, default: Any = None) -> Any:
        """The row as the agent last wrote it, or as it is stored, or the default."""
        event = current_event()
        if event is not None and (event.message.partition, key) in self._fresh:
            row = self._fresh[event.message.partition, key][0]
            return default if row is None else row
        found = self._table.get(key)
        return default if found is None else self._decoded(found)

    def write(self) -> None:
        """Bring what is fresh into the table, each row under the message that wrote it. Never waits."""
        fresh, self._fresh = self._fresh, {}
        for (_, key), (row, event) in fresh.items():
            _current_event.set(weakref.ref(event))
            if row is not None:
                self._table[key] = row.model_dump(mode="json") if self._kind else row
            elif key in self._table:
                del self._table[key]

    def discard(self) -> None:
        """Forget what is fresh: the messages that wrote it will be read again."""
        self._fresh = {}

    async def settled(self) -> None:
        """Return when the broker has every row."""
        await self._table.settled()

    def _decoded(self, stored: Any) -> Any:
        return self._kind.model_validate(stored) if self._kind else stored


class Outgoing:
    """One Faust topic as an outlet. What is sent waits for `settled`, so that one request carries many messages."""

    def __init__(self, topic: Any, headers: Envelope) -> None:
        self._topic = topic
        self._headers = headers
        self._waiting: list[Callable[[], dict[str, Any]]] = []

    async def send(self, messages: Sequence[tuple[str, Message]], *, cause: Message | None = None) -> None:
        """Take the messages."""
        self._waiting += [partial(self._record, key, value, cause) for key, value in messages]

    async def put(self, key: str, value: Message, *, partition: int, headers: Mapping[str, bytes]) -> None:
        """Take one record for a partition of the caller's choice."""
        self._waiting.append(partial(dict, key=key, value=value, partition=partition, headers=headers))

    async def settled(self) -> None:
        """Hand all to the producer; return when the broker has acknowledged them, raise what it said if it refused."""
        going, self._waiting = self._waiting, []
        sent = [await self._topic.send(**record()) for record in going]
        await asyncio.gather(*sent)

    def discard(self) -> None:
        """Forget what waits: the messages that caused it will be read again."""
        self._waiting = []

    def _record(self, key: str, value: Message, cause: Message | None) -> dict[str, Any]:
        """Its headers tell the time: they are made as it leaves."""
        return {"key": key, "value": value, "headers": self._headers(value, cause)}
