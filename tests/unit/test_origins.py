"""Who actually reported it."""

import pytest

from services.monitor.analysis.intake.origins import Origins
from services.monitor.lexicon.publishers import load_publishers

BODY = ["The United States has paused military aid to Ukraine, an official said.", "Talks go on in Geneva."]


@pytest.fixture(scope="module")
def origins():
    return Origins(load_publishers())


@pytest.mark.parametrize(
    ("source", "url", "family"),
    [
        ("BBC News", None, "bbc"),
        ("www.bbc.co.uk", None, "bbc"),
        ("Somebody", "https://www.independent.co.uk/news/a.html", "lebedev"),
        ("Evening Standard", None, "lebedev"),
        ("The Wall Street Journal", None, "news-corp"),
        ("The Times", None, "news-corp"),
        ("Sky News", "https://news.sky.com/story/1", "sky-comcast"),
        ("Sky News Australia", "https://www.skynews.com.au/1", "news-corp"),
        ("Reuters", "https://www.reuters.com/world/1", "reuters"),
        ("The Springfield Shopper", None, "the-springfield-shopper"),
        ("Ω", None, "unknown"),
        ("x", "http://[broken", "x"),
    ],
)
def test_outlets_of_one_house_are_one_publisher_and_unknown_ones_stand_alone(origins, source, url, family):
    assert origins.publisher(source, url) == family


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        (["WASHINGTON, March 5 (Reuters) - The United States has paused aid."], "reuters"),
        (["KYIV, Ukraine (AP) — The United States has paused aid."], "ap"),
        (["(Reuters) - The United States has paused aid."], "reuters"),
        (["BRUSSELS, Belgium (AFP) – The Union has met."], "afp"),
        (["By The Associated Press", *BODY], "ap"),
        (["By Jane Doe, Associated Press", *BODY], "ap"),
        (["By Jane Doe | Reuters", *BODY], "reuters"),
        (["Reuters", *BODY], "reuters"),
        ([*BODY, "(With inputs from ANI)"], "ani"),
        ([*BODY, "With AFP"], "afp"),
        ([*BODY, "© 2025 AFP"], "afp"),
        ([*BODY, "The talks ended without result. -Reuters"], "reuters"),
        ([*BODY, "Source: Xinhua"], "xinhua"),
        ([*BODY, "(Reporting by Jane Doe in Kyiv; Editing by John Miller)"], "reuters"),
        ([*BODY, "PA"], "pa"),
    ],
)
def test_an_agencys_signature_gives_its_text_away(origins, lines, agency):
    assert origins.find("example", None, lines).id == agency


@pytest.mark.parametrize(
    "line",
    [
        "The president arrives (Carl Court/PA)",
        "Pic: Reuters",
        "The minister told Reuters that the talks had failed.",
        "He spoke to the Associated Press on Monday.",
        "The AP reported the news first, and officials confirmed it later.",
        "PA Consulting won the contract.",
        "Mr Smith, who works for AFP, was hurt.",
        "Bloomberg ran for president in 2020 - and lost.",
    ],
)
def test_photo_credits_and_mentions_do_not(origins, line):
    assert origins.find("example", None, [line, *BODY, line]).id == "example"


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("Reuters", "reuters"),
        ("PA Wire", "pa"),
        ("By Staff with AFP", "afp"),
        ("The Associated Press", "ap"),
        ("Ann Paine", "example"),
    ],
)
def test_the_credit_of_the_feed_counts_first(origins, credit, agency):
    assert origins.find("example", credit, BODY).id == agency


def test_an_agencys_own_wire_is_its_own_origin(origins):
    assert origins.find("reuters", None, BODY).reason == "agency"
