"""In: a Kafka and an interval. Out: heartbeats on the raw stream, sent as articles are, until told to stop.

A process of its own, with the feeder's rights: it comes in by the door by which news comes in, and it lives on when a
feeder has nothing to send, when a worker dies and when nobody looks at the desk (which may only read).
"""

import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError

from schemas import STREAMS
from schemas.heartbeat import ID, Heartbeat
from services.feeder.publisher import connect
from services.settings import KafkaSettings
from services.terminal import visible

EVERY_SECONDS = 30.0  # the rule NewsmonPipeSilent waits for ten of them
ANSWER_SECONDS = 20.0


def beat(producer: KafkaProducer, now: datetime) -> None:
    """Send one and wait for its acknowledgement. Raises kafka.errors.KafkaError."""
    heart, raw = Heartbeat(now), STREAMS.raw
    headers: list[Any] = list(heart.headers().items())
    value = heart.value(raw.type).to_bytes()
    producer.send(raw.name, key=ID.encode(), value=value, headers=headers).get(timeout=ANSWER_SECONDS)


def keep_beating(
    settings: KafkaSettings,
    every: float = EVERY_SECONDS,
    *,
    stop: threading.Event | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Beat until `stop` is set. One that is not acknowledged is told on standard error, and the next is tried.

    Raises kafka.errors.KafkaError when there is no broker at the start.
    """
    halt = stop or threading.Event()
    producer = connect(settings)
    try:
        while True:
            _tried(producer, now())
            if halt.wait(every):
                return
    finally:
        producer.close(timeout=ANSWER_SECONDS)


def _tried(producer: KafkaProducer, now: datetime) -> None:
    try:
        beat(producer, now)
    except KafkaError as error:
        sys.stderr.write(visible(f"no heartbeat at {now:%H:%M:%S}: {type(error).__name__}: {error}") + "\n")
