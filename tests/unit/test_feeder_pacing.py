"""Pacing: when each article is due. No clock."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from schemas import Entry
from services.feeder.pacing import PAUSE, Pace, due, in_event_order, rounds
from tests.builders import WHEN, an_article


def at(hours, **changes):
    return an_article(f"Words at {hours}.", published_at=WHEN + timedelta(hours=hours), **changes)


def seconds(articles, pace):
    return [second for second, _ in due(articles, pace)]


def test_at_once_means_all_at_zero():
    assert seconds([at(0), at(5)], Pace()) == [0, 0]


def test_a_rate_spaces_evenly_whatever_the_dates():
    assert seconds([at(9), at(0), at(5)], Pace(rate=4)) == [0, 0.25, 0.5]


def test_event_time_is_divided_by_the_speed_up():
    assert seconds([at(0), at(1), at(3)], Pace(speed_up=3600)) == [0, 1, 3]


def test_a_late_article_is_due_at_once_and_never_before_the_start():
    assert seconds([at(5), at(1)], Pace(speed_up=3600)) == [0, 0]


def test_event_order_keeps_equal_times_as_they_came():
    a, b, c = at(1), at(0), at(1, title="second")
    assert in_event_order([a, b, c]) == [b, a, c]


@pytest.mark.parametrize(
    "wrong", [{"rate": 0}, {"rate": -1}, {"speed_up": 0}, {"speed_up": -2}, {"rate": 1, "speed_up": 1}]
)
def test_a_pace_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="speed-up"):
        Pace(**wrong)


def test_the_first_round_of_a_loop_is_as_given():
    given = [at(0, url="https://example.org/a"), at(2)]
    assert list(islice(rounds(given), 2)) == given


def test_later_rounds_are_other_articles_after_the_earlier_ones():
    entry = Entry(start=0, published_at=WHEN)
    given = [at(0, url="https://example.org/a", entries=(entry,)), at(2)]
    seen = list(islice(rounds(given), 6))
    assert len({article.id for article in seen}) == 6
    assert len({article.url for article in seen if article.url}) == 3
    assert [article.published_at for article in seen] == sorted(article.published_at for article in seen)
    later = timedelta(hours=2) + PAUSE
    assert seen[2].published_at - given[0].published_at == later
    assert seen[2].entries[0].published_at == WHEN + later
    assert seen[2].text == given[0].text


def test_a_date_that_has_no_later_one_stays():
    last = an_article(published_at=datetime(9999, 12, 31, tzinfo=UTC))
    assert [article.published_at.year for article in islice(rounds([last, at(0)]), 4)] == [9999, 2025, 9999, 2025]


def test_a_loop_over_nothing_ends():
    assert list(rounds([])) == []
