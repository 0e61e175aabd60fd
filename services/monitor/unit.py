"""What an agent did since it last acknowledged, settled in the one order that loses nothing.

1. every send is acknowledged by the broker  2. the rows are written and their changelog is acknowledged
3. the messages are acknowledged. A crash between any two repeats, and a repeat changes nothing: ids are deterministic
and the ledger is a fold. Several messages are settled together, because one wait for the broker serves all of them.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import faust
from pydantic import BaseModel

from services.monitor.durable import DurableTable, Envelope, Outgoing, Rows
from services.monitor.envelope import plain
from services.monitor.lease import Lease

# Settling 64 together passed the kill tests, but lost 3 of 276 claims when a worker was frozen on the embedded broker.
# Not before that is understood.
MOST = 1


class Unit:
    """One agent's open work. `forget` rebuilds what the agent keeps in memory beside its rows."""

    def __init__(self, app: faust.App, lease: Lease) -> None:
        self._app: Any = app  # generation and rebalancing are not part of Faust's typed interface
        self._lease = lease
        self._outlets: list[Outgoing] = []
        self._rows: list[Rows] = []
        self._events: list[Any] = []
        self.forget: Callable[[], None] = lambda: None

    def begin(self) -> None:
        """Take the lease: from now on this agent acts. Faust's own tasks start later than its agents."""
        self._lease.start()

    def to(self, topic: Any, headers: Envelope = plain) -> Outgoing:
        """An outlet of this agent."""
        self._outlets.append(Outgoing(topic, headers, self._lease))
        return self._outlets[-1]

    def rows(self, table: DurableTable, kind: type[BaseModel] | None = None) -> Rows:
        """Rows of this agent. When the table was recovered, what was open is read again."""
        self._rows.append(Rows(table, kind))
        table.on_recover(self._recovered)
        return self._rows[-1]

    def took(self, event: Any) -> bool:
        """One more message is open. True: settle before taking another."""
        self._events.append(event)
        return len(self._events) >= MOST

    async def settle(self) -> list[Any]:
        """Do 1 and 2; the messages that may be acknowledged. Of an assignment that is over nothing is written.

        Raises what the broker said if it refused a send, and FrozenError if this process stood still too long.
        """
        await asyncio.gather(*(outlet.settled() for outlet in self._outlets))
        self._lease.check()
        done, stale = self._events, self._is_stale()
        if stale:
            self.reset()
        for rows in self._rows:
            rows.write()
        await asyncio.gather(*(rows.settled() for rows in self._rows))
        self._events = []
        return done

    def reset(self) -> None:
        """Forget what is open: after a rebalance the partition is read again from the last commit."""
        self._events = []
        for rows in self._rows:
            rows.discard()
        self.forget()

    async def _recovered(self) -> None:
        self.reset()

    def _is_stale(self) -> bool:
        """Whether a message is of an assignment that is over: its rows may be another worker's by now.

        A rebalance that is only beginning waits until we have settled (Faust's stream_wait_empty).
        """
        now = self._app.consumer_generation_id
        return any(event.message.generation_id != now for event in self._events)
