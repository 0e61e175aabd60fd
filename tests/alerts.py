"""Builders of what the desk reads: an_alert(...), an_evidence(...), a_stance(...)."""

from datetime import datetime, timedelta
from typing import Any

from schemas import Evidence, PolicyShiftAlert, Stance, StanceState, Times
from tests.builders import UKR, USA, WHEN

HOSTILE = (
    '<script>alert(1)</script>"\' onmouseover="alert(2)" <img src=x onerror=alert(3)> ' + "w" * 10_000 + " \u202etxet"
)


def a_state(action: str = "suspend", polarity: int = -1, *, since: datetime = WHEN, **changes: Any) -> StanceState:
    return StanceState(**{"action": action, "polarity": polarity, "status": "announced", "since": since, **changes})


def an_evidence(quote: str = "The US has paused military aid to Ukraine.", **changes: Any) -> Evidence:
    defaults: dict[str, Any] = {
        "quote": quote, "start": 0, "end": len(quote), "report_id": "a1.1", "article_id": "a1",
        "source": "Example Times", "url": "https://example.org/a1", "published_at": WHEN, "rule": "verb",
        "claim_id": "c1",
    }  # fmt: skip
    return Evidence(**{**defaults, **changes})


def an_alert(alert_id: str = "one", *, days: float = 0, **changes: Any) -> PolicyShiftAlert:
    """The US suspends military aid to Ukraine, `days` after WHEN."""
    when = WHEN + timedelta(days=days)
    defaults: dict[str, Any] = {
        "alert_id": alert_id, "type": "alert", "revision": "r1", "transition": "suspended", "actor": USA,
        "instrument": "military-aid", "target": UKR, "polarity": -1, "after": a_state(since=when),
        "headline": "United States → Ukraine · military aid: not known → suspended (announced)",
        "certainty": "possible", "confidence": 0.7, "origins": 1, "reach": 1,
        "evidence": (an_evidence(published_at=when),), "topics": ("medtop:11000000",),
        "times": Times(published=when),
    }  # fmt: skip
    return PolicyShiftAlert(**{**defaults, **changes})


def a_stance(**changes: Any) -> Stance:
    defaults: dict[str, Any] = {
        "key": "USA·military-aid·UKR", "actor": USA, "instrument": "military-aid", "target": UKR,
        "state": a_state(), "origins": 1, "reach": 1,
    }  # fmt: skip
    return Stance(**{**defaults, **changes})
