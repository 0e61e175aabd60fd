"""What `newsmon demo` and `newsmon alerts` show beneath the cards is what the broker holds."""

import pytest
from kafka import KafkaProducer

from schemas import STREAMS
from services.broker.provision import provision
from services.operations.lag import READ, Lag
from services.settings import KafkaSettings


def write(broker: KafkaSettings, stream: str, count: int) -> None:
    producer = KafkaProducer(acks="all", **broker.kafka_python_options())
    for _ in range(count):
        producer.send(stream, value=b"x")
    producer.flush()
    producer.close()


@pytest.mark.usefixtures("abandoned_sockets")
def test_figures_count_what_was_written_and_what_no_stage_has_read(broker: KafkaSettings) -> None:
    provision(broker)
    with Lag(broker) as lag:
        before = lag.look()
        write(broker, STREAMS.raw.name, 7)
        write(broker, STREAMS.claims.name, 3)
        write(broker, STREAMS.dead_letters.name, 2)
        after = lag.look()
    assert after.articles - before.articles == 7
    assert after.dead_letters - before.dead_letters == 2
    assert list(after.behind) == [stream.readers[0] for stream in READ]
    grown = {stage: after.behind[stage] - before.behind[stage] for stage in after.behind}
    assert grown == {"deduplicate": 7, "classify": 0, "extract": 0, "alert": 3}
    assert after.read == before.read, "nobody reads"
