"""The script that runs a real Kafka: stop and kill do what they say, data survives, one broker of three may go."""

from datetime import UTC, datetime

import pytest
from kafka import KafkaConsumer, TopicPartition

from schemas import STREAMS
from services.broker.provision import provision
from services.broker.watched import lives
from services.feeder.publisher import Publisher, connect
from tests.brokers import no_java, real_kafka
from tests.builders import an_article

pytestmark = [
    pytest.mark.kafka,
    pytest.mark.skipif(no_java() is not None, reason=no_java() or ""),
    pytest.mark.usefixtures("abandoned_sockets"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def send(kafka, *words):
    with Publisher(connect(kafka.settings), now=lambda: datetime(2026, 1, 1, tzinfo=UTC)) as out:
        for word in words:
            out.send(an_article(word))


def texts(kafka):
    consumer = KafkaConsumer(**kafka.settings.kafka_python_options())
    partition = TopicPartition(STREAMS.raw.name, 0)
    consumer.assign([partition])
    consumer.seek(partition, 0)
    end, found = consumer.end_offsets([partition])[partition], []
    while len(found) < end:
        found += consumer.poll(timeout_ms=500).get(partition, [])
    consumer.close()
    return [STREAMS.raw.type.from_bytes(record.value).text for record in found]


def test_what_was_acknowledged_survives_a_stop_and_a_kill(tmp_path):
    with real_kafka(tmp_path) as kafka:
        provision(kafka.settings)
        send(kafka, "one")
        stopped = kafka.pid()
        kafka.stop()
        assert not lives(stopped)
        kafka.start()
        send(kafka, "two")
        kafka.kill()
        kafka.start()
        assert texts(kafka) == ["one", "two"]
        last = kafka.pid()
    assert not lives(last)


@pytest.mark.slow
def test_one_broker_of_three_may_go_and_come_back(tmp_path):
    with real_kafka(tmp_path, nodes=3) as kafka:
        provision(kafka.settings)
        send(kafka, "one")
        kafka.kill(2)
        send(kafka, "two")
        kafka.start(2)
        send(kafka, "three")
        assert texts(kafka) == ["one", "two", "three"]
