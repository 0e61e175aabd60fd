"""The desk as an editor has it: a real broker, a process of its own, a real browser."""

import json
import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from schemas import STREAMS, Article, Party, PolicyShiftAlert
from services.broker.provision import provision
from services.feeder.sources import read_articles
from services.monitor.analysis.final import final
from tests.alerts import HOSTILE, a_stance, a_state, an_alert, an_evidence
from tests.brokers import embedded_kafka
from tests.desk import Desk, a_browser, a_desk
from tests.pipeline import Pipeline, until

pytestmark = pytest.mark.embedded

SEEDS = Path(__file__).parents[2] / "seeds"
GBR = Party(id="GBR", name="United Kingdom", country="GBR")
HEARD = """window.heard = [];
const Source = window.EventSource;
window.EventSource = class extends Source {
  constructor(url) {
    super(url);
    this.addEventListener("card", (event) => window.heard.push(JSON.parse(event.data).id));
  }
};"""
CONTRAST = Path(__file__).parent / "contrast.js"
PAGES = ("/", "/alerts/one", "/stances", f"/stances/{quote('USA·military-aid·UKR')}", "/contract", "/nope")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with embedded_kafka(tmp_path / "broker") as kafka:
        provision(kafka)
        with a_desk(kafka, tmp_path) as running:
            yield running


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with three alerts, one of them hostile, and two stances. Tests only look at it."""
    directory = tmp_path_factory.mktemp("desk")
    bad = an_evidence(HOSTILE, source=HOSTILE, url='https://x.example/"onclick="alert(1)')
    with embedded_kafka(directory / "broker") as kafka:
        provision(kafka)
        with a_desk(kafka, directory) as running:
            running.tell(
                an_alert("one", certainty="confirmed", origins=2, reach=5),
                an_alert("two", days=3, references=("one",), transition="resumed", polarity=1,
                         after=a_state("resume", 1)),
                an_alert("bad", days=4, headline=HOSTILE, actor=Party(id="XXX", name=HOSTILE), evidence=(bad,),
                         target=GBR, instrument="<b>x</b>", reasons=(HOSTILE,), polarity=0, type="cancel"),
                a_stance(),
                a_stance(key="XXX·<b>x</b>·GBR", actor=Party(id="XXX", name=HOSTILE), instrument="<b>x</b>"),
            )  # fmt: skip
            until(lambda: counts(running) == (3, 2), what="the messages on the desk")
            yield running


def counts(desk: Desk) -> tuple[int, int]:
    with urllib.request.urlopen(f"{desk.url}/health") as answer:
        health = json.load(answer)
    return health["alerts"], health["stances"]


def opened(browser: Browser, url: str, **options: object) -> tuple[BrowserContext, Page, list[str]]:
    """A page, and everything it complains about: scripts that run where none may, dialogs, refusals by the policy."""
    context = browser.new_context(**options)
    context.add_init_script(HEARD)
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.goto(url)
    return context, page, wrong


def shown(page: Page) -> list[str]:
    return page.eval_on_selector_all("article", "cards => cards.map(card => card.dataset.id)")


def test_cards_appear_live_in_order_and_are_mended_where_they_stand(desk: Desk, browser: Browser) -> None:
    context, page, wrong = opened(browser, desk.url)
    expect(page.locator("#state")).to_have_text("live")
    expect(page.locator("#empty")).to_be_visible()
    desk.tell(an_alert("march", days=1), an_alert("may", days=60), an_alert("april", days=30))
    expect(page.locator("article")).to_have_count(3)
    assert shown(page) == ["may", "april", "march"]
    page.locator("#alert-april summary").click()
    desk.tell(an_alert("april", days=30, type="update", certainty="confirmed", origins=2, revision="r2"))
    expect(page.locator("#alert-april .badge.confirmed")).to_be_visible()
    assert shown(page) == ["may", "april", "march"]
    assert page.locator("#alert-april details").get_attribute("open") is not None, "what was open stays open"
    desk.tell(an_alert("may", days=60, type="cancel"))
    expect(page.locator("#alert-may.withdrawn")).to_be_visible()
    expect(page.locator("#spoken")).to_contain_text("Withdrawn")
    expect(page.locator("#count")).to_have_text("3 alerts")
    assert wrong == []
    context.close()
    assert desk.stop() in (0, -signal.SIGTERM), "uvicorn ends in good order and then takes the signal"


def test_a_dropped_connection_resumes_without_gap_or_repeat(desk: Desk, browser: Browser) -> None:
    desk.tell(*(an_alert(f"a{n}", days=n) for n in range(5)))
    until(lambda: counts(desk)[0] == 5, what="the messages on the desk")
    context, page, _ = opened(browser, desk.url)
    expect(page.locator("#state")).to_have_text("live")
    desk.tell(*(an_alert(f"b{n}", days=10 + n) for n in range(5)))
    expect(page.locator("article")).to_have_count(10)
    desk.kill()
    expect(page.locator("#live")).to_have_attribute("data-state", "off")
    desk.tell(*(an_alert(f"c{n}", days=20 + n) for n in range(5)))
    desk.start()
    expect(page.locator("article")).to_have_count(15, timeout=30_000)
    desk.tell(an_alert("d0", days=30))
    expect(page.locator("article")).to_have_count(16)
    heard = page.evaluate("window.heard")
    assert sorted(heard) == [*(f"b{n}" for n in range(5)), *(f"c{n}" for n in range(5)), "d0"]
    context.close()


def test_a_filtered_page_stays_filtered_while_it_is_live(desk: Desk, browser: Browser) -> None:
    desk.tell(an_alert("us"), an_alert("uk", actor=GBR))
    until(lambda: counts(desk)[0] == 2, what="the messages on the desk")
    context, page, wrong = opened(browser, desk.url)
    page.get_by_label("Who").select_option("GBR")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**/?actor=GBR*")
    expect(page.locator("#state")).to_have_text("live")
    assert shown(page) == ["uk"]
    desk.tell(an_alert("us-2", days=1), an_alert("uk-2", days=2, actor=GBR))
    expect(page.locator("article")).to_have_count(2)
    page.goto(f"{desk.url}/?certainty=possible&actor=GBR")
    expect(page.locator("#state")).to_have_text("live")
    desk.tell(an_alert("uk-2", days=2, actor=GBR, type="update", certainty="confirmed"))
    expect(page.locator("#alert-uk-2")).to_have_count(0)
    assert wrong == []
    context.close()


def standing(page: Page) -> list[str]:
    return page.eval_on_selector_all("tr[data-key]", "rows => rows.map(row => row.dataset.key)")


def test_stances_come_live_under_their_actor_are_mended_and_go(desk: Desk, browser: Browser) -> None:
    context, page, wrong = opened(browser, f"{desk.url}/stances")
    expect(page.locator("#state")).to_have_text("live")
    expect(page.locator("#empty")).to_be_visible()
    desk.tell(a_stance(key="t", instrument="tariffs"), a_stance(key="m"), a_stance(key="u", actor=GBR))
    expect(page.locator("tr[data-key]")).to_have_count(3)
    assert standing(page) == ["u", "m", "t"], "by actor, then by instrument, whatever came first"
    expect(page.locator("#empty")).to_be_hidden()
    desk.kill()
    expect(page.locator("#live")).to_have_attribute("data-state", "off")
    desk.tell(a_stance(key="m", state=a_state("resume", 1)), a_stance(key="u", actor=GBR, state=None))
    desk.start()
    expect(page.locator("tr[data-key=m] strong")).to_have_text("resumed", timeout=30_000)
    expect(page.locator("tr[data-key=u]")).to_have_count(0)
    expect(page.locator("tr.actor")).to_have_count(1)
    expect(page.locator("#count")).to_have_text("2 stances")
    expect(page.locator("#spoken")).to_contain_text("United States, military aid: resumed")
    assert [word for word in wrong if "ERR_" not in word] == []
    context.close()


def test_a_filtered_page_of_stances_stays_filtered_while_it_is_live(desk: Desk, browser: Browser) -> None:
    desk.tell(a_stance(key="m"), a_stance(key="u", actor=GBR))
    until(lambda: counts(desk)[1] == 2, what="the stances on the desk")
    context, page, wrong = opened(browser, f"{desk.url}/stances")
    page.get_by_label("Who").select_option("GBR")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**/stances?actor=GBR*")
    expect(page.locator("#state")).to_have_text("live")
    desk.tell(a_stance(key="t", instrument="tariffs"), a_stance(key="v", actor=GBR, instrument="tariffs"))
    expect(page.locator("tr[data-key]")).to_have_count(2)
    assert standing(page) == ["u", "v"]
    assert wrong == []
    context.close()


def test_without_scripts_the_page_reads_and_filters(told: Desk, browser: Browser) -> None:
    context, page, _ = opened(browser, told.url, java_script_enabled=False)
    assert page.locator("article").count() == 3
    page.get_by_label("Shift").select_option("resumed")
    page.get_by_role("button", name="Filter").click()
    expect(page).to_have_url(f"{told.url}/?actor=&target=&instrument=&transition=resumed&certainty=&topic=")
    assert page.locator("article").count() == 1
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_hostile_text_stays_text_and_a_phone_never_scrolls_sideways(told: Desk, browser: Browser, address: str) -> None:
    size = {"width": 360, "height": 740}
    context, page, wrong = opened(browser, told.url + address, viewport=size, java_script_enabled=True)
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("main script, main img, main b b, [onerror], [onmouseover], [onclick], [style]").count() == 0
    assert [w for w in wrong if "404" not in w] == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_every_word_stands_out_from_its_ground_as_wcag_aa_asks(
    told: Desk, browser: Browser, address: str, scheme: str
) -> None:
    context, page, _ = opened(browser, told.url + address, color_scheme=scheme)
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
    measured = page.evaluate(CONTRAST.read_text())
    assert len(measured) > 5
    assert [pair for pair in measured if pair["ratio"] < 4.5] == []
    context.close()


def test_everything_can_be_reached_and_used_from_the_keyboard(told: Desk, browser: Browser) -> None:
    context, page, _ = opened(browser, told.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert {"by-actor", "by-topic", "Filter", "Why", "Timeline", "Atom feed"} <= set(reached)
    page.locator("#alert-one summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#alert-one .why")).to_be_visible()
    context.close()


def test_a_stance_opens_its_timeline_and_a_shift_its_card(told: Desk, browser: Browser) -> None:
    context, page, wrong = opened(browser, f"{told.url}/stances")
    page.get_by_role("link", name="military aid").click()
    expect(page.get_by_role("group", name="Timeline: United States → Ukraine, Military aid")).to_be_visible()
    page.locator("svg a", has_text="resumed").click()
    assert page.url.endswith("#alert-two")
    page.locator("#alert-two .chain a").click()
    expect(page).to_have_url(f"{told.url}/alerts/one")
    assert wrong == []
    context.close()


def test_the_desk_shows_what_the_pipeline_told_and_the_words_around_each_quote(tmp_path: Path, desk: Desk) -> None:
    first = next(found for found in read_articles(SEEDS) if isinstance(found, Article))
    with Pipeline(desk.kafka, tmp_path) as run:
        run.start(0)
        run.feed([first])
        run.until_read()
        messages = [message for message in run.messages(STREAMS.alerts) if isinstance(message, PolicyShiftAlert)]
    standing = {alert.alert_id: alert for alert in final(messages)}
    assert standing
    until(lambda: counts(desk)[0] >= len(standing), what="the alerts on the desk")
    with urllib.request.urlopen(f"{desk.url}/api/v1/alerts") as answer:
        items = [PolicyShiftAlert.model_validate(item) for item in json.load(answer)["items"]]
    assert {alert.alert_id: alert.revision for alert in items if alert.type != "cancel"} == {
        name: alert.revision for name, alert in standing.items()
    }
    assert all(alert.times.emitted for alert in items)
    with urllib.request.urlopen(desk.url) as answer:
        assert b'class="around"' in answer.read()
