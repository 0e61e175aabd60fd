"""Sentences as they stand in whole articles: whose they are, who says them, and what they only recall."""

from datetime import UTC, datetime
from functools import cache

import pytest

from services.monitor.analysis.actors.gazetteer import Gazetteer
from services.monitor.analysis.claims.reader import Reader
from services.monitor.language import load_reader_nlp
from services.monitor.lexicon import load
from tests import builders


@cache
def _reader() -> Reader:
    lexicon = load()
    return Reader(load_reader_nlp(), Gazetteer(lexicon.actors), lexicon.policy)


def _told(text: str) -> set[tuple[str, str, int]]:
    report = builders.a_report(text=text, published_at=datetime(2025, 11, 24, 12, tzinfo=UTC))
    claims = _reader().read(report).claims
    return {(c.actor.id, c.instrument, c.polarity) for c in claims if c.confidence >= 0.6 and c.stage != "floated"}


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
    assert not _told(text)


def test_the_place_that_opens_the_sentence_owns_the_government() -> None:
    text = "Spain fought its fires. In Portugal, where four burned, the government extended the state of emergency."
    assert _told(text) == {("PRT", "emergency-rule", 1)}
