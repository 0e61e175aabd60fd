"""The dead-letter stream in; a list, one letter, or the bytes sent again, out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kafka import KafkaProducer
from pydantic import ValidationError

from schemas import STREAMS, DeadLetter
from services.broker.whole import whole
from services.settings import KafkaSettings


@dataclass(frozen=True)
class Buried:
    """A dead letter and its number: its offset in the stream."""

    number: int
    letter: DeadLetter


def buried(settings: KafkaSettings) -> Iterator[Buried]:
    """Every dead letter kept, oldest first. Raises kafka.errors.KafkaError."""
    for record in whole(settings, STREAMS.dead_letters.name):
        yield Buried(record.offset, _letter(record))


def some(settings: KafkaSettings, numbers: Collection[int]) -> list[Buried]:
    """The letters of these numbers, in the order asked for. Raises LookupError naming those that are not there."""
    found = {letter.number: letter for letter in buried(settings) if letter.number in numbers}
    missing = [str(number) for number in numbers if number not in found]
    if missing:
        raise LookupError(f"no dead letter {', '.join(missing)} in {STREAMS.dead_letters.name}")
    return [found[number] for number in numbers]


def _letter(record: Any) -> DeadLetter:
    """What stands there; if even that cannot be read, a letter about it."""
    try:
        return DeadLetter.from_bytes(record.value or b"")
    except ValidationError:
        return DeadLetter(
            stage="feed",
            reason="invalid",
            detail="this dead letter itself cannot be read",
            origin=f"{record.topic}[{record.partition}]@{record.offset}",
            key=record.key,
            value=record.value,
            failed_at=datetime.fromtimestamp(record.timestamp / 1000, UTC),
        )


def replay(settings: KafkaSettings, letters: list[Buried]) -> list[str]:
    """Send each letter's bytes to where they came from, wait for the acknowledgement, and say what was done.

    Refused, and said so: letters whose bytes were cut short, and letters from a file, which have no stream.
    """
    limit = int(STREAMS.raw.config()["max.message.bytes"])
    producer = KafkaProducer(acks="all", max_request_size=limit, **settings.kafka_python_options())
    try:
        said = [_replay(producer, found) for found in letters]
        producer.flush()
    finally:
        producer.close()
    return said


def _replay(producer: KafkaProducer, found: Buried) -> str:
    letter = found.letter
    if letter.truncated or letter.value is None or letter.stream is None:
        why = "its bytes were cut" if letter.truncated else "it has no bytes or no stream; feed its file again"
        return f"{found.number}: not replayed, {why} ({letter.origin})"
    producer.send(letter.stream, key=letter.key, value=letter.value).get(timeout=30)
    return f"{found.number}: sent to {letter.stream} ({letter.origin})"
