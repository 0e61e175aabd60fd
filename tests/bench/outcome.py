"""A broker in; every message the pipeline wrote, with the time it was written, out. The log is the stopwatch."""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from kafka import KafkaConsumer

from schemas import STREAMS, PolicyShiftAlert
from services.monitor.analysis.final import final
from services.settings import KafkaSettings

WRITTEN = (STREAMS.unique, STREAMS.classified, STREAMS.enriched, STREAMS.claims, STREAMS.alerts, STREAMS.stances)
QUIET = 1.5  # seconds without a message after the last expected one
PATIENCE = 900.0
PAUSE = 0.2


class Written(NamedTuple):
    """One message; `at` in seconds of the epoch, as its producer stamped it."""

    partition: int
    offset: int
    at: float
    value: bytes


@dataclass
class Outcome:
    """What came of a run: per stream, the place in the log, moment and value of each message."""

    messages: dict[str, list[Written]] = field(default_factory=lambda: defaultdict(list))

    def count(self, stream: str) -> int:
        return len(self.messages[stream])

    @property
    def began(self) -> float:
        return min(row.at for rows in self.messages.values() for row in rows)

    @property
    def ended(self) -> float:
        return max(row.at for rows in self.messages.values() for row in rows)

    def alerts(self) -> list[bytes]:
        """What a subscriber holds at the end, to compare runs byte for byte."""
        told = [PolicyShiftAlert.from_bytes(row.value) for row in sorted(self.messages[STREAMS.alerts.name])]
        return [alert.to_bytes() for alert in final(told)]


def read(kafka: KafkaSettings, expected: dict[str, int], alive: object = None) -> Outcome:
    """Wait until each stream named in `expected` has so many messages and nothing more comes. Raises TimeoutError."""
    found, last = Outcome(), time.monotonic()
    consumer = KafkaConsumer(
        *(stream.name for stream in WRITTEN),
        group_id=None,
        auto_offset_reset="earliest",
        **kafka.kafka_python_options(),
    )
    deadline = last + PATIENCE
    try:
        while not _is_done(found, expected) or time.monotonic() - last < QUIET:
            if time.monotonic() > deadline or (callable(alive) and not alive()):
                raise TimeoutError({name: (found.count(name), count) for name, count in expected.items()})
            for partition, records in consumer.poll(timeout_ms=50).items():
                last = time.monotonic()
                found.messages[partition.topic] += [
                    Written(r.partition, r.offset, r.timestamp / 1e3, r.value) for r in records
                ]
            time.sleep(PAUSE)
    finally:
        consumer.close()
    return found


def _is_done(found: Outcome, expected: dict[str, int]) -> bool:
    return all(found.count(name) >= count for name, count in expected.items())
