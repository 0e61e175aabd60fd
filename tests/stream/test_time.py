"""Late, early and out-of-order articles, and last month again while today flows."""

import random
from datetime import timedelta

from schemas import Article, PolicyShiftAlert
from services.monitor.analysis.final import final
from services.monitor.offline import Offline
from services.monitor.tools import Tools
from tests.articles import news
from tests.builders import WHEN, an_article

PAUSED = "The United States has suspended military aid to Ukraine, the White House said on Monday."
RESUMED = "The United States has resumed military aid to Ukraine, the White House said on Friday."
LATER = WHEN + timedelta(days=20)


def said(text: str, when, outlet: str = "Example Times", **changes) -> Article:
    url = f"https://{outlet.replace(' ', '').lower()}.example/{abs(hash((text, when))) % 10**9}"
    return an_article(text, published_at=when, source=outlet, url=url, **changes)


def alerts(tools: Tools, *articles: Article) -> list[PolicyShiftAlert]:
    run = Offline(tools)
    run.feed(articles)
    return final(run.alerts.messages)


def test_articles_in_any_order_of_arrival_end_in_the_same_alerts(tools: Tools) -> None:
    articles = [article for article in news(60, seed=3) if "Item" in article.title]
    shifts = [article for article in articles if "military aid" in (article.text or "")]
    firsts = list({article.text: article for article in reversed(shifts)}.values())
    random.Random(5).shuffle(firsts)
    in_order = alerts(tools, *sorted(firsts, key=lambda article: article.published_at))
    assert [a.to_bytes() for a in alerts(tools, *firsts)] == [a.to_bytes() for a in in_order]
    assert in_order


def test_a_late_pause_takes_its_place_before_the_resumption_that_is_known_already(tools: Tools) -> None:
    ends = alerts(tools, said(RESUMED, LATER), said(PAUSED, WHEN))
    assert [alert.transition for alert in ends] == ["suspended", "resumed"]
    assert ends[1].before is not None
    assert ends[1].before.action == "suspend"
    assert ends == alerts(tools, said(PAUSED, WHEN), said(RESUMED, LATER))


def test_an_alert_of_a_backfill_says_so_and_todays_does_not(tools: Tools) -> None:
    ends = alerts(tools, said(RESUMED, LATER), said(PAUSED, WHEN, notify=False))
    assert [(alert.transition, alert.notify) for alert in ends] == [("suspended", False), ("resumed", True)]


def test_one_live_witness_makes_a_backfilled_alert_worth_telling(tools: Tools) -> None:
    other = "Washington has suspended military aid to Ukraine, the Pentagon said."
    old, live = said(PAUSED, WHEN, notify=False), said(other, WHEN + timedelta(hours=1), "Daily Ledger")
    assert [alert.notify for alert in alerts(tools, old)] == [False]
    assert [alert.notify for alert in alerts(tools, old, live)] == [True]
    assert [alert.notify for alert in alerts(tools, live, old)] == [True]


def test_last_month_fed_again_while_today_flows_tells_nothing_twice(tools: Tools) -> None:
    month = [said(PAUSED, WHEN), said(RESUMED, LATER)]
    again = [article.model_copy(update={"notify": False}) for article in month]
    today = said("Germany has suspended arms exports to Israel, the government announced.", LATER + timedelta(days=9))
    run = Offline(tools)
    run.feed(month)
    before = len(run.alerts.messages)
    run.feed([again[0], today, again[1]])
    assert [alert.actor.id for alert in run.alerts.messages[before:]] == ["DEU"]
    assert all(alert.notify for alert in final(run.alerts.messages))


def test_an_early_article_dated_next_year_takes_nothing_from_todays_news(tools: Tools) -> None:
    early = said(PAUSED, WHEN + timedelta(days=365))
    assert WHEN in {alert.times.published for alert in alerts(tools, early, said(PAUSED, WHEN, "Daily Ledger"))}
