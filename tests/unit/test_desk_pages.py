"""What the desk's addresses answer, asked the way a browser asks, without a broker and without a network."""

import json
from collections.abc import AsyncIterator
from xml.etree import ElementTree as ET

import httpx
import jsonschema
import pytest
from lxml import html

from schemas import Party, PolicyShiftAlert
from services.desk.app import web
from services.desk.board import Board, Context
from services.desk.cards import card
from services.desk.names import load_names
from services.desk.pages import Pages
from services.desk.templating import environment
from tests.alerts import HOSTILE, a_stance, a_state, an_alert, an_evidence

ATOM = "{http://www.w3.org/2005/Atom}"
GBR = Party(id="GBR", name="United Kingdom", country="GBR")


@pytest.fixture(scope="module")
def names():
    return load_names()


@pytest.fixture
def board() -> Board:
    made = Board()
    made.caught_up.set()
    return made


@pytest.fixture
async def desk(board, names) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=web(board, names))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as client:
        yield client


def tell(board: Board, *alerts: PolicyShiftAlert) -> None:
    for alert in alerts:
        offset = board.journal.end.get(0, 0)
        board.tell(alert, 0, offset, size=len(alert.to_bytes()))


def hostile_alert() -> PolicyShiftAlert:
    bad = {"id": "USA", "name": HOSTILE}
    return an_alert(
        '"><script>x</script>', headline=HOSTILE, actor=Party(**bad), reasons=(HOSTILE,), instrument="<b>x</b>",
        evidence=(an_evidence(HOSTILE, source=HOSTILE, url="javascript:alert(1)", rule=HOSTILE),),
        references=("</p><script>",), topics=("medtop:11000000",),
    )  # fmt: skip


async def test_a_card_says_what_was_what_is_and_which_words_say_so(desk, board):
    board.contexts["c1"] = Context("Before it. ", " After it.", False, False)
    tell(board, an_alert(before=a_state("resume", 1), origins=2, reach=5, certainty="confirmed"))
    page = html.fromstring((await desk.get("/")).text)
    card = page.get_element_by_id("alert-one")
    said = " ".join(card.text_content().split())
    assert "United States → Ukraine: Military aid" in said
    assert "was resumed (announced), now suspended (announced)" in said
    assert "2 origins · 5 reports" in said
    assert "confirmed" in said
    (quote,) = card.xpath(".//blockquote")
    assert quote.text_content() == "Before it. The US has paused military aid to Ukraine. After it."
    assert [mark.text_content() for mark in quote.xpath(".//mark")] == ["The US has paused military aid to Ukraine."]
    assert card.xpath(".//figcaption//a")[0].get("href") == "https://example.org/a1"


async def test_everything_from_outside_stays_text_on_every_page(desk, board):
    alert = hostile_alert()
    tell(board, alert)
    board.hold("k", a_stance(actor=alert.actor, key="USA·<b>x</b>·UKR", instrument="<b>x</b>"), 0, 0, size=1)
    board.contexts["c1"] = Context(HOSTILE, HOSTILE, True, True)
    key = "USA%C2%B7%3Cb%3Ex%3C%2Fb%3E%C2%B7UKR"
    for address in (
        "/",
        "/stances",
        f"/stances/{key}",
        "/?actor=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/nope<script>",
    ):
        answer = await desk.get(address)
        page = html.fromstring(answer.text)
        assert [script.get("src") for script in page.iter("script")] == ["/static/desk.js"], address
        assert not page.xpath("//*[@*[starts-with(name(), 'on')]]"), address
        assert not page.xpath("//img | //b[text()='x'] | //*[@style] | //style"), address
        assert not page.xpath("//*[starts-with(@href, 'javascript:')]"), address
        assert "\u202e" not in answer.text, address


async def test_hidden_characters_are_shown_to_be_there(desk, board):
    tell(board, an_alert(evidence=(an_evidence("abc\u202edef\u200b"),)))
    assert "abc\ufffddef\ufffd" in (await desk.get("/")).text


@pytest.mark.parametrize(
    "url",
    [None, "javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x.example", "https://", "http://[",
     "https://good.example@evil.example/", "/relative"],
)  # fmt: skip
async def test_only_an_address_of_the_web_becomes_a_link(desk, board, url):
    tell(board, an_alert(evidence=(an_evidence(url=url),)))
    page = html.fromstring((await desk.get("/")).text)
    assert not page.xpath(".//figcaption//a")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["uk", "us-confirmed", "us"]),
        ("actor=USA", ["us-confirmed", "us"]),
        ("actor=USA&certainty=confirmed", ["us-confirmed"]),
        ("target=UKR", ["us-confirmed", "us"]),
        ("instrument=tariffs", ["uk"]),
        ("transition=raised", ["uk"]),
        ("topic=medtop:04000000", ["uk"]),
        ("actor=&certainty=", ["uk", "us-confirmed", "us"]),
        ("actor=FRA", []),
    ],
)
async def test_filters_stand_in_the_address_and_page_api_and_feed_agree(desk, board, query, found):
    tell(
        board,
        an_alert("us"),
        an_alert("us-confirmed", days=1, certainty="confirmed"),
        an_alert("uk", days=2, actor=GBR, target=None, instrument="tariffs", transition="raised",
                 topics=("medtop:04000000",)),
    )  # fmt: skip
    page = html.fromstring((await desk.get(f"/?{query}")).text)
    assert [card.get("data-id") for card in page.xpath("//article")] == found
    assert [item["alert_id"] for item in (await desk.get(f"/api/v1/alerts?{query}")).json()["items"]] == found
    feed = ET.fromstring((await desk.get(f"/feed.atom?{query}")).content)
    assert [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")] == [
        f"urn:newsmon:alert:{i}" for i in found
    ]
    chosen = [option.get("value") for option in page.xpath("//option[@selected]")]
    assert all(f"={value}" in query for value in chosen)


async def test_the_filter_is_a_form_that_needs_no_script(desk, board):
    tell(board, an_alert())
    page = html.fromstring((await desk.get("/?actor=USA")).text)
    (form,) = page.xpath("//form")
    assert (form.method, form.action, form.fields["actor"]) == ("GET", "/", "USA")
    labelled = {label.get("for") for label in form.iter("label")}
    assert {select.get("id") for select in form.iter("select")} == labelled


async def test_many_alerts_come_in_pages(desk, board):
    tell(board, *(an_alert(f"a{n:03}", days=n) for n in range(100)))
    second = html.fromstring((await desk.get("/?page=2&actor=USA")).text)
    assert next(card.get("data-id") for card in second.xpath("//article")) == "a059"
    assert {a.get("href") for a in second.xpath("//*[@class='pager']//a")} == {
        "/?actor=USA&page=1",
        "/?actor=USA&page=3",
    }
    assert not second.xpath("//*[@data-cursor]"), "only the first page is live"


async def test_a_withdrawn_alert_is_shown_as_withdrawn(desk, board):
    tell(board, an_alert(), an_alert(type="cancel"))
    page = html.fromstring((await desk.get("/")).text)
    (card,) = page.xpath("//article[contains(@class, 'withdrawn')]")
    assert "withdrawn" in card.text_content()
    assert "Taken back" in card.text_content()


async def test_the_chain_of_superseded_alerts_is_linked_both_ways(desk, board):
    tell(board, an_alert("one"), an_alert("two", days=3, references=("one",), after=a_state("resume", 1)))
    earlier = html.fromstring((await desk.get("/alerts/one")).text)
    later = html.fromstring((await desk.get("/alerts/two")).text)
    assert [a.get("href") for a in earlier.xpath("//*[@class='chain']//a")] == ["/alerts/two"]
    assert [a.text_content() for a in later.xpath("//*[@class='chain']//a")] == ["suspended, 5 Mar 2025"]


async def test_a_stance_opens_the_picture_of_every_shift_that_led_to_it(desk, board):
    tell(board, an_alert("one"), an_alert("two", days=3, references=("one",), polarity=1, after=a_state("resume", 1)))
    board.hold("USA·military-aid·UKR", a_stance(), 0, 0, size=1)
    table = html.fromstring((await desk.get("/stances")).text)
    (link,) = table.xpath("//th[@scope='row']//a")
    page = html.fromstring((await desk.get(link.get("href"))).text)
    assert [a.get("href") for a in page.xpath("//svg//a")] == ["#alert-one", "#alert-two"]
    assert [card.get("data-id") for card in page.xpath("//article")] == ["two", "one"]
    assert len(page.xpath("//svg//circle")) == 2


async def test_a_stance_that_is_only_talk_has_a_page_too(desk, board):
    board.hold("USA·military-aid·UKR", a_stance(origins=0, reach=0, state=a_state(status="floated")), 0, 0, size=1)
    assert "talk only" in (await desk.get("/stances")).text
    assert (await desk.get("/stances/USA%C2%B7military-aid%C2%B7UKR")).status_code == 200


async def test_every_answer_shuts_the_doors(desk):
    for address in (
        "/",
        "/nope",
        "/api/v1/alerts",
        "/static/desk.css",
        "/static/desk.js",
        "/health",
        "/feed.atom",
        "/contract",
    ):
        headers = (await desk.get(address)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


async def test_the_desk_is_only_read_and_takes_no_long_addresses(desk):
    assert (await desk.post("/", content=b"x" * 100_000)).status_code == 405
    assert (await desk.get("/?actor=" + "x" * 5_000)).status_code == 414
    assert (await desk.get("/" + "x" * 5_000)).status_code == 414
    assert (await desk.get("/static/../app.py")).status_code == 404
    assert (await desk.get("/alerts/none")).status_code == 404


@pytest.mark.parametrize(
    "query", ["limit=x", "limit=501", "limit=-1", "offset=1e3", "actors=USA", "offset=" + "9" * 30]
)
async def test_the_api_says_which_word_it_does_not_understand(desk, query):
    answer = await desk.get(f"/api/v1/alerts?{query}")
    assert answer.status_code == 400
    assert query.split("=")[0] in answer.json()["error"]


async def test_the_api_pages_and_its_items_are_messages_of_the_contract(desk, board):
    tell(board, *(an_alert(f"a{n}", days=n) for n in range(5)))
    first = (await desk.get("/api/v1/alerts?limit=3")).json()
    second = (await desk.get(f"/api/v1/alerts?limit=3&offset={first['next']}")).json()
    assert (first["total"], len(second["items"]), second["next"], first["cursor"]) == (5, 2, None, "0-5")
    assert all(PolicyShiftAlert.model_validate(item) for item in first["items"] + second["items"])
    assert (await desk.get("/api/v1/alerts/a1")).json()["alert_id"] == "a1"
    assert (await desk.get("/api/v1/alerts/none")).status_code == 404


async def test_the_openapi_document_describes_what_the_api_answers(desk, board):
    tell(board, an_alert())
    board.hold("k", a_stance(), 0, 0, size=1)
    document = (await desk.get("/api/v1/openapi.json")).json()
    for address in ("/api/v1/alerts", "/api/v1/stances"):
        content = document["paths"][address]["get"]["responses"]["200"]["content"]["application/json"]
        schema = content["schema"] | {"components": document["components"]}
        jsonschema.validate((await desk.get(address)).json(), schema)
    references = set(_references(document))
    assert references <= {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}


def _references(found):
    if isinstance(found, dict):
        yield from (v for k, v in found.items() if k == "$ref")
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from _references(one)


async def test_the_feed_has_what_rfc_4287_asks_for_even_of_a_hostile_alert(desk, board):
    tell(board, an_alert(), hostile_alert().model_copy(update={"alert_id": "bad", "headline": "\x00\x1b<b>&"}))
    answer = await desk.get("/feed.atom")
    feed = ET.fromstring(answer.content)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "newsmon"
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"self", "alternate"}
    entries = list(feed.iter(f"{ATOM}entry"))
    assert len(entries) == 2
    for entry in entries:
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "content"))
        assert entry.find(f"{ATOM}link").get("href").startswith("http://desk.test/alerts/")


async def test_the_contract_page_names_every_stream_and_every_field_of_an_alert(desk):
    page = html.fromstring((await desk.get("/contract")).text)
    codes = {code.text_content() for code in page.iter("code")}
    assert {"newsmon.alerts.policy-shift.v1", "newsmon.stances.v1", "ce_id", "alert_id", "evidence", "before"} <= codes
    targets = {a.get("href")[1:] for a in page.xpath("//td//a")}
    assert targets <= {heading.get("id") for heading in page.iter("h2")}


async def test_health_says_when_the_archive_is_read(desk, board):
    assert (await desk.get("/health")).json()["ready"] is True
    board.caught_up.clear()
    assert (await desk.get("/health")).status_code == 503


@pytest.mark.parametrize("query", ["after=x", "view=xml", "after=0-"])
async def test_live_events_refuse_what_they_do_not_understand(desk, query):
    assert (await desk.get(f"/events?{query}")).status_code == 400


async def test_live_events_have_room_for_so_many_readers_and_no_more(desk, monkeypatch):
    monkeypatch.setattr("services.desk.events.MOST_READERS", 0)
    answer = await desk.get("/events")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")


async def test_a_page_that_is_open_is_told_of_a_card_or_that_one_left_its_filter(board, names):
    from services.desk.pages import Pages
    from services.desk.templating import environment

    tell(board, an_alert())
    pages = Pages(board, names, environment())
    entry = next(board.journal.after({}))
    kind, data = pages.live(entry, True)
    told = json.loads(data)
    assert (kind, told["id"], told["first"]) == ("card", "one", True)
    assert html.fromstring(told["html"]).get("id") == "alert-one"
    assert pages.live(entry, False) == ("gone", '{"id": "one"}')


async def test_a_story_of_many_years_and_shifts_is_still_a_picture(desk, board):
    tell(board, *(an_alert(f"a{n}", days=n * 30 + n * n % 7) for n in range(60)))
    page = html.fromstring((await desk.get("/stances/USA%C2%B7military-aid%C2%B7UKR")).text)
    assert len(page.xpath("//svg//a")) == 40


@pytest.mark.parametrize(
    ("context", "shown"),
    [
        (Context("Before it. ", " After it.", False, False), ("Before it. ", " After it.")),
        (Context("ut off here. ", " After is c", True, True), ("… off here. ", " After is …")),
        (Context("n scrap.\nLast words.\n", "\nNext words.\nScr", True, True), ("Last words.\n", "\nNext words.")),
        (Context("", "", False, False), ("", "")),
    ],
)
def test_around_a_quote_stands_its_paragraph_or_the_next_one(board, names, context, shown):
    board.contexts["c1"] = context
    (quote,) = card(an_alert(), board, names).quotes
    assert (quote.before, quote.after) == shown


def test_a_renewed_stance_is_told_as_the_same_again(board, names):
    told = card(an_alert(transition="renewed", before=a_state()), board, names)
    assert (told.was, told.now) == ("suspended (announced)", "suspended again (announced)")


async def test_stances_are_filtered_by_a_form_and_the_api_agrees(desk, board):
    board.hold("USA·military-aid·UKR", a_stance(), 0, 0, size=1)
    board.hold(
        "GBR·tariffs·*", a_stance(key="GBR·tariffs·*", actor=GBR, instrument="tariffs", target=None), 0, 1, size=1
    )
    for query, keys in (("", ["GBR·tariffs·*", "USA·military-aid·UKR"]), ("actor=USA", ["USA·military-aid·UKR"]),
                        ("target=UKR&instrument=military-aid", ["USA·military-aid·UKR"]),
                        ("actor=&instrument=tariffs", ["GBR·tariffs·*"]), ("actor=FRA", [])):  # fmt: skip
        page = html.fromstring((await desk.get(f"/stances?{query}")).text)
        assert page.xpath("//tr/@data-key") == keys, query
        assert [item["key"] for item in (await desk.get(f"/api/v1/stances?{query}")).json()["items"]] == keys
    (form,) = page.xpath("//form")
    assert (form.method, form.action, form.fields["actor"]) == ("GET", "/stances", "FRA")
    assert page.xpath("//select[@id='by-instrument']/option/text()") == ["all", "military aid (1)", "tariffs (1)"]


async def test_a_live_row_is_the_row_of_the_page(names, board, desk):
    board.hold("USA·military-aid·UKR", a_stance(), 0, 0, size=1)
    name, data = Pages(board, names, environment()).row(next(board.changes.after({})), kept=True)
    told = json.loads(data)
    page = html.fromstring((await desk.get("/stances")).text)
    rows = [
        " ".join(part.xpath("//tr[@data-key]")[0].text_content().split())
        for part in (page, html.fromstring(told["html"]))
    ]
    assert name == "row"
    assert rows[0] == rows[1]
    assert told["said"] == "United States, military aid: suspended"
