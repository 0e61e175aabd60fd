"""Topics: what a text is about, how sure, and why."""

from pathlib import Path

import pytest

from services.monitor.analysis.topics.model import TopicModel
from services.monitor.analysis.topics.terms import TermFinder
from services.monitor.lexicon.topics import load_topics
from tools.train_topics import MODEL, compiled


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return TopicModel(load_topics())


def codes(model: TopicModel, title: str, text: str = "") -> list[str]:
    return [topic.code for topic in model.classify(title, text)]


def test_a_text_without_a_known_word_has_no_topic(model):
    assert model.classify("", "") == ()
    assert model.classify("Zxq", "qwv zzt.") == ()


def test_paused_military_aid_is_conflict_and_politics_and_foreign_aid(model):
    found = codes(model, "US pauses military aid to Ukraine", "The Pentagon halted shipments of missiles to Kyiv.")
    assert {"medtop:16000000", "medtop:11000000", "medtop:20000643"} <= set(found)


def test_a_tariff_is_economy_and_tariff_policy(model):
    text = "The president said import duties of 25% on steel would start in March, in a widening trade war."
    found = codes(model, "Trump raises tariffs on steel", text)
    assert {"medtop:04000000", "medtop:20000384", "medtop:11000000"} <= set(found)


def test_a_budget_bill_is_politics_with_taxation(model):
    text = "Lawmakers passed the budget bill with tax cuts and cuts to Medicaid after a vote in the Senate."
    assert {"medtop:11000000", "medtop:20000620", "medtop:20000607"} <= set(codes(model, "Senate passes bill", text))


def test_floods_are_disaster_and_weather(model):
    text = "Flash floods after torrential rain killed 20 people in Texas; rescue workers searched for survivors."
    assert {"medtop:03000000", "medtop:17000000"} <= set(codes(model, "Texas floods", text))


def test_a_match_report_is_sport_alone(model):
    text = "Arsenal beat Chelsea 2-1 with a late header from the striker in the Premier League."
    assert [c for c in codes(model, "Arsenal win", text) if c.endswith("000000")] == ["medtop:15000000"]


def test_topics_come_strongest_first_with_scores_names_and_terms(model):
    topics = model.classify("Fed raises interest rates", "Inflation stays high, economists at Wall Street banks said.")
    assert [t.score for t in topics] == sorted((t.score for t in topics), reverse=True)
    assert all(0 < t.score <= 1 for t in topics)
    assert topics[0].name == "economy, business and finance"
    assert any("interest rate" in term for term in topics[0].terms)


def test_the_same_text_gives_the_same_topics(model):
    assert model.classify("Pope dies", "The Vatican said.") == model.classify("Pope dies", "The Vatican said.")


def test_explain_names_the_terms_and_what_each_brought(model):
    why = model.explain("Central bank cuts rates", "")
    assert any(term == "central bank" and weight > 0 for term, weight in why["medtop:04000000"])


def test_words_written_with_a_capital_are_not_the_common_word(model):
    fruit = model.explain("", "She ate an apple and turned a target into a gap.")
    assert not any(term in {"Apple", "Target", "Gap"} for earned in fruit.values() for term, _ in earned)


def test_every_shipped_code_is_a_live_concept(model):
    lexicon = load_topics()
    used = {code for term in lexicon.terms for code, _ in term.weights}
    used |= {code for pattern in lexicon.patterns for code, _ in pattern.weights}
    assert {code for code in used if lexicon.concepts[code].retired} == set()


def test_there_are_seventeen_top_topics_in_use(model):
    lexicon = load_topics()
    used = {code for term in lexicon.terms for code, _ in term.weights if lexicon.concepts[code].level == 1}
    assert len(used) == 17


def test_a_hostile_text_does_no_harm(model):
    for text in ("\x00\u202e" * 100, "'" * 5000, "$" * 5000, "1-" * 5000):
        model.classify(text, text)


def test_what_ships_is_what_the_seeds_give():
    assert Path(MODEL).read_text(encoding="utf-8") == compiled()


def test_every_top_topic_in_the_headlines_is_kept_with_a_score_of_its_own(model):
    topics = model.classify(
        "Tariffs and troops", "Tariffs hit shares on Wall Street as troops fought rebels in the war."
    )
    tops = [t for t in topics if t.code.endswith("000000")]
    assert {"medtop:04000000", "medtop:16000000"} <= {t.code for t in tops}


def test_the_longest_term_is_found_and_its_parts_are_not():
    assert list(TermFinder({"aid", "military aid"}).find("Military aid stops")) == [("military aid", 0)]


def test_neighbouring_terms_are_both_found_with_the_number_of_their_first_word():
    assert list(TermFinder({"peace talks", "budget"}).find("Peace talks: budget")) == [
        ("peace talks", 0),
        ("budget", 2),
    ]


def test_a_term_is_found_in_the_plural_with_a_possessive_and_any_apostrophe():
    found = [term for term, _ in TermFinder({"embassy", "tariff", "moody's"}).find("Embassies’ tariffs. Moody’s cut")]
    assert found == ["embassy", "tariff", "moody's"]


def test_a_part_of_a_word_is_no_term():
    assert list(TermFinder({"war", "tax"}).find("Warsaw taxis")) == []


def test_letters_whose_lower_case_is_longer_do_not_shift_what_is_found():
    assert list(TermFinder({"budget"}).find("İİİ budget")) == [("budget", 1)]
