"""What becomes of articles: reports, outcomes, and what is remembered."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitor.analysis.intake.account import account
from services.monitor.analysis.intake.intake import Intake
from services.monitor.analysis.intake.memory import CopyMemory, Limits
from services.monitor.lexicon.boilerplate import load_boilerplate
from services.monitor.lexicon.languages import load_identifier
from services.monitor.lexicon.publishers import load_publishers
from tests.builders import WHEN, an_article

AID = (
    "The United States has paused all military aid to Ukraine, a White House official said on Monday night.\n"
    "The president wants the Ukrainian leader to show that he is ready for talks with Moscow, the official added.\n"
    "Deliveries of artillery shells and air defence missiles already in Poland will not cross the border for now.\n"
    "European governments said that they had not been warned and would meet in London before the end of the week."
)
RESUMED = AID.replace("has paused all military", "has resumed all military")
OTHER = (
    "Heavy rain flooded the valley of the Guadalupe river in Texas and killed thirteen people, the county judge said.\n"
    "Rescue crews searched through the night for more than twenty girls who are missing from a summer camp."
)
GERMAN = (
    "Die Vereinigten Staaten haben die gesamte Militärhilfe für die Ukraine ausgesetzt, teilte ein Sprecher mit.\n"
    "Der Präsident wolle, dass die Führung in Kiew zu Verhandlungen mit Moskau bereit sei, sagte er am Montag."
)


@pytest.fixture(scope="module")
def intake():
    return Intake(load_boilerplate(), load_publishers(), load_identifier())


@pytest.fixture
def memory():
    return CopyMemory({})


def take(intake, memory, **fields):
    taken = intake.take(an_article(**{"text": AID, **fields}), memory)
    memory.apply(taken.writes)
    return taken


def test_a_new_article_becomes_one_original_report(intake, memory):
    taken = take(intake, memory, id="a", title="US pauses aid")
    assert taken.outcome == "unique"
    report = taken.reports[0]
    assert (report.id, report.version, report.kind, report.origin) == ("a.1", 1, "original", "example-times")
    assert report.text == AID
    assert report.title == "US pauses aid"


def test_taking_changes_nothing_until_the_writes_are_applied(intake, memory):
    article = an_article(AID, id="a")
    assert intake.take(article, memory) == intake.take(article, memory)
    assert len(memory) == 0


def test_a_redelivery_after_the_writes_is_a_repeat(intake, memory):
    take(intake, memory, id="a")
    again = take(intake, memory, id="a")
    assert (again.outcome, again.reports, again.writes) == ("repeat", (), {})


def test_the_same_text_by_the_same_house_at_another_address_is_a_repeat(intake, memory):
    take(intake, memory, id="a")
    assert take(intake, memory, id="b").outcome == "repeat"


def test_a_reprint_goes_on_as_a_copy_with_the_first_ones_origin(intake, memory):
    take(intake, memory, id="a", source="First Gazette")
    taken = take(intake, memory, id="b", source="Second Gazette", title="Aid halted")
    report = taken.reports[0]
    assert taken.outcome == "copy"
    assert (report.kind, report.copy_of, report.origin, report.publisher) == (
        "copy", "a.1", "first-gazette", "second-gazette",
    )  # fmt: skip


def test_two_changed_words_make_an_update_that_is_still_read(intake, memory):
    take(intake, memory, id="a", source="First Gazette")
    taken = take(intake, memory, id="b", source="Second Gazette", text=RESUMED)
    assert taken.outcome == "update"
    assert "has resumed" in taken.reports[0].text


def test_unrelated_articles_are_not_merged(intake, memory):
    take(intake, memory, id="a")
    assert take(intake, memory, id="b", source="Second Gazette", text=OTHER).outcome == "unique"


def test_another_text_under_the_same_id_is_the_next_version_of_the_same_report(intake, memory):
    take(intake, memory, id="a")
    taken = take(intake, memory, id="a", text=RESUMED, published_at=WHEN + timedelta(hours=1))
    assert taken.outcome == "version"
    assert [(report.id, report.version, report.kind) for report in taken.reports] == [("a.1", 2, "original")]


def test_an_older_text_that_comes_late_is_not_read_again(intake, memory):
    take(intake, memory, id="a")
    take(intake, memory, id="a", text=RESUMED, published_at=WHEN + timedelta(hours=1))
    assert take(intake, memory, id="a").outcome == "repeat"
    assert take(intake, memory, id="a", text=OTHER, published_at=WHEN - timedelta(hours=1)).outcome == "outdated"


def test_a_retraction_takes_back_every_part(intake, memory):
    take(intake, memory, id="a")
    taken = take(intake, memory, id="a", status="canceled", text=None)
    assert taken.outcome == "canceled"
    assert [(report.id, report.status, report.text) for report in taken.reports] == [("a.1", "canceled", "")]
    assert take(intake, memory, id="a", status="canceled", text=None).outcome == "repeat"
    assert take(intake, memory, id="a").outcome == "repeat"


def test_a_part_that_a_new_version_lacks_is_taken_back(intake, memory):
    page = f"{AID}\n{OTHER}"
    entries = ({"start": 0}, {"start": len(AID) + 1})
    take(intake, memory, id="a", text=page, entries=entries)
    taken = take(intake, memory, id="a", text=AID, entries=({"start": 0},), published_at=WHEN + timedelta(hours=1))
    assert [(report.id, report.status) for report in taken.reports] == [("a.2", "canceled")]
    assert taken.reasons == {"unchanged-part": 1}


def test_entries_given_by_the_source_keep_their_own_time_and_title(intake, memory):
    later = WHEN + timedelta(hours=2)
    entries = ({"start": 0, "title": "Aid"}, {"start": len(AID) + 1, "title": "Floods", "published_at": later})
    reports = take(intake, memory, id="a", text=f"{AID}\n{OTHER}", entries=entries).reports
    assert [(report.id, report.title, report.published_at) for report in reports] == [
        ("a.1", "Aid", WHEN), ("a.2", "Floods", later),
    ]  # fmt: skip


def test_a_new_entry_on_top_leaves_the_numbers_of_the_others(intake, memory):
    take(intake, memory, id="a", text=AID, entries=({"start": 0},))
    entries = ({"start": 0}, {"start": len(OTHER) + 1})
    taken = take(
        intake, memory, id="a", text=f"{OTHER}\n{AID}", entries=entries, published_at=WHEN + timedelta(hours=1)
    )
    assert [(report.id, report.text) for report in taken.reports] == [("a.2", OTHER)]


def test_withheld_empty_and_foreign_articles_are_counted_and_set_aside(intake, memory):
    assert take(intake, memory, id="a", status="withheld").outcome == "withheld"
    assert take(intake, memory, id="b", text="  \u200b \n").outcome == "empty"
    assert take(intake, memory, id="c", text=None, html="<html></html>").outcome == "empty"
    foreign = take(intake, memory, id="d", text=GERMAN)
    assert (foreign.outcome, foreign.reports, foreign.reasons) == ("not-english", (), {"not-english-part": 1})


def test_html_is_extracted_and_read_like_text(intake, memory):
    paragraphs = "".join(f"<p>{line}</p>" for line in AID.split("\n"))
    page = f"<html><body><nav><a href='/'>Home</a></nav><article>{paragraphs}</article></body></html>"
    assert take(intake, memory, id="a", text=None, html=page).reports[0].text == AID


def test_every_quote_finds_its_way_back_to_the_article(intake, memory):
    text = AID.replace("military", "mil\u200bitary").replace("talks with", "talks\u00a0with")
    report = take(intake, memory, id="a", text=f"Image: a soldier. Pic: AP\n{text}").reports[0]
    article = f"Image: a soldier. Pic: AP\n{text}"
    assert report.text == AID
    for trace in report.traces:
        there = article[trace.article_start :][: trace.length].replace("\u00a0", " ")
        assert report.text[trace.report_start :][: trace.length] == there
    assert sum(trace.length for trace in report.traces) == len(AID) - AID.count("\n")


def test_the_memory_can_be_rebuilt_from_its_rows(intake):
    rows = {}
    take(intake, CopyMemory(rows), id="a", source="First Gazette")
    assert take(intake, CopyMemory(rows), id="b", source="Second Gazette").outcome == "copy"


def test_the_memory_forgets_what_is_older_than_its_window(intake):
    memory = CopyMemory({}, Limits(window=86_400, rows=100))
    take(intake, memory, id="old", source="First Gazette")
    for day in range(2, 9):
        text = " ".join(f"Entirely different words number {day} of sentence {n}." for n in range(day, day + 9))
        take(intake, memory, id=f"new{day}", text=text, published_at=WHEN + timedelta(days=day))
    assert (
        take(intake, memory, id="b", source="Second Gazette", published_at=WHEN + timedelta(days=9)).outcome == "unique"
    )
    assert len(memory) < 20


def test_one_article_from_the_far_future_does_not_empty_the_memory(intake, memory):
    take(intake, memory, id="a", source="First Gazette")
    take(intake, memory, id="mad", text=OTHER, published_at=WHEN.replace(year=2199))
    assert take(intake, memory, id="b", source="Second Gazette").outcome == "copy"


def test_the_number_of_rows_is_bounded(intake):
    memory = CopyMemory({}, Limits(rows=20))
    for n in range(60):
        text = " ".join(f"Word{n} is in sentence {n} of text number {n + m} here today." for m in range(9))
        take(intake, memory, id=f"a{n}", text=text, published_at=WHEN + timedelta(minutes=n))
    assert len(memory) <= 20


def test_every_decision_can_be_told(intake, memory):
    take(intake, memory, id="a", source="First Gazette")
    text = f"Image: a soldier. Pic: AP\n{RESUMED}"
    told = account(take(intake, memory, id="b", source="Second Gazette", text=text))
    assert [line for line in told if not line.startswith("not cut")] == [
        "dropped 0-25, caption: Image: a soldier. Pic: AP",
        "part 1: en, origin first-gazette (group), update of a.1, containment 0.94, 1 sentences of its own",
        "outcome: update, reports: 1",
    ]


LINES = ["The president said that aid would be paused.", "Home", "Share", "Image: x", "More on Ukraine", "12:05"]
SCRAPS = [
    "\n",
    " ",
    "\u200b",
    "\u202e",
    "\u00a0",
    "“",
    "(Reuters) - ",
    "Mr Smith also said so.",
    "\x00",
    "😀",
    "é",
    "...",
    "\r\n",
]
PIECES = st.sampled_from(LINES + SCRAPS)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=60), st.lists(st.integers(0, 400), max_size=4))
def test_whatever_comes_every_report_maps_back_and_a_repeat_is_known(intake, pieces, starts):
    text, memory = "".join(pieces), CopyMemory({})
    article = an_article(text, id="a", entries=tuple({"start": start} for start in starts))
    taken = intake.take(article, memory)
    for report in taken.reports:
        for trace in report.traces:
            there = text[trace.article_start :][: trace.length]
            here = report.text[trace.report_start :][: trace.length]
            assert len(there) == len(here)
            assert all(a == b or b in " \ufffd" for a, b in zip(there, here, strict=True))
    memory.apply(taken.writes)
    assert intake.take(article, memory).outcome in ("repeat", "empty", "not-english")
