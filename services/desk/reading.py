"""A Kafka in; the board kept up to date with the alert, stance and report streams, for ever. No group: all is seen."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from schemas import STREAMS, Stance
from services.broker import quirks
from services.desk.board import Board, Heard
from services.settings import KafkaSettings
from services.subscriber.subscription import stamped

LOG = logging.getLogger(__name__)
WAIT_MS = 1_000
AGAIN_SECONDS = 2.0
REPORTS_BACK = 2_000  # per partition, at the start: quotes of older alerts are shown without the words around them
NO_CLAIMS = b'"claims":[]'
READ = (STREAMS.alerts.name, STREAMS.stances.name, STREAMS.enriched.name)


async def keep_up(settings: KafkaSettings, board: Board) -> None:
    """Until cancelled. A broker that is away is waited for; a message nobody can read is counted and passed."""
    while True:
        try:
            await _read(settings, board)
        except KafkaError as error:
            LOG.warning("no broker: %s", error)
            await asyncio.sleep(AGAIN_SECONDS)


async def _read(settings: KafkaSettings, board: Board) -> None:
    options = settings.kafka_python_options()  # aiokafka's are called the same
    reader = AIOKafkaConsumer(*READ, group_id=None, auto_offset_reset="earliest", enable_auto_commit=False, **options)
    try:
        await reader.start()
        ends = await _ends(reader, settings)
        _leave_out_old_reports(reader, ends)
        while True:
            for records in (await reader.getmany(timeout_ms=WAIT_MS)).values():
                await _take_all(records, board)
            if not board.caught_up.is_set() and await _passed(reader, ends):
                board.caught_up.set()
    finally:
        await reader.stop()


async def _ends(reader: Any, settings: KafkaSettings) -> dict[TopicPartition, int]:
    """Where each partition ended when the desk came, once the broker has told the partitions."""
    while not reader.assignment():  # noqa: ASYNC110 - aiokafka offers nothing to wait for
        await asyncio.sleep(0.1)
    ends: dict[TopicPartition, int] = await reader.end_offsets(reader.assignment())
    if not settings.embedded:
        return ends
    last = {partition: end - 1 for partition, end in ends.items() if end}
    return ends | await quirks.high_watermarks(settings.bootstrap_servers, last) if last else ends


def _leave_out_old_reports(reader: Any, ends: dict[TopicPartition, int]) -> None:
    for partition, end in ends.items():
        if partition.topic == STREAMS.enriched.name and end > REPORTS_BACK:
            reader.seek(partition, end - REPORTS_BACK)


async def _passed(reader: Any, ends: dict[TopicPartition, int]) -> bool:
    shown = {partition: end for partition, end in ends.items() if partition.topic != STREAMS.enriched.name}
    return all([await reader.position(partition) >= end for partition, end in shown.items()])


async def _take_all(records: Iterable[ConsumerRecord[bytes, bytes]], board: Board) -> None:
    for record in records:
        take(record, board)
        await asyncio.sleep(0)  # thousands come at once at the start: pages are answered between them


def take(record: ConsumerRecord[bytes, bytes], board: Board) -> None:
    """One message of one of the streams."""
    try:
        if record.topic == STREAMS.enriched.name:
            _overhear(record.value, board)
        elif record.topic == STREAMS.alerts.name:
            board.tell(stamped(record), record.partition, record.offset, size=len(record.value or b""))
        else:
            _hold(record, board)
    except (ValidationError, ValueError, TypeError):
        board.unreadable += 1
        if record.topic == STREAMS.alerts.name:
            board.journal.skip(record.partition, record.offset)
        elif record.topic == STREAMS.stances.name:
            board.changes.skip(record.partition, record.offset)


def _hold(record: ConsumerRecord[bytes, bytes], board: Board) -> None:
    stance = Stance.from_bytes(record.value) if record.value else None
    key = (record.key or b"").decode()
    board.hold(key, stance, record.partition, record.offset, size=len(record.value or b""))


def _overhear(value: bytes | None, board: Board) -> None:
    """Most reports claim nothing, and are not even parsed."""
    if value and NO_CLAIMS not in value:
        board.overhear(Heard.model_validate_json(value))
