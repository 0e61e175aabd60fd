"""Who is named in a text: states, seats, offices, persons, and what is none of them."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitor.analysis.actors.gazetteer import ActorMention, Gazetteer
from services.monitor.lexicon.actors import load_actors

WHEN = datetime(2025, 3, 5, tzinfo=UTC)
GAZETTEER = Gazetteer(load_actors())
WORDS = ["the", "US's", "president", "Mr", "Trump", "of", "in,", "-", "é’İ\nßﬁ", "Kyiv", "’", "\n", "MPs", "President"]


def only(text: str, when: datetime = WHEN) -> ActorMention:
    mentions = GAZETTEER.find(text, when)
    assert len(mentions) == 1, mentions
    return mentions[0]


def speaker(text: str, when: datetime = WHEN) -> str:
    found = only(text, when).speaker
    assert found is not None
    return found.name


def test_an_office_belongs_to_the_country_beside_it():
    mention = only("the German finance minister said no")
    assert (mention.text, mention.party.id, mention.role) == ("German finance minister", "DEU", "office")


@pytest.mark.parametrize(
    ("year", "name"), [(2003, "George W. Bush"), (2018, "Donald Trump"), (2022, "Joe Biden"), (2025, "Donald Trump")]
)
def test_the_us_president_is_whoever_held_the_office_that_day(year, name):
    assert speaker("The US president signed it.", datetime(year, 6, 1, tzinfo=UTC)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr Hegseth said so.", "Pete Hegseth"),
        ("Zelenskiy agreed.", "Volodymyr Zelensky"),
        ("Erdoğan refused.", "Recep Tayyip Erdogan"),
        ("The chair of the Federal Reserve, or Fed chair Jerome Powell", "Jerome Powell"),
        ("The governor of Texas, not the Bank of England governor", "Andrew Bailey"),
        ("The European Commission president spoke.", "Ursula von der Leyen"),
    ],
)
def test_names_and_offices_lead_to_the_person(text, name):
    assert name in {m.speaker.name for m in GAZETTEER.find(text, WHEN) if m.speaker}


def test_a_person_unknown_to_the_data_is_named_by_the_text():
    mention = only("Estonia's defence minister Karl Neumann agreed.")
    assert mention.speaker is not None
    assert (mention.party.id, mention.speaker.name, mention.official) == ("EST", "Karl Neumann", True)


@pytest.mark.parametrize(
    "text",
    [
        "former US president Joe Biden",
        "Joe Biden",
        "the German opposition leader",
        "Chancellor-designate Friedrich Merz",
        "US-led",
        "Russian",
        "Texas",
        "KYIV (Reuters) - ",
    ],
)
def test_these_do_not_commit_their_party(text):
    assert only(text + " said").official is False


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("a US-Ukraine deal", ["USA", "UKR"]),
        ("Ukraine’s and Russia’s envoys", ["UKR", "RUS"]),
        ("the Ministry of Defence of Ukraine", ["UKR"]),
        ("Brazil's Congress", ["BRA"]),
        ("officials in Beijing", ["CHN"]),
        ("TRUMP PAUSES AID TO UKRAINE", ["USA", "UKR"]),
        ("Norway left the WHO", ["NOR", "WHO"]),
        ("Georgia's government in Tbilisi", ["GEO", "GEO"]),
        ("Trump's defence secretary", ["USA", "USA"]),
    ],
)
def test_parties_come_out_in_text_order(text, parties):
    assert [mention.party.id for mention in GAZETTEER.find(text, WHEN)] == parties


@pytest.mark.parametrize(
    "text",
    [
        "American Airlines",
        "Michael Jordan scored",
        "the Washington Post",
        "roast turkey",
        "Selma Blair and others",
        "Burns said so",
        "WHO IS THE BEST PLAYER",
        "JOIN US TODAY",
        "an anti-American mood",
        "a woman of Romania-like charm"[:10],
    ],
)
def test_names_that_only_contain_an_actor_are_left_alone(text):
    assert GAZETTEER.find(text, WHEN) == ()


def test_a_surname_counts_once_the_full_name_is_there():
    found = GAZETTEER.find("William Burns went to Doha. Burns said so.", WHEN)
    assert [m.text for m in found if m.role == "person"] == ["William Burns", "Burns"]


def test_a_bare_office_stays_open():
    (found,) = GAZETTEER.find_open("On Monday the defence secretary ruled it out.")
    assert (found.text, found.role, found.rank) == ("defence secretary", "office", 4)


def test_an_open_office_keeps_the_name_that_the_text_gives_it():
    (found,) = GAZETTEER.find_open("President Ann Example reneged.")
    assert (found.text, found.name) == ("President Ann Example", "Ann Example")


@pytest.mark.parametrize("text", ["the president of the company", "government bonds", "the union leader"])
def test_offices_of_nobody_are_not_open(text):
    assert GAZETTEER.find_open(text) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS)))
def test_mentions_never_overlap_and_are_the_text_at_their_offsets(words):
    text, end = " ".join(words), 0
    for mention in GAZETTEER.find(text, WHEN):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert all(mention.start <= part.start < part.end <= mention.end for part in mention.parts if mention.parts)
        end = mention.end


@pytest.mark.parametrize("word", ["Mr Trump ", "A", "US ", "former ", "the new ", "Blair Johnson "])
def test_reading_time_grows_with_the_length_not_its_square(word):
    def seconds(times: int) -> float:
        start = time.process_time()
        GAZETTEER.find(word * times, WHEN)
        return time.process_time() - start

    seconds(100)
    assert seconds(8_000) < 40 * max(seconds(800), 0.02)


def test_the_data_agree_with_each_other():
    actors = load_actors()
    parties = {s.id for s in actors.states} | {o.id for o in actors.organisations}
    named = {b.party for b in actors.bodies} | {h.party for h in actors.holders} | {r.party for r in actors.regions}
    assert named | {n.id for n in actors.nations} <= parties
    qids = [s.wikidata for s in actors.states if s.wikidata]
    assert len(qids) == len(set(qids)) == 197


def test_no_office_holder_leaves_before_coming():
    assert not [h for h in load_actors().holders if h.since and h.until and h.since >= h.until]


def test_no_blocked_name_is_an_actors_own():
    actors = load_actors()
    own = {name for row in (*actors.states, *actors.bodies, *actors.regions) for name in row.names}
    own |= {name for n in actors.nations for name in (*n.aliases, *n.capitals, *n.adjectives)}
    own |= {name for h in actors.holders for name in (h.name, *h.aliases, *h.alone)}
    assert not own & set(actors.blocked)
