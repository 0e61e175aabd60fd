"""An alert with speaking defaults."""

from typing import Any

from schemas import PolicyShiftAlert
from schemas.alert import Evidence, StanceState, Times
from tests.builders import UKR, USA, WHEN


def an_alert(**changes: Any) -> PolicyShiftAlert:
    """The US suspends military aid to Ukraine."""
    after = StanceState(action="suspend", polarity=-1, status="announced", since=WHEN)
    quote = Evidence(quote="The US has paused military aid.", start=0, end=31, report_id="a1.1", article_id="a1",
                     source="Example Times", published_at=WHEN, rule="verb", claim_id="c1")  # fmt: skip
    defaults: dict[str, Any] = {
        "alert_id": "0" * 24, "type": "alert", "revision": "r1", "transition": "suspended", "actor": USA,
        "instrument": "military-aid", "target": UKR, "polarity": -1, "after": after, "headline": "h",
        "certainty": "possible", "confidence": 0.9, "origins": 1, "reach": 1, "evidence": (quote,),
        "times": Times(published=WHEN),
    }  # fmt: skip
    return PolicyShiftAlert(**{**defaults, **changes})
