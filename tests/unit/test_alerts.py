"""What an alert says, and what it says in one line."""

import pytest

from schemas import Level, PolicyShiftAlert, Speaker
from services.monitor.analysis.ledger.fold import fold
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.lexicon.ledger import load_ledger
from services.monitor.lexicon.policy import load_policy
from tests.builders import a_claim

KNOW = Knowledge(load_policy(), load_ledger())


def alert(*claims: dict) -> PolicyShiftAlert:
    """The alert about one shift that `claims` tell."""
    own = [{"id": f"c{n}", "report_id": f"r{n}", "article_id": f"a{n}", "origin": f"o{n}", "publisher": f"p{n}"}
           for n in range(len(claims))]  # fmt: skip
    (only,) = fold([a_claim(**{**ids, **claim}) for ids, claim in zip(own, claims, strict=True)], KNOW).alerts
    return only


TARIFF = {"instrument": "tariffs", "family": "tariffs", "action": "increase", "polarity": 1}


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        ({}, "United States → Ukraine · military aid: not known → suspended (announced)"),
        ({"stage": "in-effect"}, "United States → Ukraine · military aid: not known → suspended (in effect)"),
        ({"target": None}, "United States · military aid: not known → suspended (announced)"),
        ({"action": "rule-out", "stage": "ordered"},
         "United States → Ukraine · military aid: not known → ruled out (ordered)"),
        ({**TARIFF, "level": Level(value=20, unit="percent", text="20 per cent")},
         "United States → Ukraine · tariffs: not known → raised (20%, announced)"),
        ({"action": "provide", "polarity": 1, "level": Level(value=15e7, unit="money", currency="GBP", text="£150m")},
         "United States → Ukraine · military aid: not known → provided (£150m, announced)"),
    ],
)  # fmt: skip
def test_the_headline_says_who_to_whom_what_and_how_far(claim, line):
    assert alert(claim).headline == line


def test_the_evidence_is_the_best_sentence_not_the_first():
    weak, strong = {"confidence": 0.64, "quote": "A pause."}, {"confidence": 0.9, "quote": "Aid is paused."}
    assert [evidence.quote for evidence in alert(weak, strong).evidence] == ["Aid is paused.", "A pause."]


def test_of_equal_sentences_the_minister_speaks_first():
    minister = {"speaker": Speaker(name="X", rank=4), "quote": "Minister."}
    assert alert({}, minister).evidence[0].quote == "Minister."


def test_five_origins_come_before_the_second_sentence_of_one():
    many = [{"origin": "o", "confidence": 0.95, "start": n} for n in range(6)] + [{"confidence": 0.7}] * 4
    told = alert(*many)
    assert len(told.evidence) == 5
    assert sum(evidence.claim_id in {"c6", "c7", "c8", "c9"} for evidence in told.evidence) == 4


def test_one_outlet_is_possible_and_two_confirm():
    assert alert({}).certainty == "possible"
    assert alert({}, {}).certainty == "confirmed"


def test_a_head_of_state_in_a_sure_sentence_confirms_alone():
    assert alert({"speaker": Speaker(name="X", rank=5), "confidence": 0.9}).certainty == "confirmed"
    assert alert({"speaker": Speaker(name="X", rank=5), "confidence": 0.8}).certainty == "possible"
    assert alert({"speaker": Speaker(name="X", rank=2), "confidence": 0.95}).certainty == "possible"


def test_confidence_grows_with_independent_witnesses_and_says_why():
    told = alert({"confidence": 0.7, "reasons": ("verb .85",)}, {"confidence": 0.7})
    assert told.confidence == pytest.approx(0.91)
    assert told.reasons == ("verb .85", "2 independent origins: 0.91")


def test_topics_are_those_of_all_reports_once():
    assert alert({"topics": ("medtop:1",)}, {"topics": ("medtop:2", "medtop:1")}).topics == ("medtop:1", "medtop:2")


def test_a_suspension_of_aid_is_annotated_in_plover():
    plover = alert({}).plover
    assert (plover.event, plover.mode, plover.context) == ("SANCTION", "discontinue", "military")


def test_a_domestic_shift_has_no_plover_type():
    assert alert({"instrument": "tax", "family": "tax", "action": "decrease", "target": None}).plover is None


def test_the_run_of_the_clock_is_not_in_the_value():
    times = alert({}).times
    assert (times.ingested, times.emitted) == (None, None)


def test_an_alert_is_a_valid_message():
    told = alert({})
    again = PolicyShiftAlert.from_bytes(told.to_bytes())
    assert again == told
    assert again.to_bytes() == told.to_bytes()
