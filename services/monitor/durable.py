"""Faust's side of the ports: topics to send to, tables to remember in, both settled by the broker's acknowledgement."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any

import faust
from faust.exceptions import ConsumerNotStarted
from pydantic import BaseModel

from schemas import Message
from services.monitor.watch import READ_BY, Partition

Envelope = Callable[[Any, Any], Mapping[str, bytes]]
"""The message and its cause to Kafka headers."""


class DurableTable(faust.Table):  # type: ignore[type-arg]
    """A Faust table that can tell when the broker has acknowledged its changelog.

    Faust commits the source offset without waiting for the changelog (findings-streaming: rows lost by kill -9),
    so `readable` waits for `settled` before it acknowledges.
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
        if waiting:
            await asyncio.gather(*waiting)

    def rows(self) -> int:
        """RocksDB's estimate, in microseconds (a count walks every key): overwritten rows count until compaction."""
        parts = getattr(self.data, "_dbs", {}).values()
        return sum(part.property_int_value("rocksdb.estimate-num-keys") or 0 for part in parts)


class Rows(MutableMapping[str, Any]):
    """A table as a mapping of rows: pydantic models of `kind`, else JSON values. Faust's JSON codec writes them."""

    def __init__(self, table: DurableTable, kind: type[BaseModel] | None = None) -> None:
        self._table = table
        self._kind = kind

    def __getitem__(self, key: str) -> Any:
        return self._decoded(self._table[key])

    def __setitem__(self, key: str, row: Any) -> None:
        self._table[key] = row.model_dump(mode="json") if self._kind else row

    def __delitem__(self, key: str) -> None:
        del self._table[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.keys())

    def __len__(self) -> int:
        return len(self._table)

    def __contains__(self, key: object) -> bool:
        return key in self._table

    def get(self, key: str, default: Any = None) -> Any:
        """The row or the default, with one look-up."""
        found = self._table.get(key)
        return default if found is None else self._decoded(found)

    def _decoded(self, stored: Any) -> Any:
        return self._kind.model_validate(stored) if self._kind else stored


class Outgoing:
    """One Faust topic as an outlet. A batch is sent together and awaited together."""

    def __init__(self, topic: Any, headers: Envelope) -> None:
        self._topic = topic
        self._headers = headers

    async def send(self, messages: Sequence[tuple[str, Message]], *, cause: Message | None = None) -> None:
        """Return when the broker has acknowledged all; raise what it said if it refused one."""
        sent = [
            await self._topic.send(key=key, value=value, headers=self._headers(value, cause)) for key, value in messages
        ]
        await asyncio.gather(*sent)


class ReadOffsets:
    """How far this worker's consumer is in the streams it reads. Changelogs are left out: nobody is behind on them."""

    def __init__(self, app: faust.App, *, embedded: bool) -> None:
        self._app: Any = app  # its consumer's figures are not part of Faust's typed interface
        self._embedded = embedded

    async def ends(self) -> Mapping[Partition, int]:
        """Asks the broker: what a fetch last said is old while Faust holds a full partition back.

        The embedded broker answers this question wrongly (services/broker/quirks.py): there the fetch's word is taken.
        """
        mine = [Partition(*tp) for tp in self._assigned() if tp.topic in READ_BY]
        if not self._embedded:
            return dict(await self._app.consumer.highwaters(*mine)) if mine else {}
        known = {tp: self._app.consumer.highwater(tp) for tp in mine}
        return {tp: end for tp, end in known.items() if end is not None}

    async def committed(self, partitions: Iterable[Partition]) -> Mapping[Partition, int]:
        """Faust's own gauge is one too high per partition, so this reads the offsets it commits."""
        of = self._app.consumer._committed_offset  # noqa: SLF001 - the public figures begin with the first commit
        done = {tp: of[tp] for tp in partitions if of.get(tp) is not None}
        fresh = [tp for tp in partitions if tp not in done]
        return done | dict(await self._app.consumer.earliest_offsets(*fresh)) if fresh else done

    def _assigned(self) -> Iterable[Any]:
        try:
            return list(self._app.consumer.assignment())
        except ConsumerNotStarted:
            return []
