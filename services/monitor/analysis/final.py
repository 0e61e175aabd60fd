"""What a subscriber holds after reading every alert message: the last word on each alert, withdrawn ones gone."""

from collections.abc import Iterable

from schemas import PolicyShiftAlert


def final(messages: Iterable[PolicyShiftAlert]) -> list[PolicyShiftAlert]:
    """The standing alerts, by time of publication. `type` is `alert`: how often it was retold is not part of it."""
    latest: dict[str, PolicyShiftAlert] = {}
    for message in messages:
        latest[message.alert_id] = message
    standing = [alert.model_copy(update={"type": "alert"}) for alert in latest.values() if alert.type != "cancel"]
    return sorted(standing, key=lambda alert: (alert.times.published, alert.alert_id))
