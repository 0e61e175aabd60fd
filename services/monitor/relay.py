"""Heartbeats of one stage in; the same on to the next stage's partitions, and how old they are in the metrics, out.

No agent sees one, so none can remember it, count it or alert on it. But it waits in the same partitions, takes its turn
between the same messages and is settled as they are: what stops the news stops it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from schemas import STREAMS, Message, Stream
from schemas.heartbeat import ID, Heartbeat
from services.monitor.declarations import STAGES


class Puts(Protocol):
    """An outlet that is told the partition."""

    async def put(self, key: str, value: Message, *, partition: int, headers: Mapping[str, bytes]) -> None:
        """One record, settled with whatever else the agent sends."""


class Gauges(Protocol):
    """Where the age is shown."""

    def set(self, name: str, value: float, *labels: str) -> None:
        """Set a gauge."""


@dataclass(frozen=True)
class Onward:
    """The next stage's stream and the way to it."""

    stream: Stream
    outlet: Puts


@dataclass
class Relay:
    """Of one stage. `onward` is None for the last: what subscribers read carries no heartbeat.

    `spread`: how many partitions the next stream has, where this stage's own has one; else None.
    """

    stage: str
    gauges: Gauges
    onward: Onward | None
    spread: int | None = None
    _newest: dict[int, float] = field(default_factory=dict)

    async def on(self, beat: Heartbeat, partition: int) -> None:
        """Send it on as it came; to every partition, once there are many, so that each is known to be read."""
        if self.onward is None:
            return
        value, headers = beat.value(self.onward.stream.type), beat.headers()
        for onto in range(self.spread) if self.spread else (partition,):
            await self.onward.outlet.put(ID, value, partition=onto, headers=headers)

    def done(self, beat: Heartbeat, partition: int) -> None:
        """The stage has settled it. What is read again after a crash does not make the newest one older."""
        newest = max(beat.sent.timestamp(), self._newest.get(partition, 0.0))
        self._newest[partition] = newest
        self.gauges.set("heartbeat_sent_timestamp_seconds", newest, self.stage, str(partition))


def following(stage: str) -> Stream | None:
    """The stream that the stage writes and another stage reads."""
    return next((stream for stream in STREAMS if stream.writer == stage and set(stream.readers) & set(STAGES)), None)
