"""What an operator does on a real broker: look at dead letters and send them again, stop a worker, ask the doctor."""

import contextlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient
from kafka.errors import CommitFailedError
from kafka.structs import OffsetAndMetadata
from typer.testing import CliRunner

from schemas import STREAMS, DeadLetter
from services.broker.provision import provision
from services.cli import app
from services.monitor.offline import analyze
from services.monitor.tools import Tools
from services.operations.dead_letters import buried
from services.operations.lag import Lag
from services.settings import KafkaSettings
from tests.articles import news
from tests.brokers import no_java, real_kafka
from tests.builders import an_article
from tests.hostile import TEXTS
from tests.pipeline import Pipeline, as_bytes, until

SAID = "The United States has suspended military aid to Ukraine, the White House said on Monday."


def newsmon(kafka: KafkaSettings, *words: str | int) -> tuple[int, str]:
    """Exit status and everything printed."""
    done = CliRunner().invoke(app, [str(word) for word in words], env=dict(os.environ) | kafka.environment())
    return done.exit_code, done.output


def a_letter(**changes: object) -> DeadLetter:
    """As a worker that could not read a good article would have buried it."""
    fields = {"stage": "deduplicate", "reason": "unknown-version", "detail": "schema_version", "origin": "raw[0]@7",
              "stream": STREAMS.raw.name, "key": b"a", "value": an_article(SAID).to_bytes(),
              "failed_at": datetime(2025, 3, 5, tzinfo=UTC)}  # fmt: skip
    return DeadLetter(**(fields | changes))  # type: ignore[arg-type]


def test_dead_letters_are_listed_shown_and_after_the_mend_read_once_however_often_they_are_sent(
    fresh_broker: KafkaSettings, tmp_path: Path
) -> None:
    huge = an_article(TEXTS["zero width"](2_000_000), url="http://huge.example").to_bytes()
    with Pipeline(fresh_broker, tmp_path) as run:
        run.start(0)
        letters = [a_letter(), a_letter(truncated=True, detail="\x1b[2J\u202e")]
        run.send(STREAMS.dead_letters, [*((b"k", letter.to_bytes()) for letter in letters), (b"k", b"no letter")])
        run.send(STREAMS.raw, [(b"\xff\x00", b"not json"), (b"n", None), (b"h", huge), (b"b", b"\xff" * 8_000_000)])
        run.until_read()
        status, listed = newsmon(fresh_broker, "dlq", "list")
        assert (status, len(listed.splitlines())) == (0, 6)
        assert "\x1b" not in listed
        assert "\u202e" not in listed
        assert "b'not json'" in newsmon(fresh_broker, "dlq", "show", 3)[1]
        assert newsmon(fresh_broker, "dlq", "show", 99)[0] == 2
        status, said = newsmon(fresh_broker, "dlq", "replay", 0, 0, 1, 2, 3)
        assert status == 0
        assert [line.split(": ")[1][:12] for line in said.splitlines()] == [
            "sent to news", "sent to news", "not replayed", "not replayed", "sent to news"]  # fmt: skip
        run.until_read()
        assert [alert.actor.id for alert in run.alerts()] == ["USA"]
        reasons = [found.letter.reason for found in buried(fresh_broker)]
        assert reasons[3:] == ["not-json", "empty", "encoding", "not-json"]
        assert run.stop(0) == 0


def test_a_worker_stopped_in_the_middle_and_started_again_ends_as_if_it_had_not_been(
    fresh_broker: KafkaSettings, tmp_path: Path, tools: Tools
) -> None:
    articles = news(40)
    with Pipeline(fresh_broker, tmp_path) as run, Lag(run.kafka) as lag:
        run.start(0)
        run.feed(articles)
        until(lambda: lag.by_stream()[STREAMS.raw.name] < 30, what="the middle of the stream", pause=0.02)
        assert run.stop(0) == 0
        run.start(0)
        run.until_read()
        assert as_bytes(run.alerts()) == as_bytes(analyze(articles, tools=tools))
        assert run.dead_letters() == []


def test_the_doctor_finds_missing_streams_then_nothing_then_wrong_partitions(fresh_broker: KafkaSettings) -> None:
    status, said = newsmon(fresh_broker, "doctor", "--quick")
    assert status == 1
    assert "missing: newsmon.articles.raw.v1" in said
    provision(fresh_broker)
    assert newsmon(fresh_broker, "doctor", "--quick")[0] == 0
    status, said = newsmon(fresh_broker.model_copy(update={"partitions": 7}), "doctor", "--quick")
    assert status == 1
    assert "partitions is 4, the registry says 7" in said


@pytest.mark.kafka
@pytest.mark.skipif(no_java() is not None, reason="needs java and mvn")
def test_everything_read_again_by_emptied_workers_tells_a_subscriber_nothing_new(tmp_path: Path) -> None:
    """The replay of docs/operations.md, its commands said by the admin client. The embedded broker cannot rewind."""
    with real_kafka(tmp_path / "kafka") as running, Pipeline(running.settings, tmp_path) as run:
        run.start(0)
        run.feed(news(15))
        run.until_read()
        before, told = as_bytes(run.alerts()), len(run.messages(STREAMS.alerts))
        assert run.stop(0) == 0
        shutil.rmtree(tmp_path / "worker-0")
        with KafkaAdminClient(**running.settings.kafka_python_options()) as admin:
            changelogs = [name for name in admin.list_topics() if name.endswith("-changelog")]
            admin.delete_topics(changelogs)
        rewind(running.settings)
        run.start(0)
        run.until_read()
        assert len(changelogs) == 3
        assert len(run.messages(STREAMS.alerts)) > told
        assert as_bytes(run.alerts()) == before


def rewind(kafka: KafkaSettings) -> None:
    """The workers' group to the beginning of the raw stream, as kafka-consumer-groups.sh --reset-offsets does."""
    first = TopicPartition(STREAMS.raw.name, 0)
    consumer = KafkaConsumer(group_id="newsmon", enable_auto_commit=False, **kafka.kafka_python_options())
    consumer.assign([first])

    def done() -> bool:
        with contextlib.suppress(CommitFailedError):  # a stopped worker is a member until its session ends
            consumer.commit({first: OffsetAndMetadata(0, "", -1)})
            return True
        return False

    until(done, what="the group to be empty", seconds=60, pause=1)
    consumer.close()
