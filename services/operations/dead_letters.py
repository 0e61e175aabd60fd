"""The dead-letter stream in; a list, one letter, or the bytes sent again, out."""

from collections.abc import Iterator
from dataclasses import dataclass

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from schemas import STREAMS, DeadLetter
from services.settings import KafkaSettings


@dataclass(frozen=True)
class Buried:
    """A dead letter and its number: its offset in the stream."""

    number: int
    letter: DeadLetter


def buried(settings: KafkaSettings, *, idle_ms: int = 1500) -> Iterator[Buried]:
    """Every dead letter kept, oldest first. Raises kafka.errors.KafkaError."""
    partition = TopicPartition(STREAMS.dead_letters.name, 0)
    consumer = KafkaConsumer(group_id=None, consumer_timeout_ms=idle_ms, **settings.kafka_python_options())
    try:
        consumer.assign([partition])
        consumer.seek_to_beginning(partition)
        for record in consumer:
            yield Buried(record.offset, DeadLetter.from_bytes(record.value))
    finally:
        consumer.close()


def one(settings: KafkaSettings, number: int) -> Buried:
    """The letter of that number. Raises LookupError."""
    for found in buried(settings):
        if found.number == number:
            return found
    raise LookupError(f"no dead letter {number} in {STREAMS.dead_letters.name}")


def replay(settings: KafkaSettings, letters: list[Buried]) -> list[str]:
    """Send each letter's bytes to where they came from, wait for the acknowledgement, and say what was done.

    Refused, and said so: letters whose bytes were cut short, and letters from a file, which have no stream.
    """
    producer = KafkaProducer(acks="all", **settings.kafka_python_options())
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
