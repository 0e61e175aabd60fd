"""What the reader of claims takes from sentences, and what it leaves."""

from datetime import UTC, datetime

import pytest

from schemas import Claim
from services.monitor.analysis.actors.gazetteer import Gazetteer
from services.monitor.analysis.claims.messages import PER_TUPLE
from services.monitor.analysis.claims.reader import Reader
from services.monitor.language import load_reader_nlp
from services.monitor.lexicon.actors import load_actors
from services.monitor.lexicon.ledger import load_ledger
from services.monitor.lexicon.policy import load_policy
from tests.builders import a_report

ALERTS = load_ledger().confidence.alert
LATER = datetime(2025, 7, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def reader():
    return Reader(load_reader_nlp(), Gazetteer(load_actors()), load_policy())


def told(reader: Reader, text: str, **changes) -> list[Claim]:
    return [c for c in reader.read(a_report(text, **changes)).claims if c.confidence >= ALERTS and c.stage != "floated"]


def keys(claims: list[Claim]) -> set[tuple[str, str, int]]:
    return {(c.actor.id, c.instrument, c.polarity) for c in claims}


@pytest.mark.parametrize(
    ("text", "actor", "instrument", "polarity"),
    [
        ("The US has paused military aid to Ukraine.", "USA", "military-aid", -1),
        ("The United States lifted its pause on intelligence sharing with Kyiv.", "USA", "intelligence-sharing", 1),
        ("Germany will not send Taurus missiles to Ukraine, the chancellor said.", "DEU", "missile-deliveries", -1),
        ("Canada has dropped its opposition to a ban on imports of Russian gas.", "CAN", "energy-imports", -1),
        ("Britain doubled the salary threshold for visas.", "GBR", "visas", -1),
        ("China retaliated by imposing 15 per cent tariffs on American goods.", "CHN", "tariffs", 1),
        ("Denmark to boost defence spending to 3% of GDP", "DNK", "defence-spending", 1),
        ("US military aid to Ukraine has been suspended.", "USA", "military-aid", -1),
        ("Australia formally recognised Palestine as a state.", "AUS", "recognition", 1),
        ("Hungary has withdrawn from the International Criminal Court.", "HUN", "organisation-membership", -1),
        ("Japan delayed a planned increase in income tax.", "JPN", "income-tax", -1),
        ("France's parliament passed a bill cutting unemployment benefits.", "FRA", "welfare", -1),
    ],
)
def test_a_change_is_read_with_its_actor_instrument_and_direction(reader, text, actor, instrument, polarity):
    assert (actor, instrument, polarity) in keys(told(reader, text, published_at=LATER))


@pytest.mark.parametrize(
    "text",
    [
        "The US may pause military aid to Ukraine.",
        "The US would pause military aid if Kyiv refused to talk.",
        "Kyiv called on the US to resume military aid.",
        "Critics fear the US will cut military aid to Ukraine.",
        "The US will not cut military aid to Ukraine.",
        "There is no evidence that the US has suspended military aid.",
        "Has the US suspended military aid to Ukraine?",
        "The US suspended military aid to Ukraine in 2019.",
        "The US is expected to raise tariffs on China.",
        "Spain considered whether to leave Nato.",
        "An aid charity suspended deliveries of food aid to Sudan.",
    ],
)
def test_talk_condition_fear_and_history_are_no_change(reader, text):
    assert told(reader, text) == []


def test_a_weighed_change_is_kept_as_floated(reader):
    claims = reader.read(a_report("Germany is considering sending Taurus missiles to Ukraine.")).claims
    assert {c.stage for c in claims} == {"floated"}


def test_a_denial_is_neither_more_nor_less(reader):
    (claim,) = told(reader, "The Pentagon denied pausing military aid to Ukraine.")
    assert (claim.action, claim.polarity, claim.stage) == ("deny", 0, "denied")


def test_each_target_has_a_claim_of_its_own(reader):
    claims = told(reader, "The US imposed tariffs on Canada and Mexico.")
    assert {c.target.id for c in claims if c.target} == {"CAN", "MEX"}


def test_partners_in_a_deal_both_act(reader):
    claims = told(reader, "Saudi Arabia and Pakistan signed a defence pact.")
    assert {(c.actor.id, c.target.id) for c in claims if c.target} == {("SAU", "PAK"), ("PAK", "SAU")}


def test_the_level_carries_its_unit_and_year(reader):
    (claim,) = told(reader, "The UK will increase its defence spending to 2.5% of GDP by 2027.")
    assert claim.level is not None
    assert (claim.level.value, claim.level.unit, claim.level.by) == (2.5, "percent-of-gdp", 2027)


def test_the_government_is_the_one_spoken_of(reader):
    text = "Sir Keir Starmer spoke to MPs in the UK.\nThe government will cut foreign aid spending."
    assert ("GBR", "foreign-aid", -1) in keys(told(reader, text))


def test_quotes_stand_in_the_report_at_their_offsets(reader):
    report = a_report("A first line\nThe US has paused military aid to Ukraine. It rained.\nGermany cut VAT to 7%.")
    claims = reader.read(report).claims
    assert len(claims) >= 2
    assert all(report.text[c.start : c.end] == c.quote for c in claims)


def test_the_same_report_reads_the_same_twice(reader):
    report = a_report("The US has paused military aid to Ukraine. Berlin lifted its arms embargo on Israel.")
    assert reader.read(report) == reader.read(report)


def test_one_tuple_has_a_bounded_number_of_claims(reader):
    report = a_report("The US has paused military aid to Ukraine.\n" * (PER_TUPLE + 5))
    assert len(reader.read(report).claims) == PER_TUPLE


def test_what_falls_says_why(reader):
    verdicts = reader.read(a_report("The US may pause military aid to Ukraine.")).verdicts
    assert [v.why for v in verdicts if not v.kept] == ["modal: may"]
