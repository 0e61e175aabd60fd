"""The job driven by a plain aiokafka loop, as its user would write it. Runs until it is killed.

A batch is read, worked off, sent, awaited, then committed: at least once. Tables are dicts; changed rows go to a
compacted topic before the commit, so they could be rebuilt (not written here: neither that, nor rebalances, nor dead
letters, nor metrics). Tuned: batches of 64, linger 5 ms, rows written once per batch.
"""

import asyncio
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from services.monitor.tools import load_tools
from services.settings import KafkaSettings, Settings
from tests.bench.job import READ, TABLES, Job, Logged

MOST = 64


async def run(kafka: KafkaSettings, job: Job, tables: dict[str, Any]) -> None:
    """For ever."""
    consumer = AIOKafkaConsumer(
        *(stream.name for stream in READ),
        bootstrap_servers=kafka.bootstrap_servers,
        group_id="bench",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        session_timeout_ms=10_000 if not kafka.embedded else 6_000,
        heartbeat_interval_ms=1_000,
        fetch_max_wait_ms=100,
    )
    producer = AIOKafkaProducer(bootstrap_servers=kafka.bootstrap_servers, acks="all", linger_ms=5)
    await consumer.start()
    await producer.start()
    while True:
        batches = await consumer.getmany(timeout_ms=100, max_records=MOST)
        sent = [
            await producer.send(out.topic, out.value, key=out.key, headers=out.headers)
            for partition, records in batches.items()
            for record in records
            for out in job.step(partition.topic, record.value)
        ]
        sent += [
            await producer.send(f"bench.{name}", row, key=key)
            for name, table in tables.items()
            for key, row in table.changes()
        ]
        await asyncio.gather(*sent)
        if batches:
            await consumer.commit()


def main() -> None:
    settings = Settings()
    tables: dict[str, Any] = {name: Logged() for name in TABLES}
    job = Job(load_tools(named_entities=settings.worker.named_entities), tables)
    asyncio.run(run(settings.kafka, job, tables))


if __name__ == "__main__":
    main()
