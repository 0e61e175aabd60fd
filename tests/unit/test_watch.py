"""The worker's watch: lag by the broker's offsets, nothing told that is not known, and a loop whose turning shows."""

import asyncio

import pytest
from aiokafka.errors import KafkaConnectionError

from services.monitor.metrics import Metrics
from services.monitor.watch import READ_BY, Partition, Watch, lags

RAW, CLAIMS = Partition("newsmon.articles.raw.v1", 0), Partition("newsmon.claims.v1", 3)


class Broker:
    """A consumer's view of a broker, as the test says."""

    def __init__(self, ends, committed):
        self.said, self.done = ends, committed

    async def ends(self):
        if isinstance(self.said, Exception):
            raise self.said
        return self.said

    async def committed(self, partitions):
        return {partition: self.done[partition] for partition in partitions if partition in self.done}


class Table:
    name = "copies"

    def rows(self):
        return 17


def value(metrics, name, **labels):
    return metrics.registry.get_sample_value(f"newsmon_{name}", labels)


@pytest.fixture
def metrics():
    return Metrics()


def test_lag_is_end_minus_committed_and_zero_when_all_is_acknowledged():
    assert lags({RAW: 10, CLAIMS: 4}, {RAW: 10, CLAIMS: 1}) == {RAW: 0, CLAIMS: 3}


def test_a_partition_whose_committed_offset_is_not_known_is_not_told():
    assert lags({RAW: 10, CLAIMS: 4}, {RAW: 7}) == {RAW: 3}


def test_an_end_that_is_older_than_the_commit_is_no_negative_lag():
    assert lags({RAW: 9}, {RAW: 10}) == {RAW: 0}


def test_every_stage_reads_one_stream():
    assert sorted(READ_BY.values()) == ["alert", "classify", "deduplicate", "extract"]


async def test_a_look_shows_lag_rows_and_state(metrics, tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/data").write_bytes(b"12345")
    await Watch(metrics, Broker({RAW: 10}, {RAW: 4}), (Table(),), tmp_path).look()
    assert value(metrics, "consumer_lag_messages", stage="deduplicate", partition="0") == 6
    assert value(metrics, "table_rows", table="copies") == 17
    assert value(metrics, "state_bytes") == 5
    assert value(metrics, "state_free_bytes") > 0


async def test_a_partition_that_went_to_another_worker_is_no_longer_told(metrics, tmp_path):
    broker = Broker({RAW: 10, CLAIMS: 3}, {RAW: 4, CLAIMS: 3})
    watch = Watch(metrics, broker, (), tmp_path)
    await watch.look()
    broker.said = {CLAIMS: 3}
    await watch.look()
    assert value(metrics, "consumer_lag_messages", stage="deduplicate", partition="0") is None
    assert value(metrics, "consumer_lag_messages", stage="alert", partition="3") == 0


async def test_a_broker_that_does_not_answer_takes_the_lag_away_and_harms_nothing(metrics, tmp_path):
    broker = Broker({RAW: 10}, {RAW: 4})
    watch = Watch(metrics, broker, (), tmp_path)
    await watch.look()
    broker.said = KafkaConnectionError("gone")
    await watch.look()
    assert value(metrics, "consumer_lag_messages", stage="deduplicate", partition="0") is None


async def test_a_loop_that_is_held_up_shows_by_how_much(metrics, tmp_path, monkeypatch):
    monkeypatch.setattr("services.monitor.watch.LOOP_SECONDS", 0.01)
    turning = asyncio.create_task(Watch(metrics, Broker({}, {}), (), tmp_path).turn())
    while not value(metrics, "loop_timestamp_seconds"):
        await asyncio.sleep(0.005)
    turning.cancel()
    assert value(metrics, "loop_delay_seconds_count") >= 1
    assert value(metrics, "loop_delay_seconds_sum") >= 0
