"""The labelled sets are well-formed, as large as promised and split for ever."""

import json

import pytest

from schemas import Article
from schemas.claim import Action, Stage, Unit
from tests.quality import gold, table
from tests.quality.score_pages import stories
from tests.quality.split import half
from tests.quality.streams import storylines
from tests.quality.tally import Tally

FRESH = ("fresh_security.jsonl", "fresh_economy.jsonl")
PAIRS = ("paraphrases.jsonl", "reversals.jsonl", "factuality.jsonl")
FAMILIES = json.loads((gold.DATA / "families.json").read_text())


def labels():
    for name in ("sentences.jsonl", "practice.jsonl", "practice2.jsonl", "pages.jsonl", *FRESH, *PAIRS):
        for row in gold.rows(name):
            wanted = row["expected"]
            yield from ((row["id"], label) for label in (wanted if isinstance(wanted, list) else [wanted]))


def test_every_label_uses_known_slugs_actions_stages_and_units():
    for row_id, label in labels():
        assert {instrument for instrument, _ in gold.readings(label)} <= set(FAMILIES), row_id
        assert label.get("action", "end") in Action.__args__, row_id
        assert label.get("stage", "announced") in Stage.__args__, row_id
        assert label.get("level", {"unit": "days"})["unit"] in Unit.__args__, row_id


def test_the_sets_are_as_large_as_promised():
    sentences = gold.rows("sentences.jsonl")
    hard = [row for row in sentences if row["hard_negative"]]
    assert len(sentences) >= 600
    assert len(hard) >= len(sentences) / 2
    assert not any(row["expected"] for row in hard)
    assert len({label["actor"] for _, label in labels()}) >= 40
    assert [len(gold.rows(name)) >= least for name, least in zip(PAIRS, (150, 150, 250), strict=True)] == [True] * 3
    assert len(storylines()) >= 12


@pytest.mark.parametrize("name", ["sentences.jsonl", "pages.jsonl", *FRESH, *PAIRS])
def test_ids_are_unique_and_both_halves_are_filled(name):
    ids = [row["id"] for row in gold.rows(name)]
    assert len(set(ids)) == len(ids)
    assert 0.4 < sum(half(row_id) == "tune" for row_id in ids) / len(ids) < 0.6


@pytest.mark.parametrize("path", storylines(), ids=lambda path: path.stem)
def test_a_storyline_is_six_to_fifteen_articles_in_order_and_its_shifts_begin_in_it(path):
    articles = [Article.model_validate_json(line) for line in path.read_text().splitlines()]
    shifts = json.loads(path.with_suffix(".expected.json").read_text())["shifts"]
    assert 6 <= len(articles) <= 15
    assert articles == sorted(articles, key=lambda article: article.published_at)
    assert all(0 <= shift["first_article"] < len(articles) for shift in shifts)


@pytest.mark.parametrize("row", gold.rows("pages.jsonl"), ids=lambda row: row["id"])
def test_a_page_is_a_whole_article_and_its_hard_negatives_stand_in_it(row):
    text = Article.model_validate(row["article"]).text
    assert 350 <= len(text.split()) <= 900
    assert [words for words in row["hard_negatives"] if words not in text] == []


def test_of_a_story_only_its_follow_ups_say_what_is_new():
    for pages in stories().values():
        assert ["expected_new" in page for page in pages] == [False] + [True] * (len(pages) - 1)


def test_the_split_of_an_id_never_changes():
    assert [half(row_id) for row_id in ("s1-001", "n1-001", "p001", "r001")] == ["test", "test", "tune", "test"]


def test_a_drop_of_more_than_a_point_is_worse_and_a_rise_of_false_alerts_too():
    before = {"sentences: recall": {"test": 0.8}, "factuality: false alerts": {"test": 0.02}}
    same = {"sentences: recall": {"test": 0.795}, "factuality: false alerts": {"test": 0.0}}
    lower = {"sentences: recall": {"test": 0.78}, "factuality: false alerts": {"test": 0.04}}
    assert table.worse(same, before) == []
    assert len(table.worse(lower, before)) == 2
    assert len(table.worse({}, before)) == 2


def test_the_test_half_is_counted_and_never_shown():
    tally = Tally()
    tally.count("a", "test", [True, False])
    tally.fail("test", "missed", text="secret")
    assert tally.share("a", "test") == 0.5
    assert tally.failures == []
