"""The job driven by a confluent-kafka (librdkafka) loop, as its user would write it. Runs until it is killed.

The same guarantee and the same tuning as the aiokafka loop beside it: a batch is read, worked off, sent, flushed, then
committed; changed rows go to a compacted topic before the commit. Idempotent producing is left out, as there.
"""

from typing import Any

from confluent_kafka import Consumer, KafkaException, Producer

from services.monitor.tools import load_tools
from services.settings import KafkaSettings, Settings
from tests.bench.job import READ, TABLES, Job, Logged

MOST = 64


def run(kafka: KafkaSettings, job: Job, tables: dict[str, Any]) -> None:
    """For ever."""
    brokers = {"bootstrap.servers": kafka.bootstrap_servers}
    consumer = Consumer(
        brokers
        | {
            "group.id": "bench",
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "session.timeout.ms": 10_000 if not kafka.embedded else 6_000,
            "heartbeat.interval.ms": 1_000,
            "fetch.wait.max.ms": 100,
        }
    )
    producer = Producer(brokers | {"acks": "all", "linger.ms": 5})
    consumer.subscribe([stream.name for stream in READ])
    while True:
        records = consumer.consume(MOST, timeout=0.1)
        for record in records:
            _work(record, job, producer)
        for name, table in tables.items():
            for key, row in table.changes():
                producer.produce(f"bench.{name}", row, key)
        if producer.flush(30):
            raise TimeoutError("the broker did not acknowledge")
        if records:
            consumer.commit(asynchronous=False)


def _work(record: Any, job: Job, producer: Producer) -> None:
    if record.error():
        raise KafkaException(record.error())
    for out in job.step(record.topic(), record.value()):
        producer.produce(out.topic, out.value, out.key, headers=out.headers)


def main() -> None:
    settings = Settings()
    tables: dict[str, Any] = {name: Logged() for name in TABLES}
    run(settings.kafka, Job(load_tools(named_entities=settings.worker.named_entities), tables), tables)


if __name__ == "__main__":
    main()
