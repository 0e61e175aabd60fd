"""A Kafka in, alerts out: decoded, their envelope's times filled in, filtered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from kafka import KafkaConsumer

from schemas import STREAMS, PolicyShiftAlert
from services.settings import KafkaSettings


@dataclass(frozen=True)
class Filter:
    """What to keep; None keeps all. Ids as in the alerts: ISO alpha-3 or an organisation's code, slugs."""

    actor: str | None = None
    target: str | None = None
    instrument: str | None = None
    transition: str | None = None
    certainty: str | None = None
    topic: str | None = None

    def keeps(self, alert: PolicyShiftAlert) -> bool:
        """Whether every given word matches."""
        asked = (
            (self.actor, alert.actor.id),
            (self.target, alert.target.id if alert.target else None),
            (self.instrument, alert.instrument),
            (self.transition, alert.transition),
            (self.certainty, alert.certainty),
        )
        words = all(wanted is None or wanted == found for wanted, found in asked)
        return words and (self.topic is None or self.topic in alert.topics)


class Subscription:
    """Alerts as they come, from the beginning or from now. No group: every subscriber sees everything."""

    def __init__(self, settings: KafkaSettings, *, from_beginning: bool = False) -> None:
        reset = "earliest" if from_beginning else "latest"
        self._consumer = KafkaConsumer(
            STREAMS.alerts.name,
            group_id=None,
            auto_offset_reset=reset,
            enable_auto_commit=False,
            **settings.kafka_python_options(),
        )

    def poll(self, seconds: float = 0.5) -> list[PolicyShiftAlert]:
        """What has come since the last call, waiting at most so long. Raises kafka.errors.KafkaError."""
        batches = self._consumer.poll(timeout_ms=int(seconds * 1000))
        return [stamped(record) for records in batches.values() for record in records]

    def close(self) -> None:
        """Leave."""
        self._consumer.close()


def follow(
    subscription: Subscription,
    keep: Filter,
    *,
    idle_seconds: float | None = None,
    each_poll: Callable[[], None] = lambda: None,
) -> Iterator[PolicyShiftAlert]:
    """Matching alerts for ever, or until none came for so long. `each_poll` is called about twice a second."""
    silent = 0.0
    while idle_seconds is None or silent < idle_seconds:
        found = subscription.poll()
        each_poll()
        silent = 0.0 if found else silent + 0.5
        yield from (alert for alert in found if keep.keeps(alert))


def stamped(record: object) -> PolicyShiftAlert:
    """The alert of a Kafka record with the two clocks of its run, which travel in the envelope.

    Raises pydantic.ValidationError, or ValueError for a clock that is none.
    """
    alert = PolicyShiftAlert.from_bytes(record.value)  # type: ignore[attr-defined]
    headers: Mapping[str, bytes] = dict(record.headers)  # type: ignore[attr-defined]
    times = {"ingested": _time(headers.get("ce_ingestedtime")), "emitted": _time(headers.get("ce_time"))}
    return alert.model_copy(update={"times": alert.times.model_copy(update=times)})


def _time(value: bytes | None) -> datetime | None:
    return datetime.fromisoformat(value.decode()) if value else None
