"""Words of a command line in; what every bench is told, out."""

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path

from services.settings import KafkaSettings
from tests.brokers import embedded_kafka, real_kafka

SENTENCES = 22  # 382 words: as long as the BBC's news


def options(what: str, *, size: int, rounds: int = 3) -> argparse.ArgumentParser:
    """SIZE, --rounds, --sentences, --kafka, --write-docs."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("size", nargs="?", type=int, default=size, help="articles")
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--sentences", type=int, default=SENTENCES, help="of an article, 17 words each")
    parser.add_argument("--kafka", action="store_true", help="a real Apache Kafka instead of the embedded broker")
    parser.add_argument("--write-docs", action="store_true", help="keep the rows and rewrite docs/performance.md")
    return parser


@contextlib.contextmanager
def broker(directory: Path, *, real: bool) -> Iterator[KafkaSettings]:
    """A fresh broker that holds nothing."""
    if not real:
        with embedded_kafka(directory) as settings:
            yield settings
        return
    with real_kafka(directory) as running:
        yield running.settings
