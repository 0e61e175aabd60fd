"""Sentences as they stand in whole articles: whose they are, who says them, and what they only recall."""

import pytest

from tests import builders
from tests.telling import AUTUMN, reader, shifts_in


@pytest.mark.parametrize(
    "text",
    [
        "“They cut our pensions,” says Ellen Clark, one of the organisers of the protest in Britain.",
        "Japan's yen fell on Friday. Canada has talked of imposing tariffs on steel.",
        "Iran was calm. Its parliament is due to debate a bill to suspend co-operation with the UN's nuclear watchdog.",
        "Canada has said it will end all military aid to Mali, a step that has not been formalized.",
        "Denmark has few guns. Its army is small. Nobody is proud of that. It has sent all its artillery to Ukraine.",
    ],
)
def test_what_others_say_or_the_report_only_recalls_is_no_shift(text: str) -> None:
    assert not shifts_in(text, AUTUMN)


BODY = "Seoul's shares rose on Monday. Cars led. The won was flat. Brokers were glad. "


@pytest.mark.parametrize(
    "text",
    [
        "Poland closed its last border crossing with Belarus.",
        "Washington imposed sanctions on two Russian oil companies.",
        "China has suspended its curbs on rare-earth exports.",
    ],
)
def test_what_others_did_far_from_the_lede_is_news_only_with_its_day(text: str) -> None:
    assert not shifts_in(BODY + text, AUTUMN)
    assert shifts_in(BODY + text.removesuffix(".") + " on Sunday.")


def test_a_headline_is_quoted_from_the_lede_that_bears_it_out() -> None:
    title = "Mali and Niger quit International Criminal Court"
    lede = "The juntas of Mali and Niger turned their backs on the court in The Hague on Monday."
    report = builders.a_report(title=title, text=lede, published_at=AUTUMN)
    claims = reader().read(report).claims
    assert {claim.actor.id for claim in claims} == {"MLI", "NER"}
    assert {report.text[claim.start : claim.end] for claim in claims} == {lede}


def test_a_headline_that_its_lede_calls_talk_claims_nothing() -> None:
    text = "Canada may suspend military aid to Mali if the fighting goes on, officials said."
    report = builders.a_report(title="Canada suspends military aid to Mali", text=text)
    assert not [c for c in reader().read(report).claims if c.confidence >= 0.6]


@pytest.mark.parametrize("dateline", ["TOKYO -- ", "WASHINGTON (AP) — ", "LONDON, March 3 (Reuters) - ", "NEW DELHI: "])
def test_a_dateline_is_not_part_of_the_sentence(dateline: str) -> None:
    assert shifts_in(f"{dateline}Canada has suspended military aid to Mali.", AUTUMN) == {("CAN", "military-aid", -1)}


def test_who_is_told_to_do_something_is_not_what_is_done() -> None:
    text = "Peru has ordered its security forces to stop sharing intelligence with Chile until the strikes end."
    assert shifts_in(text, AUTUMN) == {("PER", "intelligence-sharing", -1)}


def test_the_place_that_opens_the_sentence_owns_the_government() -> None:
    text = "Spain fought its fires. In Portugal, where four burned, the government extended the state of emergency."
    assert shifts_in(text, AUTUMN) == {("PRT", "emergency-rule", 1)}
