"""The seed documents end in the alerts an editor wants: each core one once, none that rests on a hard negative."""

import pytest

from tests.quality import seeds
from tests.quality.tally import Tally


@pytest.fixture(scope="module")
def tally() -> Tally:
    counted = Tally()
    seeds.score(counted)
    return counted


def test_every_core_alert_fires_exactly_once(tally: Tally) -> None:
    assert tally.share("seeds: core alerts, once each", "tune") == 1.0, tally.failures


def test_three_of_four_secondary_alerts_fire(tally: Tally) -> None:
    assert (tally.share("seeds: secondary alerts, once each", "tune") or 0) >= 0.75, tally.failures


def test_no_alert_rests_on_a_hard_negative_alone(tally: Tally) -> None:
    assert tally.share("seeds: extra alerts on a hard negative alone", "tune") == 0.0, tally.failures
