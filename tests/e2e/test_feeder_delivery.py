"""The feeder on both brokers: what is read arrives once, what cannot be read lies in the dead letters."""

import json
import threading
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from kafka import KafkaConsumer, TopicPartition

from schemas import STREAMS, Article, DeadLetter
from services.broker.provision import provision
from services.feeder import publisher
from services.feeder.bad_line import BadLine
from services.feeder.feed import FeedOptions, feed
from services.feeder.pacing import Pace
from services.feeder.publisher import DeliveryError, Publisher, connect
from services.settings import KafkaSettings
from tests.builders import an_article

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _streams(broker):
    provision(broker)


def contents(broker, stream, *, since):
    """(key, message) written to the stream's one partition from offset `since` on."""
    consumer = KafkaConsumer(**broker.kafka_python_options())
    try:
        return [(record.key.decode(), stream.type.from_bytes(record.value)) for record in read(consumer, stream, since)]
    finally:
        consumer.close()


def read(consumer, stream, since):
    """To the high watermark that a fetch names: the embedded broker's own end offsets are wrong."""
    partition, records = TopicPartition(stream.name, 0), []
    consumer.assign([partition])
    consumer.seek(partition, since)
    while True:
        records += consumer.poll(timeout_ms=100).get(partition, [])
        end = consumer.highwater(partition)
        if end is not None and end <= since + len(records):
            return records


def size(broker, stream):
    """How many messages the stream's one partition holds."""
    return len(contents(broker, stream, since=0))


def some(count):
    return [an_article(f"Words number {number}.") for number in range(count)]


def as_lines(path, *items):
    path.write_bytes(b"\n".join(item if isinstance(item, bytes) else item.to_bytes() for item in items))
    return path


def test_every_article_arrives_once_under_its_id_and_stamped(broker, tmp_path):
    since, articles = size(broker, STREAMS.raw), some(500)
    fed = feed(as_lines(tmp_path / "a.jsonl", *articles), broker)
    arrived = contents(broker, STREAMS.raw, since=since)
    assert fed.sent == 500
    assert [key for key, _ in arrived] == [article.id for article in articles]
    assert all(message.ingested_at for _, message in arrived)
    assert [message.model_copy(update={"ingested_at": None}) for _, message in arrived] == articles


def test_a_bad_line_lies_in_the_dead_letters_with_its_bytes_and_the_others_arrive(broker, tmp_path):
    raw, dead, (first, last) = size(broker, STREAMS.raw), size(broker, STREAMS.dead_letters), some(2)
    path, said = as_lines(tmp_path / "a.jsonl", first, b"{broken", last), []
    fed = feed(path, broker, on_bad=said.append)
    assert (fed.sent, fed.bad) == (2, said)
    assert len(contents(broker, STREAMS.raw, since=raw)) == 2
    ((key, letter),) = contents(broker, STREAMS.dead_letters, since=dead)
    assert (letter.stage, letter.reason, letter.value) == ("feed", "not-json", b"{broken")
    assert key == letter.origin == f"{path}:2"


def test_an_article_above_the_limit_is_buried_truncated(broker, tmp_path):
    dead = size(broker, STREAMS.dead_letters)
    huge = an_article("x" * (publisher.MAX_BYTES + 1))
    fed = feed(as_lines(tmp_path / "a.jsonl", huge), broker)
    assert (fed.sent, fed.too_large) == (0, 1)
    ((key, letter),) = contents(broker, STREAMS.dead_letters, since=dead)
    assert (key, letter.key, letter.reason, letter.truncated) == (huge.id, huge.id.encode(), "too-large", True)
    assert len(letter.value) == publisher.KEPT_BYTES


def test_the_largest_article_allowed_arrives(broker):
    since, frame = size(broker, STREAMS.raw), len(an_article("", ingested_at=NOW).to_bytes())
    with Publisher(connect(broker), now=lambda: NOW) as out:
        assert out.send(an_article("x" * (publisher.MAX_BYTES - frame)))
    assert len(contents(broker, STREAMS.raw, since=since)) == 1


def test_event_time_orders_and_a_backfill_is_marked(broker, tmp_path):
    since = size(broker, STREAMS.raw)
    late, early = an_article("Late."), an_article("Early.", published_at="2025-03-05T11:00:00Z")
    feed(as_lines(tmp_path / "a.jsonl", late, early), broker, FeedOptions(pace=Pace(speed_up=1e6), notify=False))
    arrived = [message for _, message in contents(broker, STREAMS.raw, since=since)]
    assert [message.text for message in arrived] == ["Early.", "Late."]
    assert not any(message.notify for message in arrived)


def test_a_loop_ends_at_its_limit_with_other_ids_each_round(broker, tmp_path):
    since = size(broker, STREAMS.raw)
    fed = feed(as_lines(tmp_path / "a.jsonl", *some(2)), broker, FeedOptions(loop=True, limit=7))
    arrived = contents(broker, STREAMS.raw, since=since)
    assert fed.sent == len({key for key, _ in arrived}) == 7
    assert all(a.published_at <= b.published_at for (_, a), (_, b) in pairwise(arrived))


def test_a_stop_ends_the_feed_and_what_was_sent_is_there(broker, tmp_path):
    since, stop = size(broker, STREAMS.raw), threading.Event()
    path = as_lines(tmp_path / "a.jsonl", *some(3), b"?", *some(50))
    fed = feed(path, broker, FeedOptions(pace=Pace(rate=1000)), stop=stop, on_bad=lambda _: stop.set())
    assert fed.sent == len(contents(broker, STREAMS.raw, since=since)) == 3


def test_a_delivery_error_names_the_article(broker, monkeypatch):
    producer = connect(broker)
    monkeypatch.setattr(producer, "send", failing)
    with pytest.raises(DeliveryError, match="a-7") as error, Publisher(producer) as out:
        out.send(an_article(id="a-7"))
    assert [name for name, _ in error.value.failures] == ["a-7"]


def failing(*_, **__):
    from kafka.errors import TopicAuthorizationFailedError

    raise TopicAuthorizationFailedError("newsmon.articles.raw.v1")


def test_a_dead_letter_of_a_huge_line_stays_below_the_streams_limit():
    letter = publisher.buried(BadLine("f", 1, "not-json", "d" * 9000, b"x" * 50_000_000), NOW)
    assert letter.truncated
    assert len(letter.to_bytes()) < publisher.STREAM_BYTES * 0.8
    assert isinstance(DeadLetter.from_bytes(letter.to_bytes()), DeadLetter)


def test_no_broker_is_said_by_name(tmp_path):
    with pytest.raises(ValueError, match="NEWSMON_KAFKA_BOOTSTRAP_SERVERS"):
        feed(as_lines(tmp_path / "a.jsonl", json.dumps({}).encode()), KafkaSettings())


def test_articles_survive_the_way_through_bytes():
    article = an_article("“Quotes” and 🙂")
    assert Article.from_bytes(article.to_bytes()) == article
