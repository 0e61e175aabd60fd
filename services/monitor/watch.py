"""A running worker in; its lag, rows, state on disk and the turning of its event loop in the metrics out."""

import asyncio
import logging
import shutil
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from aiokafka.errors import KafkaError

from schemas import STREAMS
from services.monitor.declarations import STAGES
from services.monitor.metrics import Metrics

LOG = logging.getLogger(__name__)
LOOK_SECONDS = 5.0  # two requests to the broker each; Prometheus looks every 15 s
LOOP_SECONDS = 1.0
ANSWER_SECONDS = 10.0
READ_BY = {stream.name: reader for stream in STREAMS for reader in stream.readers if reader in STAGES}


class Partition(NamedTuple):
    """Of a stream; equal to Faust's TP."""

    topic: str
    partition: int


class Offsets(Protocol):
    """What a consumer knows of the partitions it reads."""

    async def ends(self) -> Mapping[Partition, int]:
        """Where each partition this worker has ends: the offset of its next message."""

    async def committed(self, partitions: Iterable[Partition]) -> Mapping[Partition, int]:
        """The first offset not yet acknowledged; where the log begins, before the first acknowledgement."""


class Sized(Protocol):
    """A table."""

    name: str

    def rows(self) -> int:
        """About how many rows it has."""


class Watch:
    """Looks at one worker. Every look is complete by itself, so a missed one loses nothing."""

    def __init__(self, metrics: Metrics, offsets: Offsets, tables: tuple[Sized, ...], state_dir: Path) -> None:
        self._metrics = metrics
        self._offsets = offsets
        self._tables = tables
        self._state_dir = state_dir
        self._shown: set[Partition] = set()

    async def look(self) -> None:
        """Set the gauges. A broker that does not answer takes the lag away: absent is true, an old number is not."""
        for table in self._tables:
            self._metrics.set("table_rows", table.rows(), table.name)
        self._metrics.set("state_bytes", _bytes(self._state_dir))
        self._metrics.set("state_free_bytes", shutil.disk_usage(self._state_dir).free)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                self._show(await self._lags())
        except (KafkaError, TimeoutError) as error:
            LOG.warning("lag not known: %s: %s", type(error).__name__, error)
            self._show({})

    async def turn(self) -> None:
        """Measure how late the event loop wakes this coroutine, for ever."""
        while True:
            due = time.monotonic() + LOOP_SECONDS
            await asyncio.sleep(LOOP_SECONDS)
            self._metrics.event("loop_delay_seconds", amount=max(0.0, time.monotonic() - due))
            self._metrics.set("loop_timestamp_seconds", time.time())

    async def _lags(self) -> dict[Partition, int]:
        ends = await self._offsets.ends()
        return lags(ends, await self._offsets.committed(ends))

    def _show(self, behind: Mapping[Partition, int]) -> None:
        for partition, count in behind.items():
            self._metrics.set("consumer_lag_messages", count, READ_BY[partition.topic], str(partition.partition))
        for gone in self._shown - set(behind):
            self._metrics.forget("consumer_lag_messages", READ_BY[gone.topic], str(gone.partition))
        self._shown = set(behind)


def lags(ends: Mapping[Partition, int], committed: Mapping[Partition, int]) -> dict[Partition, int]:
    """Messages written and not acknowledged. Never negative: the end may be the older of the two answers."""
    return {partition: max(0, end - committed[partition]) for partition, end in ends.items() if partition in committed}


def _bytes(directory: Path) -> int:
    """Of all files below; those that RocksDB removes meanwhile count as nothing."""
    total = 0
    for path in directory.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total
