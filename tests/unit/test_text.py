"""What is dropped from a page and what stays."""

import time

import pytest

from services.monitor.analysis.intake.furniture import Judge
from services.monitor.analysis.intake.text import LIMIT, clean
from services.monitor.lexicon.boilerplate import load_boilerplate

PROSE = "The minister told parliament that the country would send no more shells to its neighbour this year."


@pytest.fixture(scope="module")
def judge():
    return Judge(load_boilerplate())


def kept(text, judge):
    return [line.text for line in clean(text, judge).lines]


@pytest.mark.parametrize(
    "line",
    [
        "Image: The two ministers meeting in Brussels.",
        "Pic: Reuters/Some Body/Pool",
        "open image in gallery The two leaders fell out ( AFP/Getty )",
        "More on Donald Trump",
        "Related Topics:",
        "Please use Chrome browser for a more accessible video player",
        "2:50",
        "This content is provided by Spreaker, which may be using cookies and other technologies.",
        "To show you this content, we need your permission to use cookies.",
        "Sign up to our free daily newsletter",
        "Get the latest headlines delivered straight to your inbox every morning.",
        "Share this article",
        "Follow The Gazette on Twitter",
        "Copyright 2025 The Example Company. All rights reserved.",
        "This story is being updated.",
        "Read more: How the deal fell apart",
        "By Jane Smith and John Miller",
        "Last updated 5 March 2025 at 14:05",
        "Advertisement",
    ],
)
def test_furniture_between_paragraphs_is_dropped(judge, line):
    assert kept(f"{PROSE}\n{line}\n{PROSE} It was the last batch.", judge) == [PROSE, f"{PROSE} It was the last batch."]


@pytest.mark.parametrize(
    "line",
    [
        "NATO spending",
        "He declined to comment.",
        "“We will not be part of it,” she said.",
        "Follow-up talks are to be held in Geneva on Friday, the ministry said in a statement to reporters.",
        "The video showed soldiers leaving the base, and the government confirmed that the pictures were real.",
        "Published figures show that spending on defence rose to 2.3 per cent last year, the treasury said.",
        "The newspaper said that its paywall would be lifted and that readers had welcomed the change so far.",
        "More than 500 people have been detained since the decree was signed, according to the ministry.",
        "Images of the damage were shared by the army, which said that no one had been hurt in the strike.",
    ],
)
def test_sentences_and_crossheads_stay(judge, line):
    assert kept(f"{PROSE}\n{line}\n{PROSE}", judge) == [PROSE, line, PROSE]


def test_an_appeal_for_money_is_dropped_although_it_reads_like_prose(judge):
    appeal = (
        "Your support helps us to tell the story. We have reporters on the ground when it matters. Your donation "
        "lets us keep sending journalists to speak to both sides. We believe quality journalism should be open to all."
    )
    assert kept(f"{appeal}\n{PROSE}", judge) == [PROSE]


def test_a_notice_inside_a_long_paragraph_goes_and_its_sentences_stay(judge):
    first, last = (
        PROSE * 1,
        "Opposition members asked why they had not been told, and walked out of the chamber at noon.",
    )
    notice = "Please use Chrome browser for a more accessible video player."
    long = f"{first} {last} {first} {notice} {last} {first} {last} {first} {last}"
    text = "\n".join(kept(long, judge))
    assert "Chrome" not in text
    assert text.count("Opposition members") == 4


def test_menus_around_an_article_are_dropped(judge):
    menu = "\n".join(f"Section {name}" for name in "ABCDEFGHIJKLMNOPQRST")
    assert kept(f"{menu}\n{PROSE}\n{PROSE} Again.\n{menu}", judge) == [PROSE, f"{PROSE} Again."]


def test_invisible_characters_go_and_every_run_finds_its_way_back(judge):
    text = "\ufeffThe pres\u200bident said\u202e that\u00a0aid\x00 would be paused, the news agency said today.\r\n"
    (line,) = clean(text, judge).lines
    assert line.text == "The president said that aid would be paused, the news agency said today."
    for offset, start, length in line.runs:
        assert line.text[offset : offset + length] == text[start : start + length].replace("\u00a0", " ")


def test_what_is_too_long_is_cut_and_counted(judge):
    cleaned = clean("word " * (LIMIT // 5 + 100), judge)
    assert cleaned.lost == 499 or cleaned.lost == 500


@pytest.mark.parametrize(
    "unit",
    ["a", "a ", "word. ", "\n", "Home\n", "(", "“He said.” ", "by a ", "1/", "Mr A. ", "\u200b", "get the ", "Mm-m'm "],
)
def test_time_grows_in_line_with_length(judge, unit):
    def seconds(size):
        text = unit * (size // len(unit))
        start = time.process_time()
        clean(text, judge)
        return time.process_time() - start

    seconds(2_000)
    small, large = min(seconds(25_000) for _ in range(2)), seconds(200_000)
    assert large < 0.05 + 8 * 3.5 * max(small, 0.002)
