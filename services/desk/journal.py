"""Messages of one stream in, in the order they arrived; for any cursor those after it out. Bounded memory."""

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import Generic, NamedTuple, TypeVar

from schemas import PolicyShiftAlert, Stance
from services.desk.cursor import Cursor

M = TypeVar("M", PolicyShiftAlert, Stance)

MOST_ENTRIES = 10_000  # an hour of messages at three a second, far above what governments decide
MOST_BYTES = 16 * 1024 * 1024  # on the wire


class Entry(NamedTuple, Generic[M]):
    """One message of the stream."""

    serial: int
    partition: int
    offset: int
    message: M
    size: int


class GapError(LookupError):
    """What follows the cursor is no longer (or not yet) held: the reader must start from a fresh page."""


class Journal(Generic[M]):
    """The last messages, each once: one that the broker hands out again is left out."""

    def __init__(self, most: int = MOST_ENTRIES) -> None:
        self._entries: deque[Entry[M]] = deque()
        self._most = most
        self._bytes = 0
        self._next: dict[int, int] = {}
        self._forgotten: dict[int, int] = {}
        self._serial = 0
        self._more = asyncio.Event()

    @property
    def end(self) -> Cursor:
        """After everything that was read."""
        return dict(self._next)

    @property
    def serial(self) -> int:
        """How many messages were added so far."""
        return self._serial

    def add(self, partition: int, offset: int, message: M, *, size: int = 0) -> bool:
        """False if it was there already. `size`: bytes on the wire."""
        if offset < self._next.get(partition, 0):
            return False
        self._entries.append(Entry(self._serial, partition, offset, message, size))
        self._bytes += size
        while len(self._entries) > self._most or self._bytes > MOST_BYTES:
            self._forget(self._entries.popleft())
        self.skip(partition, offset)
        self._serial += 1
        self._more.set()
        self._more = asyncio.Event()
        return True

    def _forget(self, oldest: Entry[M]) -> None:
        self._bytes -= oldest.size
        self._forgotten[oldest.partition] = oldest.offset + 1

    def skip(self, partition: int, offset: int) -> None:
        """A message that nobody can read: it only moves the cursor."""
        self._next[partition] = max(offset + 1, self._next.get(partition, 0))

    def after(self, cursor: Cursor, serial: int = 0) -> Iterator[Entry[M]]:
        """Messages beyond the cursor, from `serial` on. Raises GapError, before the first."""
        for partition in set(self._forgotten) | set(cursor):
            place = cursor.get(partition, 0)
            if not self._forgotten.get(partition, 0) <= place <= self._next.get(partition, 0):
                raise GapError(f"partition {partition} at {place}")
        first = self._entries[0].serial if self._entries else 0
        for index in range(max(0, serial - first), len(self._entries)):
            entry = self._entries[index]
            if entry.offset >= cursor.get(entry.partition, 0):
                yield entry

    async def more(self) -> None:
        """Return when a message has come after this call."""
        await self._more.wait()
