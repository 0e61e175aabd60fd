"""Alerts as they come, from the beginning, with aiokafka: `python docs/subscribers/alerts.py localhost:9092`."""

import asyncio
import json
import sys

from aiokafka import AIOKafkaConsumer


async def main(bootstrap: str) -> None:
    """Print until Ctrl-C. No group: every subscriber sees everything."""
    stream = "newsmon.alerts.policy-shift.v1"
    async with AIOKafkaConsumer(stream, bootstrap_servers=bootstrap, auto_offset_reset="earliest") as consumer:
        async for record in consumer:
            alert = json.loads(record.value)
            subject = dict(record.headers)["ce_subject"].decode()
            print(alert["alert_id"], subject, alert["headline"], sep="\t", flush=True)


asyncio.run(main(sys.argv[1]))
