"""A topic in; every record that stands in it now, partition by partition, out.

Ends at the end of the log, and not when the broker is quiet for a while: a slow machine is no end.
"""

import time
from collections.abc import Iterator
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaTimeoutError

from services.settings import KafkaSettings

PATIENCE = 60.0  # seconds without one record before the end
POLL_MS = 100


def whole(settings: KafkaSettings, topic: str) -> Iterator[Any]:
    """kafka-python records, each partition in order. A topic that is not there has none.

    Raises kafka.errors.KafkaError, KafkaTimeoutError if the broker stops answering in the middle.
    """
    consumer = KafkaConsumer(group_id=None, auto_offset_reset="earliest", **settings.kafka_python_options())
    try:
        for number in sorted(consumer.partitions_for_topic(topic) or ()):
            yield from _partition(consumer, TopicPartition(topic, number))
    finally:
        consumer.close()


def _partition(consumer: KafkaConsumer, partition: TopicPartition) -> Iterator[Any]:
    consumer.assign([partition])
    consumer.seek_to_beginning(partition)
    end, heard = consumer.end_offsets([partition])[partition], time.monotonic()
    # The embedded broker's end is that of the last batch's first record; the high watermark of a fetch is right.
    while consumer.position(partition) < max(end, consumer.highwater(partition) or 0):
        if time.monotonic() - heard > PATIENCE:
            raise KafkaTimeoutError(f"{partition} does not come to its end at {end}")
        for record in consumer.poll(timeout_ms=POLL_MS).get(partition, ()):
            heard = time.monotonic()
            yield record
