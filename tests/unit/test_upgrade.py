"""Alerts that an older monitor wrote, read by today's subscriber."""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from schemas import STREAMS, PolicyShiftAlert
from services.monitor.analysis.final import final
from services.subscriber.cards import line, show
from services.subscriber.subscription import Filter, Subscription, follow

OLD = Path(__file__).parents[1] / "contract" / "v1.0" / "messages" / STREAMS.alerts.name


class Stored(Subscription):
    """A subscription to files: what an older worker left in the stream, then silence."""

    def __init__(self) -> None:
        records = [SimpleNamespace(value=path.read_bytes(), headers=[]) for path in sorted(OLD.glob("*.json"))]
        self._consumer: Any = SimpleNamespace(poll=lambda timeout_ms: {"p": [records.pop(0)]} if records else {})


def test_alerts_of_the_first_release_are_followed_filtered_and_shown() -> None:
    alerts = list(follow(Stored(), Filter(), idle_seconds=0.5))
    assert len(alerts) == len(list(OLD.glob("*.json"))) > 0
    printed = Console(file=io.StringIO(), force_terminal=True, width=120)
    for alert in alerts:
        show(alert, printed)
        assert alert.headline in line(alert)
        assert list(follow(Stored(), Filter(actor=alert.actor.id, instrument=alert.instrument), idle_seconds=0.5))
    assert final(alerts)


@pytest.mark.parametrize("path", sorted(OLD.glob("*.json")), ids=lambda path: path.name)
def test_an_alert_of_the_first_release_is_written_again_with_nothing_lost(path: Path) -> None:
    old = PolicyShiftAlert.from_bytes(path.read_bytes())
    assert PolicyShiftAlert.from_bytes(old.to_bytes()) == old
