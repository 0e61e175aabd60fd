"""Storylines: what an analyst wants to be told, and told once."""

from datetime import timedelta
from itertools import count

import pytest

from schemas import Level, Party, Speaker
from services.monitor.analysis.ledger.fold import advance, fold
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.lexicon.ledger import load_ledger
from services.monitor.lexicon.policy import load_policy
from tests.builders import UKR, WHEN, a_claim

KNOW = Knowledge(load_policy(), load_ledger())
CHN = Party(id="CHN", name="China", country="CHN")
MEX = Party(id="MEX", name="Mexico", country="MEX")
PRESIDENT = Speaker(name="Donald Trump", office="president", rank=5)


class Desk:
    """Feeds claims one by one and remembers what a subscriber would."""

    def __init__(self):
        self.rows, self.alerts, self.stances, self.log, self.ids = {}, {}, {}, [], count(1)

    def hear(self, days=0.0, **changes):
        """One claim of its own report, article, publisher and origin unless the test says otherwise."""
        n = next(self.ids)
        own = {"id": f"c{n}", "report_id": f"r{n}", "article_id": f"a{n}", "publisher": f"p{n}", "origin": f"o{n}"}
        own |= {"quote": f"Quote {n}.", "source": f"Outlet {n}", "published_at": WHEN + timedelta(days=days)}
        return self.take(a_claim(**{**own, **changes}))

    def take(self, claim):
        key = (claim.actor.id, claim.family)
        step = advance(self.rows.get(key), claim, KNOW)
        self.rows[key] = step.entry
        for alert in step.alerts:
            self.log.append((alert.type, alert.transition))
            self.alerts[alert.alert_id] = alert
        self.stances.update({stance.key: stance for stance in step.stances})
        return [alert.type for alert in step.alerts]

    @property
    def live(self):
        return sorted((a for a in self.alerts.values() if a.type != "cancel"), key=lambda a: a.times.published)

    @property
    def told(self):
        return [alert.transition for alert in self.live]


@pytest.fixture
def desk():
    return Desk()


def percent(value, by=None):
    return Level(value=value, unit="percent-of-gdp", by=by, text=f"{value}%")


RESUME = {"action": "resume", "polarity": 1}


def test_a_first_pause_is_an_alert_that_a_person_can_check(desk):
    desk.hear(speaker=PRESIDENT)
    (alert,) = desk.live
    assert alert.headline == "United States → Ukraine · military aid: not known → suspended (announced)"
    assert (alert.transition, alert.polarity, alert.before, alert.certainty) == ("suspended", -1, None, "confirmed")
    assert alert.evidence[0].quote == "Quote 1."


def test_pause_resume_pause_is_three_alerts_each_naming_the_one_before(desk):
    desk.hear(0), desk.hear(7, **RESUME), desk.hear(12)
    first, second, third = desk.live
    assert desk.told == ["suspended", "resumed", "suspended"]
    assert second.references == (first.alert_id,)
    assert third.references == (second.alert_id,)
    assert third.before.polarity == 1


def test_another_wording_of_the_same_pause_is_an_update(desk):
    assert desk.hear(0) == ["alert"]
    assert desk.hear(1, action="end", speaker=None) == ["update"]
    (alert,) = desk.live
    assert (alert.origins, alert.reach, alert.certainty) == (2, 2, "confirmed")


def test_the_same_claim_twice_changes_nothing(desk):
    desk.hear(0, id="c")
    row = dict(desk.rows)
    assert desk.hear(0, id="c", report_id="r1", article_id="a1", publisher="p1", origin="o1", quote="Quote 1.",
                     source="Outlet 1") == []  # fmt: skip
    assert desk.rows == row


def test_forty_reprints_are_forty_of_reach_and_one_origin(desk):
    for n in range(40):
        desk.hear(n / 100, origin="reuters", quote="The US has paused aid.")
    (alert,) = desk.live
    assert (alert.origins, alert.reach, alert.certainty, len(alert.evidence)) == (1, 40, "possible", 5)


def test_one_publisher_twice_is_one_witness_whatever_the_origins(desk):
    desk.hear(0, publisher="times", origin="times"), desk.hear(0.1, publisher="times", origin="afp")
    assert desk.live[0].origins == 1


def test_a_new_level_is_an_alert_and_the_same_level_is_not(desk):
    spending = {"instrument": "defence-spending", "family": "defence-spending", "target": None,
                "action": "increase", "polarity": 1}  # fmt: skip
    desk.hear(0, **spending, level=percent(2.5, 2027))
    assert desk.hear(1, **spending, level=percent(2.5, 2027)) == ["update"]
    assert desk.hear(5, **spending, level=percent(3, 2034)) == ["alert"]
    assert desk.hear(6, **spending, level=percent(2.5, 2027)) == ["update"]
    assert desk.told == ["raised", "raised"]
    assert desk.live[1].headline.endswith("raised 2.5% of GDP by 2027 → 3% of GDP by 2034 (announced)")


def test_a_level_not_known_before_is_filled_in_not_told_again(desk):
    desk.hear(0, instrument="tariffs", family="tariffs", target=CHN, action="impose", polarity=1)
    desk.hear(0.1, instrument="tariffs", family="tariffs", target=CHN, action="impose", polarity=1,
              level=Level(value=20, unit="percent", text="20%"))  # fmt: skip
    (alert,) = desk.live
    assert alert.after.level.value == 20


def test_a_cut_of_a_tariff_lowers_it(desk):
    tariffs = {"instrument": "tariffs", "family": "tariffs", "target": CHN}
    desk.hear(0, **tariffs, action="impose", polarity=1, level=Level(value=20, unit="percent", text="20%"))
    desk.hear(5, **tariffs, action="decrease", polarity=-1, level=Level(value=10, unit="percent", text="10%"))
    assert desk.live[1].headline == "United States → China · tariffs: lowered 20% → 10% (announced)"


def test_a_denial_of_a_known_pause_is_an_alert_and_not_a_reversal(desk):
    desk.hear(0)
    desk.hear(1, action="deny", polarity=0, stage="denied")
    assert desk.told == ["suspended", "denied"]
    assert desk.live[1].references == (desk.live[0].alert_id,)
    assert desk.live[1].headline.endswith("suspended (announced) → denied")
    stance = desk.stances["USA·military-aid·UKR"]
    assert stance.denied
    assert stance.state.polarity == -1
    assert desk.hear(2, action="deny", polarity=0, stage="denied") == ["update"]
    assert desk.hear(3) == ["update"]
    assert not desk.stances["USA·military-aid·UKR"].denied


def test_a_denial_of_what_nobody_told_us_is_no_alert(desk):
    assert desk.hear(0, action="deny", polarity=0, stage="denied") == []
    assert desk.stances["USA·military-aid·UKR"].denied


def test_a_leak_waits_for_a_second_origin_and_an_official_confirms_it(desk):
    assert desk.hear(0, confidence=0.5) == []
    assert desk.hear(0.1, confidence=0.5) == ["alert"]
    assert desk.hear(0.2, confidence=0.95, speaker=PRESIDENT) == ["update"]
    (alert,) = desk.live
    assert (alert.certainty, alert.speaker, alert.origins) == ("confirmed", PRESIDENT, 3)
    assert alert.evidence[0].quote == "Quote 3."


def test_two_sentences_of_one_article_lift_each_other(desk):
    assert desk.hear(0, confidence=0.5, report_id="r", article_id="a", origin="o", publisher="p") == []
    assert desk.hear(0, confidence=0.5, report_id="r", article_id="a", origin="o", publisher="p", start=90) == ["alert"]


def test_a_reprint_of_a_candidate_does_not_lift_it(desk):
    desk.hear(0, confidence=0.5, origin="ap")
    assert desk.hear(0.1, confidence=0.5, origin="ap") == []


def test_talk_opens_nothing_but_is_what_was_before(desk):
    assert desk.hear(0, stage="floated") == []
    assert desk.stances["USA·military-aid·UKR"].state.status == "floated"
    desk.hear(3)
    assert desk.live[0].before.status == "floated"


def test_late_claims_end_in_the_same_three_alerts(desk):
    early = Desk()
    for other in (desk, early):
        other.claims = [a_claim(id="1", report_id="1", origin="1", publisher="1", quote="1"),
                        a_claim(id="2", report_id="2", origin="2", publisher="2", quote="2", **RESUME,
                                published_at=WHEN + timedelta(days=2)),
                        a_claim(id="3", report_id="3", origin="3", publisher="3", quote="3",
                                published_at=WHEN + timedelta(days=4))]  # fmt: skip
    [desk.take(claim) for claim in desk.claims]
    [early.take(claim) for claim in reversed(early.claims)]
    assert [a.revision for a in desk.live] == [a.revision for a in early.live]
    assert desk.stances == early.stances


def test_a_retraction_cancels_what_rested_on_the_claim_alone(desk):
    desk.hear(0, id="c")
    assert desk.hear(0.5, id="c", retracted=True) == ["cancel"]
    assert desk.live == []
    assert desk.stances["USA·military-aid·UKR"].state is None


def test_a_retraction_that_arrives_first_works_too(desk):
    desk.hear(0, id="c", retracted=True)
    assert desk.hear(0, id="c") == []


def test_a_retraction_leaves_what_others_also_said(desk):
    desk.hear(0, id="c"), desk.hear(1)
    desk.hear(2, id="c", retracted=True)
    assert [(a.origins, a.evidence[0].quote) for a in desk.live] == [(1, "Quote 2.")]


def test_the_pause_of_july_is_not_the_pause_of_march(desk):
    desk.hear(0)
    desk.hear(120)
    assert desk.told == ["suspended", "renewed"]
    assert desk.live[1].references == (desk.live[0].alert_id,)


def test_a_mere_mention_of_a_stale_pause_does_not_renew_it(desk):
    desk.hear(0)
    assert desk.hear(50, confidence=0.64) == []
    assert desk.hear(120, confidence=0.64) == ["alert"]


def test_repetition_keeps_a_stance_fresh(desk):
    for day in range(0, 100, 20):
        desk.hear(day)
    assert desk.told == ["suspended"]


def test_an_opposite_after_more_than_a_year_reverses_nothing(desk):
    desk.hear(0)
    desk.hear(400, **RESUME)
    assert desk.live[1].before is None
    assert desk.live[1].references == ()


def test_an_unnamed_target_is_the_one_that_is_talked_about(desk):
    desk.hear(0)
    assert desk.hear(1, target=None, target_inferred=True) == ["update"]
    assert desk.hear(3, target=None, target_inferred=True, **RESUME) == ["alert"]
    assert desk.live[1].target == UKR


def test_a_target_named_later_is_filled_into_the_same_alert(desk):
    desk.hear(0, target=None, target_inferred=True)
    assert desk.hear(0.5) == ["update"]
    (alert,) = desk.live
    assert alert.target == UKR
    assert desk.stances["USA·military-aid·*"].state is None
    assert desk.stances["USA·military-aid·UKR"].state.polarity == -1


def test_a_pause_of_most_tariffs_and_then_a_raise_for_one_country_are_both_told(desk):
    tariffs = {"instrument": "tariffs", "family": "tariffs"}
    desk.hear(0, **tariffs, target=CHN, action="impose", polarity=1), desk.hear(0, **tariffs, target=MEX,
                                                                               action="impose", polarity=1)  # fmt: skip
    desk.hear(2, **tariffs, target=None, target_inferred=True, action="suspend", polarity=-1)
    pause = desk.live[-1]
    assert (pause.target, pause.transition, len(pause.references)) == (None, "suspended", 2)
    assert desk.hear(2.5, **tariffs, target=MEX, action="suspend", polarity=-1) == ["update"]
    assert desk.hear(3, **tariffs, target=CHN, action="increase", polarity=1) == ["alert"]
    assert desk.live[-1].references == (pause.alert_id,)
    assert desk.live[-1].transition == "raised"


PATRIOTS = {"instrument": "air-defence-deliveries", "family": "military-aid"}


def test_a_narrower_act_of_the_same_sign_is_a_witness_of_the_broader(desk):
    desk.hear(0)
    assert desk.hear(1, **PATRIOTS) == ["update"]


def test_a_narrower_act_of_the_opposite_sign_opens_its_own_line(desk):
    desk.hear(0)
    assert desk.hear(1, **PATRIOTS, **RESUME) == ["alert"]
    assert desk.live[1].references == (desk.live[0].alert_id,)
    assert desk.live[1].before.polarity == -1


def test_a_broader_act_after_a_narrower_one_is_an_escalation(desk):
    desk.hear(0, **PATRIOTS)
    assert desk.hear(2) == ["alert"]
    assert desk.live[1].references == (desk.live[0].alert_id,)
    assert desk.hear(4, **RESUME) == ["alert"]
    assert desk.hear(5, **PATRIOTS, **RESUME) == ["update"]


def test_the_broader_word_for_the_same_act_by_the_same_origin_is_no_escalation(desk):
    desk.hear(0, **PATRIOTS, origin="o")
    assert desk.hear(0.3, origin="o") == ["update"]


def test_a_later_stage_is_told_as_progress(desk):
    desk.hear(0)
    assert desk.hear(0.2, stage="ordered") == ["update"]
    assert desk.hear(3, stage="in-effect") == ["alert"]
    assert desk.told == ["suspended", "advanced"]
    assert desk.live[1].headline.endswith("suspended (ordered) → suspended (in effect)")


def test_an_old_story_printed_again_does_not_reverse_the_new_one(desk):
    desk.hear(0, origin="ap", quote="Paused.")
    desk.hear(2, **RESUME)
    assert desk.hear(3, origin="ap", quote="Paused.") == ["update"]
    assert desk.told == ["suspended", "resumed"]
    assert desk.live[0].reach == 2


def test_a_mention_of_the_pause_after_its_end_is_background(desk):
    desk.hear(0), desk.hear(2, **RESUME)
    assert desk.hear(3, confidence=0.64) == []


def test_a_report_of_the_resumption_that_recalls_the_pause_has_one_piece_of_news(desk):
    desk.hear(0, id="a", report_id="r", confidence=0.64, start=0)
    desk.hear(0, id="b", report_id="r", confidence=0.85, start=50, **RESUME)
    assert desk.told == ["resumed"]


def test_an_alert_from_a_backfill_alone_says_so(desk):
    desk.hear(0, notify=False)
    assert not desk.live[0].notify
    desk.hear(1)
    assert desk.live[0].notify


def test_an_extension_is_told(desk):
    desk.hear(0)
    assert desk.hear(10, action="extend") == ["alert"]
    assert desk.live[1].transition == "renewed"


def test_folding_at_once_ends_where_claims_one_by_one_do(desk):
    claims = [a_claim(id=str(n), report_id=str(n), origin=str(n), publisher=str(n), quote=str(n),
                      published_at=WHEN + timedelta(days=n), polarity=(-1) ** n,
                      action="suspend" if n % 2 else "resume") for n in range(6)]  # fmt: skip
    [desk.take(claim) for claim in claims]
    assert [a.revision for a in fold(claims, KNOW).alerts] == [a.revision for a in desk.live]


def test_a_slug_that_no_table_knows_is_read_as_a_root(desk):
    assert desk.hear(0, instrument="new-thing", family="new-thing") == ["alert"]
    assert "new thing" in desk.live[0].headline


def test_one_report_has_one_level_the_other_is_where_it_was_before(desk):
    tariffs = {"instrument": "tariffs", "family": "tariffs", "target": CHN, "action": "increase", "polarity": 1}
    desk.hear(0, **tariffs, level=Level(value=20, unit="percent", text="20%"))
    for confidence, value in ((0.9, 20), (0.85, 10)):
        desk.hear(1, **tariffs, report_id="r", article_id="a", origin="o", publisher="p", confidence=confidence,
                  level=Level(value=value, unit="percent", text=f"{value}%"))  # fmt: skip
    assert desk.told == ["raised"]


def test_an_old_level_told_late_belongs_to_the_old_alert(desk):
    tariffs = {"instrument": "tariffs", "family": "tariffs", "target": CHN, "action": "increase", "polarity": 1}
    for day, value in ((0, 10), (5, 20), (6, 10)):
        desk.hear(day, **tariffs, level=Level(value=value, unit="percent", text=f"{value}%"))
    assert [(alert.after.level.value, alert.reach) for alert in desk.live] == [(10, 2), (20, 1)]


def test_amounts_in_two_currencies_are_not_two_levels(desk):
    aid = {"action": "provide", "polarity": 1}
    desk.hear(0, **aid, level=Level(value=150e6, unit="money", currency="GBP", text="£150m"))
    assert desk.hear(0.1, **aid, level=Level(value=189e6, unit="money", currency="USD", text="$189m")) == ["update"]


def test_a_further_package_is_news(desk):
    aid = {"action": "provide", "polarity": 1}
    desk.hear(0, **aid, level=Level(value=150e6, unit="money", currency="GBP", text="£150m"))
    desk.hear(9, **aid, level=Level(value=90e6, unit="money", currency="GBP", text="£90m"))
    assert desk.told == ["opened", "renewed"]


def test_the_same_goal_for_a_later_year_is_a_delay(desk):
    spending = {"instrument": "defence-spending", "family": "defence-spending", "target": None,
                "action": "increase", "polarity": 1}  # fmt: skip
    desk.hear(0, **spending, level=percent(2.5, 2027)), desk.hear(30, **spending, level=percent(2.5, 2029))
    assert desk.told == ["raised", "delayed"]


def test_a_leak_denied_and_then_confirmed_is_one_alert(desk):
    desk.hear(0, confidence=0.5), desk.hear(0.1, action="deny", polarity=0, stage="denied")
    assert desk.told == []
    desk.hear(1, confidence=0.95, speaker=PRESIDENT)
    assert desk.told == ["suspended"]
    assert not desk.stances["USA·military-aid·UKR"].denied


def test_a_reprint_does_not_clear_a_denial(desk):
    desk.hear(0, origin="ap", quote="Paused."), desk.hear(1, action="deny", polarity=0, stage="denied")
    desk.hear(2, origin="ap", quote="Paused.")
    assert desk.stances["USA·military-aid·UKR"].denied


def test_a_pause_called_an_end_weeks_later_is_a_harder_act(desk):
    desk.hear(0)
    assert desk.hear(1, action="end") == ["update"]
    assert desk.hear(14, action="end") == ["alert"]
    assert desk.live[1].headline.endswith("suspended (announced) → ended (announced)")


def test_a_tax_cut_leaves_a_raised_tax_as_it_is(desk):
    tax = {"family": "tax", "target": None}
    desk.hear(0, **tax, instrument="fuel-tax", action="increase", polarity=1)
    desk.hear(5, **tax, instrument="tax", action="decrease", polarity=-1)
    assert desk.stances["USA·fuel-tax·*"].state.polarity == 1


def test_a_claim_too_late_for_a_folded_row_is_counted_as_such():
    desk = Desk()
    for day in range(40):
        desk.hear(day * 3, polarity=(-1) ** day, action="suspend" if day % 2 else "resume")
    (row,) = desk.rows.values()
    late = a_claim(id="late", report_id="late")
    assert row.horizon is not None
    assert advance(row, late, KNOW).outcome == "late"
    assert advance(row, late, KNOW).entry is row


def test_two_targets_of_one_sentence_are_two_alerts(desk):
    tariffs = {"instrument": "tariffs", "family": "tariffs", "action": "impose", "polarity": 1, "report_id": "r"}
    desk.hear(0, **tariffs, target=CHN), desk.hear(0, **tariffs, target=MEX)
    assert {alert.target.id for alert in desk.live} == {"CHN", "MEX"}


def test_a_domestic_instrument_has_one_line_whatever_the_target(desk):
    tax = {"instrument": "tax", "family": "tax", "action": "decrease", "polarity": -1}
    desk.hear(0, **tax, target=None)
    assert desk.hear(1, **tax) == ["update"]


def test_history_and_hearsay_below_the_floor_are_not_read(desk):
    for _ in range(9):
        assert desk.hear(0, confidence=0.35) == []


def test_a_sentence_that_moved_in_an_edited_article_keeps_its_date(desk):
    first = {"report_id": "r", "article_id": "a", "origin": "o", "publisher": "p", "quote": "Paused."}
    desk.hear(0, **first, id="old")
    desk.hear(1, **RESUME)
    desk.hear(2, **first, id="new", start=90), desk.hear(0, **first, id="old", retracted=True)
    assert desk.told == ["suspended", "resumed"]
    assert desk.live[0].evidence[0].start == 90
    assert desk.live[0].times.published == WHEN


def test_a_new_level_long_after_is_raised_not_renewed(desk):
    spending = {"instrument": "defence-spending", "family": "defence-spending", "target": None,
                "action": "increase", "polarity": 1}  # fmt: skip
    desk.hear(0, **spending, level=percent(2.5, 2027)), desk.hear(200, **spending, level=percent(3, 2034))
    assert desk.told == ["raised", "raised"]


def test_what_takes_effect_long_after_is_advanced_not_renewed(desk):
    desk.hear(0), desk.hear(200, stage="in-effect")
    assert desk.told == ["suspended", "advanced"]


def test_a_target_from_context_is_no_name_to_fill_in(desk):
    desk.hear(0, target=None, target_inferred=True)
    assert desk.hear(0.5, target_inferred=True) == ["update"]
    assert desk.live[0].target is None
    assert desk.hear(3, target_inferred=True, **RESUME) == ["alert"]


def test_a_resumption_that_names_the_target_reverses_the_pause_that_did_not(desk):
    unnamed = {"target": None, "target_inferred": True}
    desk.hear(0, **unnamed), desk.hear(4, **RESUME), desk.hear(9, **unnamed)
    assert desk.told == ["suspended", "resumed", "suspended"]
    assert [alert.target for alert in desk.live] == [UKR, UKR, UKR]


def test_a_narrower_act_months_after_the_opposite_broader_one_reverses_it(desk):
    desk.hear(0, action="rule-out"), desk.hear(120, **PATRIOTS, action="provide", polarity=1)
    assert desk.told == ["ruled-out", "reversed"]
    assert desk.live[1].references == (desk.live[0].alert_id,)


OIL_BAN = {"family": "export-ban", "instrument": "export-ban", "action": "lift", "polarity": -1, "target": None}
OIL_SOLD = {**OIL_BAN, "instrument": "energy-exports", "action": "resume", "polarity": 1}


def test_a_lifted_export_ban_and_exports_resumed_the_day_after_are_one_alert(desk):
    assert (desk.hear(0, **OIL_BAN), desk.hear(1, **OIL_SOLD)) == (["alert"], ["update"])
    assert (desk.live[0].instrument, desk.live[0].origins) == ("export-ban", 2)


def test_exports_resumed_weeks_after_or_stopped_again_are_news(desk):
    desk.hear(0, **OIL_BAN)
    assert desk.hear(1, **{**OIL_SOLD, "action": "suspend", "polarity": -1}) == ["alert"]
    assert desk.hear(20, **OIL_SOLD) == ["alert"]


def test_one_sentence_in_kin_words_is_told_in_the_more_telling_one(desk):
    one = {"report_id": "r", "article_id": "a"}
    desk.hear(0, **one, **OIL_SOLD), desk.hear(0, **one, **OIL_BAN)
    assert [alert.instrument for alert in desk.live] == ["export-ban"]


def test_of_two_readings_of_a_sentence_the_one_that_names_its_target_counts(desk):
    desk.hear(0, report_id="r", target_inferred=True, **RESUME), desk.hear(0, report_id="r")
    assert desk.told == ["suspended"]


def test_a_figure_told_roughly_the_day_after_is_the_same_and_weeks_after_another(desk):
    spending = {"instrument": "defence-spending", "family": "defence-spending", "target": None,
                "action": "increase", "polarity": 1}  # fmt: skip
    desk.hear(0, **spending, level=percent(4.7))
    assert desk.hear(1, **spending, level=percent(5)) == ["update"]
    assert desk.live[0].after.level.value == 4.7
    assert desk.hear(20, **spending, level=percent(5)) == ["alert"]


def test_what_is_now_in_force_is_told_though_only_stated(desk):
    desk.hear(0)
    assert desk.hear(9, stage="in-effect", confidence=0.62) == ["alert"]
    assert desk.told == ["suspended", "advanced"]
