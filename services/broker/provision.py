"""In: the registry of streams and an admin client. Out: the streams exist, and a report of what differs.

Creates what is missing and changes nothing that exists: a differing partition count or retention is named, and an
operator decides. Faust's changelogs are Faust's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient
from kafka.errors import TopicAlreadyExistsError, for_code

from schemas import STREAMS, Stream
from services.settings import KafkaSettings


@dataclass(frozen=True)
class Difference:
    """One property of an existing stream that is not what the registry says."""

    stream: str
    name: str
    wanted: str
    found: str

    def __str__(self) -> str:
        return f"{self.stream}: {self.name} is {self.found}, the registry says {self.wanted}"


@dataclass(frozen=True)
class Provisioned:
    """What `provision` did and saw, stream names in the order of the pipeline."""

    created: tuple[str, ...] = ()
    existing: tuple[str, ...] = ()
    differs: tuple[Difference, ...] = ()


def provision(settings: KafkaSettings, *, streams: Iterable[Stream] = STREAMS) -> Provisioned:
    """Create the missing streams, wait until each has a leader, compare the others. Raises kafka.errors.KafkaError."""
    wanted = tuple(streams)
    with KafkaAdminClient(**settings.kafka_python_options()) as admin:
        present = set(admin.list_topics())
        created = create(admin, [stream for stream in wanted if stream.name not in present], settings)
        existing = [stream for stream in wanted if stream.name not in created]
        return Provisioned(
            created=created,
            existing=tuple(stream.name for stream in existing),
            differs=differences(admin, existing, settings) if existing else (),
        )


def create(admin: KafkaAdminClient, missing: Iterable[Stream], settings: KafkaSettings) -> tuple[str, ...]:
    """Create streams; gives the names of those that were not made by somebody else meanwhile."""
    requested = {stream.name: _request(stream, settings) for stream in missing}
    if not requested:
        return ()
    answer = admin.create_topics(requested, raise_errors=False)
    failed = {topic["name"]: for_code(topic["error_code"]) for topic in answer["topics"] if topic["error_code"]}
    for name, error in failed.items():
        if error is not TopicAlreadyExistsError:
            raise error(f"creating {name}")
    admin.wait_for_topics(list(requested))
    return tuple(name for name in requested if name not in failed)


def partitions(stream: Stream, settings: KafkaSettings) -> int:
    """How many partitions the stream is to have."""
    return 1 if stream.partitions == "one" else settings.partitions


def differences(admin: KafkaAdminClient, streams: Iterable[Stream], settings: KafkaSettings) -> tuple[Difference, ...]:
    """Compare partition counts, replication and configuration of existing streams with the registry."""
    by_name = {stream.name: stream for stream in streams}
    found = {topic["name"]: topic for topic in admin.describe_topics(list(by_name))}
    configs = _configs(admin, by_name)
    return tuple(
        Difference(name, what, want, have)
        for name, stream in by_name.items()
        for what, want, have in _compared(stream, found[name], configs[name], settings)
        if want != have
    )


def _compared(
    stream: Stream, topic: Mapping[str, Any], config: Mapping[str, str], settings: KafkaSettings
) -> Iterable[tuple[str, str, str]]:
    copies = len(topic["partitions"][0]["replica_nodes"])
    yield "partitions", str(partitions(stream, settings)), str(len(topic["partitions"]))
    yield "replication", str(settings.replication_factor), str(copies)
    for key, value in stream.config().items():
        yield key, value, config.get(key, "unset")


def _configs(admin: KafkaAdminClient, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Values by stream and key. The embedded broker marks none as modified: ask for all."""
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    answer = admin.describe_configs(resources, config_filter="all")["topic"]
    return {name: {key: str(entry["value"]) for key, entry in values.items()} for name, values in answer.items()}


def _request(stream: Stream, settings: KafkaSettings) -> dict[str, Any]:
    return {
        "num_partitions": partitions(stream, settings),
        "replication_factor": settings.replication_factor,
        "configs": stream.config(),
    }
