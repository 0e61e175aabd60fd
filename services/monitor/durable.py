"""Faust's side of the ports: topics to send to, tables to remember in, both settled by the broker's acknowledgement."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any

import faust
from pydantic import BaseModel

from schemas import Message

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
