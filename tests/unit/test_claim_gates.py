"""What looks like a change of policy in ordinary news and is none, and what is one though it looks odd."""

import pytest

from tests.telling import claims_in, shifts_in


@pytest.mark.parametrize(
    "text",
    [
        "Japan's imports from Vietnam fell 9% in April, the finance ministry said.",
        "The number of asylum claims in Sweden dropped by a third last year.",
        "The number of Britons claiming unemployment benefits rose by 20,000 in May, the government said.",
        "The Reserve Bank of Australia held interest rates at 4.1% on Tuesday.",
        "The Norwegian army has lost two soldiers in an avalanche during the deployment.",
        "Any levy on flights would only be introduced after talks with the airlines, the European Union said.",
        "Norway's finance minister campaigned on cutting income tax.",
        "It was urgent to speed up arms deliveries to Ukraine, the Polish foreign minister said.",
        "Denmark will not send troops to Mali, the prime minister reiterated.",
        "Spanish MPs voted down a motion to recognise Western Sahara.",
        "Kenya doubled its defence spending between 2015 and 2018.",
        "The government in Peru has been blocked by congress from cutting fuel subsidies.",
        "Canada put forward a plan for a ceasefire in Sudan.",
        "Italy and Libya renewed negotiations on an Italian troop withdrawal from Tripoli.",
        "Analysts at a London bank said the Federal Reserve would cut interest rates in July.",
        "A survey found that most Italians support cutting military aid to Ukraine.",
        "Ukraine lost US military aid worth $1bn last month, according to an institute in Kiel.",
        "Belgium has ordered the deportation of Mirela Costa after her visa expired.",
    ],
)
def test_talk_figures_losses_and_history_are_no_shift(text: str) -> None:
    assert not shifts_in(text)


def test_a_report_of_denying_is_a_denial_by_the_one_who_denies() -> None:
    (claim,) = claims_in("The US denied suspending military aid to Ukraine.")

    assert (claim.actor.id, claim.action, claim.stage, claim.polarity) == ("USA", "deny", "denied", 0)


def test_scare_quotes_around_the_verb_do_not_hide_it() -> None:
    assert ("USA", "military-aid", -1) in shifts_in("The US has “paused” military aid to Ukraine.")


def test_a_short_headline_in_the_present_tense_is_sure_enough() -> None:
    assert ("USA", "sanctions", -1) in shifts_in("Trump lifts sanctions on Syria")


def test_one_act_is_told_of_the_outer_thing_alone() -> None:
    assert shifts_in("China cut tariffs on imports from Brazil on Monday.") == {("CHN", "tariffs", -1)}


def test_coordinated_things_are_both_told() -> None:
    told = shifts_in("The US suspended military aid and intelligence sharing with Ukraine.")

    assert {("USA", "military-aid", -1), ("USA", "intelligence-sharing", -1)} <= told


def test_the_target_of_membership_is_who_would_join() -> None:
    claims = claims_in("Hungary blocked Georgia's application to join NATO on Friday.")

    assert {claim.target.id for claim in claims if claim.target} == {"GEO"}


def test_a_bystander_with_a_deed_of_its_own_is_no_target() -> None:
    claims = claims_in("Sudan agreed to a ceasefire after Britain set a deadline for the talks.")

    assert [claim.target for claim in claims] == [None]


def test_a_helper_is_no_target() -> None:
    claims = claims_in("NATO tightened the naval blockade of Serbia with Albania's help.")

    assert {claim.target.id for claim in claims if claim.target} == {"SRB"}


def test_lifting_a_tax_to_a_number_raises_it() -> None:
    assert ("ZAF", "value-added-tax", 1) in shifts_in("South Africa will lift VAT to 15.5 per cent in May.")


def test_extended_cuts_are_less() -> None:
    assert ("OPEC", "oil-production", -1) in shifts_in("OPEC agreed on Sunday to extend its oil output cuts.")


def test_fewer_barrels_are_less() -> None:
    assert ("SAU", "oil-production", -1) in shifts_in("Saudi Arabia will pump a million fewer barrels a day from July.")
