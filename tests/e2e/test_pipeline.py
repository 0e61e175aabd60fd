"""The main job on a real broker: the seeds in, the same alerts out as offline, whatever runs it."""

from pathlib import Path

import pytest

from schemas import STREAMS, Article
from services.feeder.sources import read_articles
from services.monitor.offline import Offline, analyze
from services.monitor.tools import Tools
from services.settings import KafkaSettings
from tests.pipeline import Pipeline, as_bytes

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def seeds() -> list[Article]:
    return [found for found in read_articles(SEEDS) if isinstance(found, Article)]


@pytest.mark.parametrize(("workers", "partitions"), [(1, 1), (2, 4), (1, 4), (2, 1)])
def test_the_seeds_end_in_the_same_alerts_through_kafka_as_offline(
    fresh_broker: KafkaSettings, tmp_path: Path, seeds: list[Article], tools: Tools, workers: int, partitions: int
) -> None:
    kafka = fresh_broker.model_copy(update={"partitions": partitions})
    with Pipeline(kafka, tmp_path) as run:
        for number in range(workers):
            run.start(number)
        run.feed(seeds)
        run.until_read()
        assert as_bytes(run.alerts()) == as_bytes(analyze(seeds, tools=tools))
        assert all(run.stop(number) == 0 for number in list(run.workers))


def test_what_cannot_be_read_is_buried_with_its_bytes_and_the_rest_is_read(
    fresh_broker: KafkaSettings, tmp_path: Path, seeds: list[Article]
) -> None:
    newer = b'{"schema_version": 9, "source": "x", "text": "t", "published_at": "2025-01-01T00:00:00Z"}'
    bad = [(b"k1", b"not json"), (b"k2", b'{"source": "x"}'), (b"k3", None), (b"\xff", b"\xff\xfe"), (b"k5", newer)]
    with Pipeline(fresh_broker, tmp_path) as run:
        run.start(0)
        run.send(STREAMS.raw, bad)
        run.feed(seeds[:1])
        run.until_read()
        letters = run.dead_letters()
        assert [letter.reason for letter in letters] == ["not-json", "invalid", "empty", "encoding", "unknown-version"]
        assert [letter.value for letter in letters] == [value for _, value in bad]
        assert len(run.messages(STREAMS.unique)) >= 1


def test_every_message_is_counted_once_per_stage(tools: Tools, seeds: list[Article]) -> None:
    run = Offline(tools)
    run.feed([*seeds, *seeds])
    samples = {(s.name, *s.labels.values()): s.value for m in run.metrics.registry.collect() for s in m.samples}
    for stage in ("deduplicate", "classify", "extract", "alert"):
        came = samples["newsmon_messages_received_total", stage]
        ended = sum(v for key, v in samples.items() if key[:2] == ("newsmon_articles_total", stage))
        assert came == ended > 0
