"""The policy tables and what is built from them."""

import pytest

from services.monitor.analysis.claims.candidates import Prefilter
from services.monitor.analysis.claims.levels import level
from services.monitor.analysis.claims.sentences import MAX_WORDS, sentences
from services.monitor.lexicon.policy import load_policy
from services.monitor.lexicon.slots import compile_pattern, head
from services.monitor.lexicon.words import fold, words


@pytest.fixture(scope="module")
def policy():
    return load_policy()


def test_every_instrument_has_a_root_it_belongs_to(policy):
    for slug, instrument in policy.instruments.items():
        assert instrument.family == (policy.ancestors(slug) or (slug,))[-1]


def test_kin_meet_in_one_row_and_their_sign_is_the_same_both_ways(policy):
    assert (
        policy.row("oil-embargo") == policy.row("rare-earth-exports") == policy.row("energy-imports") == "trade-and-aid"
    )
    assert policy.row("tariffs") == "tariffs"
    assert policy.kin.sign("energy-exports", "export-ban") == policy.kin.sign("export-ban", "energy-exports") == -1
    assert policy.kin.sign("fighter-jet-deliveries", "arms-exports") == 1
    assert policy.kin.sign("military-aid", "air-defence-deliveries") == policy.kin.sign("tax", "tariffs") == 0
    assert policy.kin.leads("export-ban", "energy-exports")
    assert not policy.kin.leads("energy-exports", "export-ban")


def test_every_kin_instrument_is_known(policy):
    assert {slug for pair in policy.kin.signs for slug in pair} <= policy.instruments.keys()


def test_domestic_instruments_have_no_plover_code(policy):
    assert policy.plover("tax", "decrease", -1) is None
    assert policy.plover("military-aid", "suspend", -1) == ("SANCTION", "discontinue", "military")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("military, financial and humanitarian aid", "military-aid"),
        ("deliveries of heavy weapons", "military-aid"),
        ("steel and aluminium tariffs", "steel-tariffs"),
        ("a ban on imports of Japanese seafood", "import-ban"),
        ("the key interest rate", "interest-rates"),
        ("Patriot missiles", "air-defence-deliveries"),
    ],
)
def test_instruments_are_found_in_their_many_wordings(policy, text, slug):
    assert slug in {hit.slug for hit in policy.phrases.find(words(text))}


def test_the_longest_of_overlapping_instruments_wins(policy):
    assert [hit.slug for hit in policy.phrases.find(words("secondary sanctions"))] == ["secondary-sanctions"]


def test_words_fold_to_their_singular():
    assert [fold(word) for word in ("countries", "taxes", "levies", "crisis", "f16s")] == [
        "country", "tax", "levy", "crisis", "f16",
    ]  # fmt: skip


def test_a_sentence_without_trigger_or_instrument_is_not_parsed(policy):
    prefilter = Prefilter(policy)
    assert prefilter.take("The team won the match on Saturday.") is None
    assert prefilter.take("The government cut taxes.") is not None


def test_sentences_end_at_stops_and_lines_but_not_after_titles():
    found = [s.text for s in sentences("Mr. Smith left the U.S. Senate. He won.\nA headline")]
    assert found == ["Mr. Smith left the U.S. Senate.", "He won.", "A headline"]


def test_a_dateline_is_not_part_of_the_sentence():
    (found,) = sentences("WARSAW, July 1 (Reuters) - Poland will introduce border checks")
    assert found.text == "Poland will introduce border checks"


def test_a_sentence_without_end_is_cut():
    assert all(len(s.text.split()) <= MAX_WORDS for s in sentences("word " * 1000))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("cut aid from 0.5% to 0.3% of gross national income", 0.3, "percent-of-gni"),
        ("a package worth £150m", 150e6, "money"),
        ("deploy 3,000 troops", 3000, "people"),
        ("paused for 90 days", 90, "days"),
        ("by 25 basis points", 25, "basis-points"),
        ("raised to 20 per cent", 20, "percent"),
    ],
)
def test_levels_are_read_in_base_units(policy, text, value, unit):
    found = level(text, "aid", policy.measures)
    assert found is not None
    assert (found.value, found.unit) == (value, unit)


PREPOSITIONS = frozenset("of on to in for with at from by between against into about over".split())


def test_no_phrase_is_about_a_preposition_and_none_has_two_heads(policy):
    for slug, instrument in policy.instruments.items():
        for text in (*instrument.patterns, *instrument.items, *instrument.inverse):
            parts = [part for part in text.split() if part not in {"~0", "~0?"}]
            while parts[-1].startswith("~"):
                parts.pop()
            assert PREPOSITIONS.isdisjoint(parts[head(parts)].lstrip("^!").rstrip("?").split("|")), (slug, text)
            assert sum(part[0] in "^!" for part in parts) <= 1, (slug, text)


def test_the_head_before_a_gap_and_a_preposition_is_the_word_not_the_gap():
    assert head(["supply", "~2", "of", "~", "gas"]) == 0


def test_a_pattern_is_tried_only_where_its_other_words_are():
    pattern = compile_pattern("tariffs", "patterns", "levy|duty on ~ import|goods", 0)
    assert [need.isdisjoint({"levy", "on", "good"}) for need in pattern.needs] == [False, False]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("infantry fighting vehicles", "military-aid"),
        ("the one-week repo rate", "interest-rates"),
        ("the official cash rate", "interest-rates"),
        ("a quarter-point cut", "interest-rates"),
        ("stamp duty on second homes", "tax"),
        ("the IMF's staff-level agreement", "financial-aid"),
        ("duty-free access for cotton", "tariffs"),
        ("overseas shipments of palm oil", "export-ban"),
        ("boots on the ground", "troop-deployment"),
        ("care worker visas", "visas"),
        ("rules for artificial intelligence", "ai-regulation"),
    ],
)
def test_news_has_many_names_for_one_instrument(policy, text, slug):
    assert slug in {hit.slug for hit in policy.phrases.find(words(text))}
