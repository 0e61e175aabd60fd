"""A message in, its Kafka headers out. Alerts carry CloudEvents 1.0 in binary mode: filter without parsing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from schemas import Claim, Message, PolicyShiftAlert
from services.monitor.ports import Tally

CONTENT_TYPE = b"application/json"
TYPE = "org.newsmon.policy-shift.v1"
SOURCE = "/newsmon/monitor"


def plain(_message: Message, _cause: Message | None) -> dict[str, bytes]:
    """Headers of a message that is not an event."""
    return {"content-type": CONTENT_TYPE}


def cloudevent(alert: PolicyShiftAlert, cause: Claim, now: datetime) -> dict[str, bytes]:
    """Headers of an alert. `ce_id` is deterministic: the same revision sent twice is the same event.

    `ce_time` is when it was emitted, `ce_ingestedtime` when the feeder sent the article behind it.
    """
    attributes = {
        "specversion": "1.0",
        "id": f"{alert.alert_id}-{alert.revision}-{alert.type}",
        "source": SOURCE,
        "type": TYPE,
        "time": _rfc3339(now),
        "subject": f"{alert.actor.id}/{alert.instrument}/{alert.target.id if alert.target else '-'}",
        "partitionkey": alert.alert_id,
        "causationid": cause.id,
        "transition": alert.transition,
        "alerttype": alert.type,
        "certainty": alert.certainty,
    }
    if cause.ingested_at:
        attributes["ingestedtime"] = _rfc3339(cause.ingested_at)
    headers = {f"ce_{name}": value.encode() for name, value in attributes.items()}
    return {"content-type": CONTENT_TYPE, **headers}


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


class Emission:
    """Headers for alerts, stamped with the clock as they leave; the two latencies are observed here."""

    def __init__(self, tally: Tally, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._tally = tally
        self._clock = clock

    def __call__(self, alert: PolicyShiftAlert, cause: Claim) -> dict[str, bytes]:
        """CloudEvents headers of one alert."""
        now = self._clock()
        if alert.type == "alert":
            self._observe("alert_latency_seconds", now - cause.published_at, alert)
            if cause.ingested_at:
                self._observe("end_to_end_seconds", now - cause.ingested_at, alert)
        return cloudevent(alert, cause, now)

    def _observe(self, name: str, took: timedelta, alert: PolicyShiftAlert) -> None:
        self._tally.event(name, amount=max(0.0, took.total_seconds()), exemplar={"alert_id": alert.alert_id})
