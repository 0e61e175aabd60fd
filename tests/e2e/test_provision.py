"""Provisioning on both brokers: the registry becomes topics, and what differs is said."""

from dataclasses import replace

import pytest
from kafka.admin import KafkaAdminClient

from schemas import STREAMS
from services.broker.provision import provision
from tests.brokers import fresh_name


@pytest.fixture
def streams():
    """The registry under names of this test alone."""
    return [replace(stream, name=fresh_name(stream.name)) for stream in STREAMS]


def test_every_stream_of_the_registry_is_created_as_it_says(broker, streams):
    report = provision(broker, streams=streams)
    assert report.created == tuple(stream.name for stream in streams)
    with KafkaAdminClient(**broker.kafka_python_options()) as admin:
        made = {topic["name"]: len(topic["partitions"]) for topic in admin.describe_topics(list(report.created))}
    assert made == {stream.name: 1 if stream.partitions == "one" else 4 for stream in streams}


def test_provisioning_again_changes_nothing_and_finds_no_difference(broker, streams):
    provision(broker, streams=streams)
    again = provision(broker, streams=streams)
    assert (again.created, again.differs) == ((), ())
    assert again.existing == tuple(stream.name for stream in streams)


def test_a_missing_stream_is_added_to_the_others(broker, streams):
    provision(broker, streams=streams[:-1])
    assert provision(broker, streams=streams).created == (streams[-1].name,)


def test_what_an_existing_stream_has_differently_is_named_and_left(broker, streams):
    raw, unique = streams[:2]
    provision(broker, streams=[replace(raw, retention_days=3), unique])
    report = provision(broker.model_copy(update={"partitions": 6}), streams=[raw, unique])
    assert [(found.stream, found.name) for found in report.differs] == [
        (raw.name, "retention.ms"),
        (unique.name, "partitions"),
    ]
    assert str(report.differs[1]) == f"{unique.name}: partitions is 4, the registry says 6"
