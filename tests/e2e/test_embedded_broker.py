"""The embedded broker: starts on its own port, leaves nothing behind, and its consumer knows where the log ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import aiokafka
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient

from services.broker import quirks
from services.broker.embedded import BrokerStartError, embedded_broker
from services.broker.watched import lives
from tests.brokers import fresh_name

pytestmark = pytest.mark.embedded


def gone(pid, within=5.0):
    deadline = time.monotonic() + within
    while lives(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not lives(pid)


def test_it_listens_on_loopback_alone_and_ends_with_its_block(tmp_path):
    with embedded_broker(tmp_path) as broker:
        host, port = broker.bootstrap.split(":")
        assert host == "127.0.0.1"
        with socket.create_connection((host, int(port)), timeout=1):
            pass
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            address, there = line.split()[1].split(":")
            assert int(there, 16) != int(port) or address == "0100007F"
    assert gone(broker.pid)


def test_two_brokers_live_side_by_side():
    with embedded_broker() as one, embedded_broker() as two:
        assert one.bootstrap != two.bootstrap


def test_a_port_that_is_taken_is_said_soon_with_the_log_to_read(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        began, port = time.monotonic(), other.getsockname()[1]
        with (
            pytest.raises(BrokerStartError, match=str(tmp_path)),
            embedded_broker(tmp_path, port=port),
        ):
            pass
    assert time.monotonic() - began < 5


def test_no_broker_outlives_a_parent_that_is_killed(tmp_path):
    code = (
        "import sys, time, pathlib; from services.broker.embedded import start_embedded\n"
        "print(start_embedded(pathlib.Path(sys.argv[1])).pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True)
    with parent:
        pid = int(parent.stdout.readline())
        os.kill(pid, 0)
        parent.send_signal(signal.SIGKILL)
    assert gone(pid)


@pytest.fixture
def topic(embedded):
    name = fresh_name("ends")
    with KafkaAdminClient(**embedded.kafka_python_options()) as admin:
        admin.create_topics({name: {"num_partitions": 2, "replication_factor": 1}}, wait_for_metadata=True)
    return name


async def write_batch(bootstrap, topic, count):
    """One batch on partition 0."""
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, linger_ms=200) as producer:
        sent = [await producer.send(topic, b"x", partition=0) for _ in range(count)]
        for acknowledgement in sent:
            await acknowledgement


async def ends(kind, bootstrap, topic):
    consumer = kind(bootstrap_servers=bootstrap)
    await consumer.start()
    try:
        return await consumer.end_offsets([TopicPartition(topic, 0), TopicPartition(topic, 1)])
    finally:
        await consumer.stop()


async def test_the_end_of_the_log_is_right_after_a_batch(embedded, topic):
    await write_batch(embedded.bootstrap_servers, topic, 500)
    found = await ends(quirks.EmbeddedConsumer, embedded.bootstrap_servers, topic)
    assert found == {TopicPartition(topic, 0): 500, TopicPartition(topic, 1): 0}


async def test_the_broker_still_answers_too_low_by_itself_so_the_probe_is_still_needed(embedded, topic):
    await write_batch(embedded.bootstrap_servers, topic, 500)
    found = await ends(AIOKafkaConsumer, embedded.bootstrap_servers, topic)
    assert found[TopicPartition(topic, 0)] < 500


async def test_an_empty_log_ends_at_zero(embedded, topic):
    found = await ends(quirks.EmbeddedConsumer, embedded.bootstrap_servers, topic)
    assert set(found.values()) == {0}


async def test_a_consumer_made_after_apply_fetches_soon(embedded, topic):
    try:
        settings = quirks.apply()
        consumer = aiokafka.AIOKafkaConsumer(bootstrap_servers=embedded.bootstrap_servers, fetch_max_wait_ms=1500)
        await consumer.start()
        await consumer.end_offsets([TopicPartition(topic, 0)])
        await consumer.stop()
        assert consumer._fetch_max_wait_ms == quirks.FETCH_WAIT_MS
        assert settings["broker_session_timeout"] == 6.0
    finally:
        quirks.undo()
    assert aiokafka.AIOKafkaConsumer is AIOKafkaConsumer


def test_faust_makes_its_consumers_from_the_name_that_apply_sets():
    import faust.transport.drivers.aiokafka as driver

    try:
        quirks.apply()
        assert driver.aiokafka.AIOKafkaConsumer is quirks.EmbeddedConsumer
    finally:
        quirks.undo()
