"""A Kafka in; how far the monitor is behind on each stream it reads, and how much came, in messages, out."""

import time
from dataclasses import dataclass

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaTimeoutError

from schemas import STREAMS, Stream
from services.settings import KafkaSettings

GROUP = "newsmon"
ANSWER_SECONDS = 10.0
READ: tuple[Stream, ...] = (STREAMS.raw, STREAMS.unique, STREAMS.classified, STREAMS.claims)
"""In pipeline order: when one is read to its end, the next one gets nothing more."""


@dataclass(frozen=True)
class Figures:
    """Where a run stands, by the broker's own offsets. Counts begin with the streams, not with whoever looks."""

    articles: int
    dead_letters: int
    behind: dict[str, int]
    """By the stage that reads, in pipeline order."""

    @property
    def read(self) -> int:
        """Articles that the first stage is done with."""
        return self.articles - next(iter(self.behind.values()))


class Lag:
    """Asks the broker, so it counts what is committed: a message in hand is still behind."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._consumer = KafkaConsumer(
            group_id=GROUP, enable_auto_commit=False, auto_offset_reset="earliest", **settings.kafka_python_options()
        )
        self._partitions = {stream.name: self._partitions_of(stream) for stream in READ}

    def __enter__(self) -> "Lag":
        return self

    def __exit__(self, *_exc: object) -> None:
        self._consumer.close()

    def by_stream(self) -> dict[str, int]:
        """Messages written and not yet committed, by stream name. Raises kafka.errors.KafkaError."""
        return {name: self._behind(partitions) for name, partitions in self._partitions.items()}

    def total(self) -> int:
        """The sum. Streams are asked in pipeline order, so 0 means that nothing is under way."""
        return sum(self.by_stream().values())

    def look(self) -> Figures:
        """All of it at once. Raises kafka.errors.KafkaError."""
        behind = {stream.readers[0]: self._behind(self._partitions[stream.name]) for stream in READ}
        return Figures(self._written(STREAMS.raw), self._written(STREAMS.dead_letters), behind)

    def _written(self, stream: Stream) -> int:
        return sum(self._ends(self._partitions_of(stream)).values())

    def _partitions_of(self, stream: Stream) -> list[TopicPartition]:
        found = self._consumer.partitions_for_topic(stream.name) or set()
        return [TopicPartition(stream.name, number) for number in sorted(found)]

    def _behind(self, partitions: list[TopicPartition]) -> int:
        ends = self._ends(partitions)
        return sum(ends[partition] - (self._consumer.committed(partition) or 0) for partition in partitions)

    def _ends(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        ends: dict[TopicPartition, int] = self._consumer.end_offsets(partitions)
        if not self._settings.embedded:
            return ends
        return ends | {p: self._watermark(p, end) for p, end in ends.items() if end}

    def _watermark(self, partition: TopicPartition, end: int) -> int:
        """The embedded broker's end is that of the last batch's first record; the answer to a fetch there is right.

        Raises KafkaTimeoutError when no answer comes: a guess would say that everything is read.
        """
        self._consumer.assign([partition])
        self._consumer.seek(partition, end - 1)
        deadline = time.monotonic() + ANSWER_SECONDS
        while not (records := self._consumer.poll(timeout_ms=100).get(partition)):
            if time.monotonic() > deadline:
                raise KafkaTimeoutError(f"{partition} does not tell where it ends")
        known = int(self._consumer.highwater(partition) or 0)
        return max(end, known, int(records[-1].offset) + 1)
