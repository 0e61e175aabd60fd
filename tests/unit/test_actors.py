"""Who is named in a sentence: states, seats, offices, persons, and what is none of them."""

from datetime import UTC, datetime

import pytest

from services.monitor.analysis.actors import ActorMention, Gazetteer
from services.monitor.lexicon.actors import load_actors

WHEN = datetime(2025, 3, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(load_actors())


def only(gazetteer: Gazetteer, text: str, when: datetime = WHEN) -> ActorMention:
    mentions = gazetteer.find(text, when)
    assert len(mentions) == 1, mentions
    return mentions[0]


def test_an_office_belongs_to_the_country_beside_it(gazetteer):
    mention = only(gazetteer, "the German finance minister said no")
    assert (mention.text, mention.party.id, mention.role) == ("German finance minister", "DEU", "office")


def test_a_person_unknown_to_the_data_is_named_by_the_text(gazetteer):
    mention = only(gazetteer, "Estonia's defence minister Karl Neumann agreed.")
    assert mention.speaker is not None
    assert (mention.party.id, mention.speaker.name, mention.official) == ("EST", "Karl Neumann", True)


def test_a_president_out_of_office_does_not_commit_the_state(gazetteer):
    assert only(gazetteer, "former US president Joe Biden").official is False


def test_a_hyphenated_pair_is_two_mentions(gazetteer):
    assert [m.party.id for m in gazetteer.find("a US-Ukraine deal", WHEN)] == ["USA", "UKR"]


def test_a_surname_needs_an_introduction(gazetteer):
    assert not gazetteer.find("Burns said so", WHEN)


@pytest.mark.parametrize("text", ["American Airlines", "Michael Jordan scored", "the Washington Post", "roast turkey"])
def test_names_that_only_contain_an_actor_are_left_alone(gazetteer, text):
    assert gazetteer.find(text, WHEN) == ()


def test_a_bare_office_stays_open(gazetteer):
    (found,) = gazetteer.find_open("On Monday the defence secretary ruled it out.")
    assert (found.text, found.role, found.rank) == ("defence secretary", "office", 4)
