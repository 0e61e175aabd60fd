"""How long a worker takes to be ready with so many rows behind it: on a wiped disk, and after kill -9. One table.

`python -m tests.bench.recovery [rows] [--kafka] [--write-docs]`. The rows are those of the copies table, the largest;
they are written to its changelog as a worker would have, then a worker starts without and with its RocksDB.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from kafka import KafkaProducer

from services.monitor.analysis.intake.fingerprints import Fingerprint
from services.monitor.analysis.intake.memory import text_row
from services.settings import KafkaSettings
from tests.bench.options import broker, options
from tests.bench.results import publish
from tests.pipeline import Pipeline, until

CHANGELOG = "newsmon-copies-changelog"
SHINGLES, SENTENCES = 96, 20  # of a report of 380 words


def copies(count: int) -> Iterator[tuple[bytes, bytes]]:
    """Key and value of changelog messages: text rows with nothing in common."""
    dice, began = np.random.default_rng(1), int(time.time())
    for number in range(count):
        seen = Fingerprint(
            "",
            0,
            dice.integers(0, 2**32, SHINGLES, dtype=np.uint32),
            dice.integers(0, 2**32, SENTENCES, dtype=np.uint32),
        )
        key = f"r:{number:016x}.1"
        row = text_row(seen, e=began + number, g=key[2:], o="wire")
        yield json.dumps(key).encode(), json.dumps(row).encode()


def ready(run: Pipeline, number: int) -> float:
    """Seconds from the start of a worker to its being ready. Its log may hold earlier starts."""
    before = run.log(number).read_text().count("Worker ready") if run.log(number).exists() else 0
    began = time.monotonic()
    run.start(number)
    until(lambda: run.alive() and run.log(number).read_text().count("Worker ready") > before, what="ready", pause=0.02)
    return time.monotonic() - began


def measured(kafka: KafkaSettings, directory: Path, count: int) -> dict[str, Any]:
    """One row of the table, on a fresh broker."""
    with Pipeline(kafka, directory) as run:
        empty = ready(run, 0)
        run.stop(0)
        producer = KafkaProducer(acks="all", linger_ms=20, **kafka.kafka_python_options())
        for key, value in copies(count):
            producer.send(CHANGELOG, key=key, value=value, partition=0)
        producer.flush()
        producer.close()
        wiped = ready(run, 1)
        run.kill(1)
        crashed = ready(run, 1)
    return {"rows": count, "nothing to recover, s": empty, "wiped disk, s": wiped, "after kill -9, s": crashed}


def main() -> None:
    """One broker per size."""
    parser = options(__doc__ or "", size=50_000, rounds=1)
    given = parser.parse_args()
    sizes = [size for size in (1_000, 10_000, 50_000, 200_000) if size < given.size] + [given.size]
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch, broker(Path(scratch) / "broker", real=given.kafka) as kafka:
            rows.append(measured(kafka, Path(scratch), size))
            print(rows[-1], file=sys.stderr)
    where = "Apache Kafka" if given.kafka else "the embedded broker"
    publish("recovery", rows, title=f"Start of a worker to ready, {where}", write=given.write_docs)


if __name__ == "__main__":
    main()
