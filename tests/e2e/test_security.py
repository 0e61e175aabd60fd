"""TLS, SASL and access control on a real Kafka: each service can do its work and nothing else."""

import contextlib
import ssl
from dataclasses import replace

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient
from kafka.errors import (
    GroupAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
)
from pydantic import SecretStr

from schemas import STREAMS
from services.broker.acls import FEEDER, OPERATOR, READER, WORKER, grant, rights
from services.broker.provision import provision
from services.feeder.feed import feed
from services.feeder.publisher import DeliveryError
from tests.brokers import no_java, real_kafka
from tests.builders import an_article

pytestmark = [
    pytest.mark.kafka,
    pytest.mark.usefixtures("abandoned_sockets"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A Kafka with TLS, users and their rights; its streams were made by the operator."""
    if reason := no_java():
        pytest.skip(reason)
    with real_kafka(tmp_path_factory.mktemp("guarded"), secure=True) as running:
        with KafkaAdminClient(**running.settings_for("admin").kafka_python_options()) as admin:
            grant(admin, rights())
        provision(running.settings_for(OPERATOR))
        yield running


@pytest.fixture
def article_file(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(an_article().to_bytes())
    return path


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
def test_the_feeder_feeds_with_every_mechanism(guarded, article_file, mechanism):
    assert feed(article_file, guarded.settings_for(FEEDER, mechanism)).sent == 1


def test_a_client_may_show_a_certificate_of_its_own(guarded, article_file):
    secrets = guarded.directory / "secrets"
    settings = guarded.settings_for(FEEDER, ssl_certfile=secrets / "client.pem", ssl_keyfile=secrets / "client.key")
    assert feed(article_file, settings).sent == 1


def test_a_key_that_is_not_the_certificates_is_refused_before_anything_is_sent(guarded):
    secrets = guarded.directory / "secrets"
    settings = guarded.settings_for(FEEDER, ssl_certfile=secrets / "client.pem", ssl_keyfile=secrets / "broker.key")
    with pytest.raises(ssl.SSLError, match="KEY_VALUES_MISMATCH"):
        settings.ssl_context()


def test_the_operator_may_provision_again(guarded):
    assert len(provision(guarded.settings_for(OPERATOR)).existing) == len(tuple(STREAMS))


@pytest.mark.parametrize("user", [OPERATOR, READER])
def test_who_is_not_the_feeder_may_not_feed(guarded, article_file, user):
    with pytest.raises(DeliveryError, match="AuthorizationFailed"):
        feed(article_file, guarded.settings_for(user))


@pytest.mark.parametrize("user", [FEEDER, WORKER, READER])
def test_only_the_operator_creates_streams(guarded, user):
    with pytest.raises(TopicAuthorizationFailedError):
        provision(guarded.settings_for(user), streams=[replace(STREAMS.raw, name=f"newsmon.of-{user}.v1")])


def consumed(settings, stream, group):
    """Everything in a stream, read as a member of a group."""
    consumer = KafkaConsumer(
        stream.name,
        **settings.kafka_python_options(),
        group_id=group,
        auto_offset_reset="earliest",
        consumer_timeout_ms=3000,
    )
    try:
        return list(consumer)
    finally:
        consumer.close(autocommit=False)


def test_the_worker_reads_what_the_feeder_wrote_and_writes_alerts_that_a_reader_reads(guarded, article_file):
    feed(article_file, guarded.settings_for(FEEDER))
    worker = guarded.settings_for(WORKER)
    assert consumed(worker, STREAMS.raw, "newsmon")
    producer = KafkaProducer(**worker.kafka_python_options(), acks="all")
    producer.send(STREAMS.alerts.name, b"{}").get(10)
    producer.close()
    assert consumed(guarded.settings_for(READER), STREAMS.alerts, f"{READER}-desk")


def test_the_worker_makes_its_own_changelogs(guarded):
    with KafkaAdminClient(**guarded.settings_for(WORKER).kafka_python_options()) as admin:
        admin.create_topics({"newsmon-copies-changelog": {"num_partitions": 1, "replication_factor": 1}})


@pytest.mark.parametrize("user", [FEEDER, READER, OPERATOR])
def test_raw_articles_are_read_by_the_worker_alone(guarded, article_file, user):
    feed(article_file, guarded.settings_for(FEEDER))
    consumer = KafkaConsumer(**guarded.settings_for(user).kafka_python_options(), auto_offset_reset="earliest")
    consumer.assign([TopicPartition(STREAMS.raw.name, 0)])
    with contextlib.suppress(TopicAuthorizationFailedError):  # without the right to describe, kafka-python waits
        assert not consumer.poll(timeout_ms=1500)
    consumer.close()


def test_a_reader_may_not_join_the_workers_group(guarded):
    with pytest.raises(GroupAuthorizationFailedError):
        consumed(guarded.settings_for(READER), STREAMS.alerts, "newsmon")


def test_a_wrong_password_is_refused_and_not_shown(guarded, caplog):
    wrong = guarded.settings_for(FEEDER, sasl_password=SecretStr("wr0ng"))
    with pytest.raises(KafkaError) as error:
        KafkaAdminClient(**wrong.kafka_python_options(), bootstrap_timeout_ms=2000)
    assert "wr0ng" not in caplog.text + str(error.value)


def test_a_broker_of_an_unknown_authority_is_refused(guarded):
    stranger = guarded.settings_for(FEEDER, ssl_cafile=None)
    with pytest.raises((KafkaError, ssl.SSLError)):
        KafkaAdminClient(**stranger.kafka_python_options(), bootstrap_timeout_ms=2000)


async def test_aiokafka_as_faust_uses_it_connects_with_the_same_settings(guarded):
    from aiokafka import AIOKafkaConsumer

    settings = guarded.settings_for(WORKER)
    consumer = AIOKafkaConsumer(
        STREAMS.raw.name,
        bootstrap_servers=settings.bootstrap_servers,
        security_protocol=settings.security_protocol,
        ssl_context=settings.ssl_context(),
        sasl_mechanism=settings.sasl_mechanism,
        sasl_plain_username=settings.sasl_username,
        sasl_plain_password=settings.sasl_password.get_secret_value(),
    )
    await consumer.start()
    assert consumer.partitions_for_topic(STREAMS.raw.name) == {0}
    await consumer.stop()
