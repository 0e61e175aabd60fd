"""In: Articles and BadLines. Out: messages on the raw stream and the dead letters, each acknowledged or named.

acks=all and idempotent: a retry does not write twice. Every article carries the id its consumers deduplicate by.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Self

from kafka import KafkaProducer
from kafka.errors import KafkaError

from schemas import STREAMS, Article, DeadLetter, Message
from services.feeder.bad_line import BadLine
from services.settings import KafkaSettings

STREAM_BYTES = int(STREAMS.raw.config()["max.message.bytes"])
MAX_BYTES = STREAM_BYTES // 4  # of an article: what the agents add to it travels under the same limit
KEPT_BYTES = 64 * 1024  # of an article above MAX_BYTES; enough to know it by
KEPT_OF_BAD_LINE = STREAM_BYTES // 2  # base64 and JSON make it larger by a third
ABANDON_SECONDS = 10  # after an error or Ctrl-C: what is on its way may still arrive so long
BATCH_BYTES = 256 * 1024  # kafka-python's 16 KiB holds seven articles
IN_FLIGHT = 2000  # unacknowledged messages at most: kafka-python's own buffer has no bound


class DeliveryError(RuntimeError):
    """Kafka did not acknowledge these. Operator: see the cause, run the feed again; what arrived is known by its id."""

    def __init__(self, failures: list[tuple[str, BaseException]]) -> None:
        ids = ", ".join(name for name, _ in failures[:5])
        super().__init__(
            f"{len(failures)} not delivered ({ids}{', ...' if len(failures) > 5 else ''}): {failures[0][1]!r}"
        )
        self.failures = failures


class Publisher:
    """Sends without waiting, at most IN_FLIGHT ahead of Kafka; leaving the block waits for every acknowledgement."""

    def __init__(self, producer: KafkaProducer, *, now: Callable[[], datetime] | None = None) -> None:
        self._producer = producer
        self._now = now or (lambda: datetime.now(UTC))
        self._room = threading.BoundedSemaphore(IN_FLIGHT)
        self._failures: list[tuple[str, BaseException]] = []

    def send(self, article: Article) -> bool:
        """Stamp and send. False: too large, it lies in the dead letters. Raises DeliveryError of earlier sends."""
        stamped = article.model_copy(update={"ingested_at": self._now()})
        value = stamped.to_bytes()
        if len(value) > MAX_BYTES:
            self._send(STREAMS.dead_letters.name, article.id, _too_large(article, value, self._now()))
            return False
        self._send(STREAMS.raw.name, article.id, stamped, value=value)
        return True

    def bury(self, bad: BadLine) -> None:
        """Send a line that nobody could read to the dead letters. Raises DeliveryError of earlier sends."""
        self._send(STREAMS.dead_letters.name, bad.origin, buried(bad, self._now()))

    def flush(self) -> None:
        """Wait for every acknowledgement. Raises DeliveryError naming what was not delivered."""
        self._producer.flush()
        self._check()

    def _send(self, stream: str, key: str, message: Message, *, value: bytes | None = None) -> None:
        self._check()
        self._room.acquire()
        try:
            future = self._producer.send(stream, key=key.encode(), value=value or message.to_bytes())
        except KafkaError as error:
            self._done(key, error)
            raise DeliveryError(self._failures) from error
        future.add_callback(lambda _: self._room.release())
        future.add_errback(lambda error: self._done(key, error))

    def _done(self, key: str, error: BaseException) -> None:
        self._failures.append((key, error))
        self._room.release()

    def _check(self) -> None:
        if self._failures:
            raise DeliveryError(self._failures)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.flush()
        finally:
            self._producer.close(timeout=None if kind is None else ABANDON_SECONDS)


def connect(settings: KafkaSettings) -> KafkaProducer:
    """A producer as delivery needs it. Raises kafka.errors.KafkaError when no broker answers."""
    options: dict[str, Any] = settings.kafka_python_options()
    return KafkaProducer(
        **options,
        client_id="newsmon-feeder",
        acks="all",
        enable_idempotence=True,
        linger_ms=5,  # nobody sees 5 ms at a paced feed; at full speed it fills the batches
        batch_size=BATCH_BYTES,
        max_request_size=STREAM_BYTES,
        allow_auto_create_topics=False,
        delivery_timeout_ms=120_000,
    )


def buried(bad: BadLine, now: datetime) -> DeadLetter:
    """The dead letter of a bad line."""
    return DeadLetter(
        stage="feed",
        reason=bad.reason,
        detail=bad.detail[:4000],
        origin=bad.origin,
        stream=STREAMS.raw.name,
        value=bad.data[:KEPT_OF_BAD_LINE],
        truncated=len(bad.data) > KEPT_OF_BAD_LINE,
        failed_at=now,
    )


def _too_large(article: Article, value: bytes, now: datetime) -> DeadLetter:
    return DeadLetter(
        stage="feed",
        reason="too-large",
        detail=f"{len(value)} bytes, an article may have {MAX_BYTES}",
        origin=article.url or article.id,
        stream=STREAMS.raw.name,
        key=article.id.encode(),
        value=value[:KEPT_BYTES],
        truncated=True,
        failed_at=now,
    )
