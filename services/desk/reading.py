"""A Kafka in; the board kept up to date with the alert, stance and report streams, for ever. No group: all is seen."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import aiokafka
from aiokafka import ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from schemas import STREAMS, EnrichedReport, Stance
from services.broker import quirks
from services.desk.board import Board
from services.settings import KafkaSettings
from services.subscriber.subscription import stamped

LOG = logging.getLogger(__name__)
WAIT_MS = 500
AGAIN_SECONDS = 2.0
REPORTS_BACK = 5_000  # per partition, at the start: quotes of older alerts are shown without the words around them
NO_CLAIMS = b'"claims":[]'
SHOWN = (STREAMS.alerts.name, STREAMS.stances.name)


def consumer(settings: KafkaSettings, *streams: str) -> Any:
    """Reads every partition of the streams from the beginning; not started."""
    kind: Callable[..., Any] = quirks.EmbeddedConsumer if settings.embedded else aiokafka.AIOKafkaConsumer
    options = settings.kafka_python_options()
    return kind(*streams, group_id=None, auto_offset_reset="earliest", enable_auto_commit=False, **options)


async def keep_up(settings: KafkaSettings, board: Board) -> None:
    """Until cancelled. A broker that is away is waited for; a message nobody can read is counted and passed."""
    await asyncio.gather(_lasting(_shown, settings, board), _lasting(_around, settings, board))


async def _lasting(read: Callable[[KafkaSettings, Board], Any], settings: KafkaSettings, board: Board) -> None:
    while True:
        try:
            await read(settings, board)
        except KafkaError as error:
            LOG.warning("no broker: %s", error)
            await asyncio.sleep(AGAIN_SECONDS)


async def _shown(settings: KafkaSettings, board: Board) -> None:
    reader = consumer(settings, *SHOWN)
    try:
        await reader.start()
        ends = await reader.end_offsets(await _assigned(reader))
        while True:
            for records in (await reader.getmany(timeout_ms=WAIT_MS)).values():
                for record in records:
                    take(record, board)
            if not board.caught_up.is_set() and await _passed(reader, ends):
                board.caught_up.set()
    finally:
        await reader.stop()


async def _around(settings: KafkaSettings, board: Board) -> None:
    reader = consumer(settings, STREAMS.enriched.name)
    try:
        await reader.start()
        for partition, end in (await reader.end_offsets(await _assigned(reader))).items():
            if end > REPORTS_BACK:
                reader.seek(partition, end - REPORTS_BACK)
        while True:
            for records in (await reader.getmany(timeout_ms=WAIT_MS)).values():
                for record in records:
                    overhear(record, board)
                    await asyncio.sleep(0)  # thousands come at once at the start: let pages be answered between
    finally:
        await reader.stop()


async def _assigned(reader: Any) -> set[TopicPartition]:
    """Its partitions, once the broker has told them."""
    while not reader.assignment():  # noqa: ASYNC110 - aiokafka offers nothing to wait for
        await asyncio.sleep(0.1)
    found: set[TopicPartition] = reader.assignment()
    return found


async def _passed(reader: Any, ends: dict[TopicPartition, int]) -> bool:
    return all([await reader.position(partition) >= end for partition, end in ends.items()])


def take(record: ConsumerRecord[bytes, bytes], board: Board) -> None:
    """One message of the alert or the stance stream."""
    try:
        if record.topic == STREAMS.alerts.name:
            board.tell(stamped(record), record.partition, record.offset, size=len(record.value or b""))
        else:
            board.hold((record.key or b"").decode(), Stance.from_bytes(record.value) if record.value else None)
    except (ValidationError, ValueError, TypeError):
        board.unreadable += 1
        if record.topic == STREAMS.alerts.name:
            board.journal.skip(record.partition, record.offset)


def overhear(record: ConsumerRecord[bytes, bytes], board: Board) -> None:
    """One message of the report stream. Most reports claim nothing, and are not even parsed."""
    if not record.value or NO_CLAIMS in record.value:
        return
    try:
        board.overhear(EnrichedReport.from_bytes(record.value))
    except ValidationError:
        board.unreadable += 1
