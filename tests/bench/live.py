"""A running worker and a broker in; articles sent at a rate, and for each alert the moments of its way, out.

Moments are times of the log (the producer's clock) and, for the last, when a subscriber's poll gave it: one machine,
one clock.
"""

import contextlib
import random
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from kafka import KafkaConsumer, KafkaProducer

from schemas import STREAMS, Article, Claim, Report
from services.settings import KafkaSettings

STEPS = ("deduplicate", "classify", "extract", "alert", "subscriber")
ON_THE_WAY = (STREAMS.unique, STREAMS.classified, STREAMS.claims, STREAMS.alerts)
READ = STREAMS.enriched.name  # an article is read when its report is here


class Way(NamedTuple):
    """One alert: seconds from publication to each stage's message, and to the subscriber."""

    article: str
    moments: tuple[float, ...]

    @property
    def steps(self) -> tuple[float, ...]:
        """Seconds of each of STEPS."""
        return tuple(b - a for a, b in zip((0.0, *self.moments), self.moments, strict=False))


class Live:
    """Sends, and listens in a thread of its own. Close it."""

    def __init__(self, kafka: KafkaSettings) -> None:
        self._producer = KafkaProducer(acks="all", linger_ms=0, **kafka.kafka_python_options())
        self._consumer = KafkaConsumer(
            READ,
            *(stream.name for stream in ON_THE_WAY),
            group_id=None,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=20,
            **kafka.kafka_python_options(),
        )
        self._sent: dict[str, float] = {}
        self._seen: dict[tuple[str, str], float] = {}
        self._causes: dict[str, Claim] = {}
        self.ways: list[Way] = []
        self.finished, self.first = 0, 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def send(self, article: Article) -> None:
        """Publish one article now; its clock starts."""
        now = datetime.now(UTC)
        self._sent[article.id] = now.timestamp()
        self._producer.send(
            STREAMS.raw.name,
            key=article.id.encode(),
            value=article.model_copy(update={"ingested_at": now}).to_bytes(),
        )

    def at_rate(self, articles: Sequence[Article], rate: float) -> None:
        """Send as news comes, at random moments with this mean a second; return when all are read."""
        dice, begun, due = random.Random(1), self.finished, time.monotonic()
        for article in articles:
            due += dice.expovariate(rate)
            time.sleep(max(0.0, due - time.monotonic()))
            self.send(article)
        self.until(begun + len(articles))

    def one_by_one(self, articles: Sequence[Article]) -> None:
        """Send each when the last is long read: an idle system."""
        for article in articles:
            begun = self.finished
            self.send(article)
            self.until(begun + 1)
            time.sleep(0.3)

    def caused_by(self, articles: Sequence[Article]) -> list[Way]:
        """The alerts that these articles caused so far."""
        ids = {article.id for article in articles}
        return [way for way in self.ways if way.article in ids]

    def until(self, finished: int, *, patience: float = 600.0) -> None:
        """Wait until so many articles were read. Raises TimeoutError."""
        deadline = time.monotonic() + patience
        while self.finished < finished:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.finished} of {finished} articles")
            time.sleep(0.01)

    def close(self) -> None:
        self._over.set()
        self._thread.join(10)
        self._consumer.close()
        self._producer.close()

    def _listen(self) -> None:
        while not self._over.is_set():
            for partition, records in self._consumer.poll(timeout_ms=50).items():
                for record in records:
                    self._note(partition.topic, record)

    def _note(self, topic: str, record: object) -> None:
        at, value, headers = record.timestamp / 1e3, record.value, dict(record.headers)  # type: ignore[attr-defined]
        if topic == STREAMS.alerts.name:
            self._arrived(self._causes.get(headers["ce_causationid"].decode()), at)
        elif topic == STREAMS.claims.name:
            claim = Claim.from_bytes(value)
            self._causes[claim.id] = claim
            self._seen.setdefault((topic, claim.article_id), at)
        elif topic == READ:
            self.finished += 1
        else:
            self._seen.setdefault((topic, _article_of(value)), at)

    def _arrived(self, cause: Claim | None, at: float) -> None:
        self.first = self.first or time.time()
        sent = self._sent.get(cause.article_id) if cause else None
        if cause is None or sent is None:
            return
        places = [self._seen.get((stream.name, cause.article_id)) for stream in ON_THE_WAY[:-1]]
        if all(place is not None for place in places):
            moments = (*(place for place in places if place is not None), at, time.time())
            self.ways.append(Way(cause.article_id, tuple(moment - sent for moment in moments)))


def _article_of(value: bytes) -> str:
    return Report.model_validate_json(value).article_id


@contextlib.contextmanager
def live(kafka: KafkaSettings) -> Iterator[Live]:
    """Live, closed at the end."""
    found = Live(kafka)
    try:
        yield found
    finally:
        found.close()
