"""What an agent did since it last acknowledged, settled in the one order that loses nothing.

1. everything is sent and acknowledged by the broker  2. the rows are written and their changelog is acknowledged
3. the messages are acknowledged. A crash between any two repeats, and a repeat changes nothing: ids are deterministic
and the ledger is a fold. Several messages are settled together, because one wait for the broker serves all of them.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import faust
from pydantic import BaseModel

from services.monitor.durable import DurableTable, Envelope, Outgoing, Rows
from services.monitor.envelope import plain
from services.monitor.lease import Lease

MOST = 32  # open messages; all of them are read again after a kill -9
SECONDS = 0.2  # that a message may be open while others follow it: what it caused is on its way by then

Acknowledge = Callable[[], Awaitable[None]]


class SettledEvent(faust.Event):
    """An event that nobody but its unit can acknowledge.

    Faust acknowledges by itself what an agent raised on and what it skips while partitions move: both were not read.
    """

    settled = False

    def ack(self) -> bool:
        """Acknowledge it if its unit has settled it; else it stays to be read again."""
        return self.settled and super().ack()


class Unit:
    """One agent's open work. `forget` rebuilds what the agent keeps in memory beside its rows.

    Whoever holds `turn` works or settles: an agent from the moment it has a message until that is done.
    """

    def __init__(self, app: faust.App, lease: Lease, clock: Callable[[], float] = time.monotonic) -> None:
        self._app: Any = app  # generation and flow control are not part of Faust's typed interface
        self._lease = lease
        self._outlets: list[Outgoing] = []
        self._rows: list[Rows] = []
        self._open: list[tuple[Any, Acknowledge]] = []
        self._clock, self._since = clock, 0.0
        self.turn = asyncio.Lock()
        self.forget: Callable[[], None] = lambda: None

    def begin(self) -> None:
        """Take the lease: from now on this agent acts. Faust's own tasks start later than its agents."""
        self._lease.start()

    def to(self, topic: Any, headers: Envelope = plain) -> Outgoing:
        """An outlet of this agent."""
        self._outlets.append(Outgoing(topic, headers))
        return self._outlets[-1]

    def rows(self, table: DurableTable, kind: type[BaseModel] | None = None) -> Rows:
        """Rows of this agent. When the table was recovered, what was open is read again."""
        self._rows.append(Rows(table, kind))
        table.on_recover(self._recovered)
        return self._rows[-1]

    def takes(self, event: Any) -> bool:
        """Whether its partition is ours. A message that waited for its turn while we handed over is not: it is left."""
        return bool(self._app.flow_control.is_active()) and self._is_current(event)

    def took(self, event: Any, acknowledge: Acknowledge) -> bool:
        """One more message is open. True: settle before taking another."""
        if not self._open:
            self._since = self._clock()
        self._open.append((event, acknowledge))
        return len(self._open) >= MOST or self._clock() - self._since >= SECONDS

    async def settle(self) -> None:
        """Do 1, 2 and 3. Of an assignment that is over nothing is sent, written or acknowledged.

        Raises what the broker said if it refused a send, and FrozenError if this process stood still too long.
        """
        self._check()
        await asyncio.gather(*(outlet.settled() for outlet in self._outlets))
        self._check()
        for rows in self._rows:
            rows.write()
        await asyncio.gather(*(rows.settled() for rows in self._rows))
        done, self._open = self._open, []
        for event, acknowledge in done:
            event.settled = True
            await acknowledge()

    async def hand_over(self) -> None:
        """Let the agent finish the message in hand, and settle: before a partition goes to another worker."""
        async with self.turn:
            if self._open:
                await self.settle()

    def reset(self) -> None:
        """Forget what is open: it is read again from the last commit. After a rebalance, and when the agent raised."""
        self._open = []
        for outlet in self._outlets:
            outlet.discard()
        for rows in self._rows:
            rows.discard()
        self.forget()

    def _check(self) -> None:
        """That we may still act for the partitions of what is open."""
        self._lease.check()
        if not all(self._is_current(event) for event, _ in self._open):
            self.reset()

    async def _recovered(self) -> None:
        self.reset()

    def _is_current(self, event: Any) -> bool:
        """Whether it was fetched in the assignment that holds now."""
        return bool(event.message.generation_id == self._app.consumer_generation_id)
