"""In: the registry of streams. Out: what each service's Kafka user may do, and no more.

deploy/kafka/README.md shows it as a table; tests/e2e/test_security.py proves it on a real Kafka. A write includes the
right to write idempotently (Kafka 2.8 and newer), so nobody needs a right on the cluster.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kafka.admin import (
    ACL,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    KafkaAdminClient,
    ResourcePattern,
    ResourceType,
)

from schemas import STREAMS

OPERATOR, FEEDER, WORKER, READER = "newsmon-provision", "newsmon-feeder", "newsmon-worker", "newsmon-reader"
"""Users. OPERATOR runs `newsmon provision`; READER is the desk, and any subscriber."""

STREAM_PREFIX = "newsmon."
WORKER_PREFIX = "newsmon-"  # Faust's changelogs, named after the app
WORKER_GROUP = "newsmon"  # the app's id

_READ = (ACLOperation.READ, ACLOperation.DESCRIBE)
_WRITE = (ACLOperation.WRITE, ACLOperation.DESCRIBE)
_DECLARE = (ACLOperation.CREATE, ACLOperation.DESCRIBE, ACLOperation.DESCRIBE_CONFIGS)


@dataclass(frozen=True)
class Right:
    """One user may do these operations on one topic or group, or on all whose names begin so."""

    user: str
    kind: ResourceType
    name: str
    operations: tuple[ACLOperation, ...]
    prefix: bool = False

    def acls(self) -> Iterator[ACL]:
        """The same, as Kafka's admin client wants it: from every host, TLS and password say who it is."""
        pattern = ACLResourcePatternType.PREFIXED if self.prefix else ACLResourcePatternType.LITERAL
        resource = ResourcePattern(self.kind, self.name, pattern)
        for operation in self.operations:
            yield ACL(f"User:{self.user}", "*", operation, ACLPermissionType.ALLOW, resource)


def rights() -> tuple[Right, ...]:
    """Every right that newsmon's services need."""
    topic, group, write = ResourceType.TOPIC, ResourceType.GROUP, ACLOperation.WRITE
    fed, told = (STREAMS.raw, STREAMS.dead_letters), (STREAMS.enriched, STREAMS.alerts, STREAMS.stances)
    return (
        Right(OPERATOR, topic, STREAM_PREFIX, _DECLARE, prefix=True),
        *(Right(FEEDER, topic, stream.name, _WRITE) for stream in fed),
        *(Right(WORKER, topic, stream.name, (*_READ, write)) for stream in STREAMS),
        Right(WORKER, topic, WORKER_PREFIX, (*_DECLARE, ACLOperation.READ, write), prefix=True),
        Right(WORKER, group, WORKER_GROUP, _READ),
        *(Right(READER, topic, stream.name, _READ) for stream in told),
        Right(READER, group, READER, _READ, prefix=True),
    )


def grant(admin: KafkaAdminClient, wanted: Iterable[Right]) -> None:
    """Add the rights; those that are there already stay. Raises kafka.errors.KafkaError and ValueError if one fails."""
    answer = admin.create_acls([acl for right in wanted for acl in right.acls()])
    if answer["failed"]:
        raise ValueError(f"not granted: {answer['failed']}")
