"""The job driven by quixstreams, as its user would write it. Runs until it is killed.

Its own at-least-once: every second it flushes the producer, writes RocksDB and its changelog, commits. Its State is
kept per message key, and the job's tables are looked up by keys of their own: so a stage's messages are all read under
one key. State cannot be listed, so the copies' index would be empty after a restart (newsmon rebuilds it).
Tuned: commits every second as newsmon, linger 5 ms.
"""

import os
import tempfile
import time
from collections.abc import Iterator, MutableMapping
from typing import Any

from quixstreams import Application, State
from quixstreams.models import Deserializer, Serializer

from schemas import STREAMS
from services.monitor.analysis.ledger.fold import Entry
from services.monitor.tools import load_tools
from services.settings import KafkaSettings, Settings
from tests.bench.job import READ, Job, Out

TABLE_OF = {STREAMS.raw.name: "copies", STREAMS.classified.name: "told", STREAMS.claims.name: "ledger"}


class OneKey(Deserializer):
    """Every message of a partition under one key: its state is the table."""

    def __call__(self, value: bytes, ctx: Any) -> bytes:
        return b"-"


class OutValue(Serializer):
    """The value of an Out."""

    def __call__(self, value: Out, ctx: Any) -> bytes:
        return value.value


class Table(MutableMapping[str, Any]):
    """The state of the message in hand as a mapping."""

    def __init__(self, *, entries: bool = False) -> None:
        self.state: Any = None
        self._entries = entries

    def __getitem__(self, key: str) -> Any:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str, default: Any = None) -> Any:
        found = self.state.get(key) if self.state else None
        return default if found is None else Entry.model_validate(found) if self._entries else found

    def __setitem__(self, key: str, row: Any) -> None:
        self.state.set(key, row.model_dump(mode="json") if self._entries else row)

    def __delitem__(self, key: str) -> None:
        self.state.delete(key)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def application(kafka: KafkaSettings, job: Job, tables: dict[str, Table], state_dir: str) -> Application:
    """Four streaming data frames in one application."""
    app = Application(
        kafka.bootstrap_servers,
        consumer_group="bench",
        auto_offset_reset="earliest",
        commit_interval=1.0,
        state_dir=state_dir,
        loglevel="WARNING",
        consumer_poll_timeout=0.1,
        consumer_extra_config={
            "session.timeout.ms": 10_000 if not kafka.embedded else 6_000,
            "heartbeat.interval.ms": 1_000,
            "fetch.wait.max.ms": 100,
        },
        producer_extra_config={"acks": "all", "linger.ms": 5},
    )
    written = {
        stream.name: app.topic(stream.name, key_serializer="bytes", value_serializer=OutValue()) for stream in STREAMS
    }
    for stream in READ:
        topic = app.topic(stream.name, key_deserializer=OneKey(), value_deserializer="bytes")
        step = _step(job, stream.name, tables.get(TABLE_OF.get(stream.name, "")))
        frame = app.dataframe(topic).apply(step, expand=True, stateful=stream.name in TABLE_OF)
        frame = frame.set_headers(lambda out, *_: out.headers).set_timestamp(_now)
        frame.to_topic(lambda out, *_: written[out.topic], key=lambda out: out.key)
    return app


def _now(*_: Any) -> int:
    """It hands the source's time on; the bench needs the time of writing."""
    return int(time.time() * 1000)


def _step(job: Job, topic: str, table: Table | None) -> Any:
    def stateful(value: bytes, state: State) -> list[Out]:
        table.state = state  # type: ignore[union-attr]
        return job.step(topic, value)

    def stateless(value: bytes) -> list[Out]:
        return job.step(topic, value)

    return stateful if table is not None else stateless


def main() -> None:
    settings = Settings()
    tables = {"copies": Table(), "told": Table(), "ledger": Table(entries=True)}
    job = Job(load_tools(named_entities=settings.worker.named_entities), dict(tables))
    with tempfile.TemporaryDirectory(dir=os.environ.get("NEWSMON_WORKER_STATE_DIR")) as state_dir:
        application(settings.kafka, job, tables, state_dir).run()


if __name__ == "__main__":
    main()
