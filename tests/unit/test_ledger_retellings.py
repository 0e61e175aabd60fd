"""One decision told in any words is one alert; another decision is another: tried on tellings that nobody chose."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import Level, Party, Speaker
from services.monitor.analysis.ledger.fold import fold
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.lexicon.ledger import load_ledger
from services.monitor.lexicon.policy import load_policy
from tests.builders import UKR, WHEN, a_claim

EXAMPLES = 40  # each was also tried with 300
KNOW = Knowledge(load_policy(), load_ledger())
SAID = {-1: ["suspend", "end", "decrease", "withdraw"], 1: ["resume", "provide", "start", "increase"]}
DECISIONS = ["military-aid", "export-ban", "border-controls", "tariffs", "defence-spending", "trade-deal", "sanctions"]
SURE = st.sampled_from([0.64, 0.72, 0.85, 0.95])


@st.composite
def decisions(draw):
    """What one decision is, whoever tells it."""
    instrument, polarity = draw(st.sampled_from(DECISIONS)), draw(st.sampled_from([-1, 1]))
    home = KNOW.domestic(instrument)
    return {
        "instrument": instrument,
        "family": KNOW.policy.row(instrument),
        "polarity": polarity,
        "target": None if home else draw(st.sampled_from([UKR, Party(id="ISR", name="Israel", country="ISR")])),
        "level": draw(st.sampled_from([None, Level(value=4.7, unit="percent", text="4.7%")])),
    }


@st.composite
def tellings(draw, most=8, hours=40.0, kin=True):
    """(a decision, claims that tell it in words of their own, first the plainest)."""
    told = draw(decisions())
    tales = [_telling(draw, told, number, hours=hours, kin=kin) for number in range(draw(st.integers(1, most)))]
    return told, [_claim("first", 0.0, **told, action=SAID[told["polarity"]][0]), *tales]


def _telling(draw, told, number, *, hours, kin):
    instrument, sign = told["instrument"], 1
    if kin and draw(st.booleans()):
        instrument, sign = draw(st.sampled_from(_words(instrument)))
    polarity = sign * told["polarity"]
    named = draw(st.sampled_from([told["target"], told["target"], None]))
    same = instrument == told["instrument"]
    return _claim(
        str(number), draw(st.floats(0.01, hours)),
        family=told["family"], instrument=instrument, polarity=polarity, action=draw(st.sampled_from(SAID[polarity])),
        target=None if KNOW.domestic(instrument) else named, target_inferred=named is None,
        level=draw(st.sampled_from([None, told["level"], *_rounded(told["level"])])) if same else None,
        stage=draw(st.sampled_from(["announced", "announced", "ordered", "floated"])), confidence=draw(SURE),
        speaker=draw(st.sampled_from([None, Speaker(name="X", rank=5), Speaker(name="Y", rank=3)])),
    )  # fmt: skip


def _words(instrument):
    """Itself and its kin, each with its sign."""
    kin = KNOW.policy.kin.signs.items()
    return [(instrument, 1), *((one if other == instrument else other, sign) for (one, other), sign in kin
                               if instrument in (one, other))]  # fmt: skip


def _rounded(level):
    return [Level(value=5.0, unit="percent", text="almost 5%")] if level else []


def _claim(name, hours, **changes):
    own = {"id": name, "report_id": name, "article_id": name, "origin": name, "publisher": name, "quote": name}
    return a_claim(**own, **changes, published_at=WHEN + timedelta(hours=hours))


@settings(max_examples=EXAMPLES, deadline=None)
@given(tellings())
def test_one_decision_in_any_words_is_one_alert(given_tellings):
    told, claims = given_tellings
    alerts = fold(claims, KNOW).alerts
    assert [(alert.instrument, alert.polarity) for alert in alerts] == [(told["instrument"], told["polarity"])]


@settings(max_examples=EXAMPLES, deadline=None)
@given(tellings(kin=False), st.floats(0.1, 200))
def test_the_opposite_is_an_alert_whatever_words_told_the_first(given_tellings, hours):
    told, claims = given_tellings
    turn = {**told, "polarity": -told["polarity"], "level": None, "action": SAID[-told["polarity"]][0]}
    alerts = fold([*claims, _claim("turn", 40 + hours, **turn)], KNOW).alerts
    assert [alert.polarity for alert in alerts] == [told["polarity"], -told["polarity"]]
    assert alerts[1].references == (alerts[0].alert_id,)


@settings(max_examples=EXAMPLES, deadline=None)
@given(tellings(), st.lists(st.floats(0, 24 * 25), min_size=1, max_size=9), st.booleans())
def test_reprints_tell_nothing_again_though_the_state_has_changed(given_tellings, hours, turned):
    told, claims = given_tellings
    turn = {**told, "polarity": -told["polarity"], "level": None, "action": SAID[-told["polarity"]][0]}
    claims = [*claims, _claim("turn", 41, **turn)] if turned else claims
    again = [_reprint(claims[0], number, after) for number, after in enumerate(hours)]
    before, after = fold(claims, KNOW).alerts, fold([*claims, *again], KNOW).alerts
    assert [alert.alert_id for alert in after] == [alert.alert_id for alert in before]
    assert after[0].reach == before[0].reach + len(again)
    assert after[0].origins == before[0].origins


def _reprint(claim, number, hours):
    """The same words of the same origin in another outlet."""
    name = f"reprint {number}"
    return claim.model_copy(update={"id": name, "report_id": name, "article_id": name, "publisher": name,
                                    "published_at": WHEN + timedelta(hours=hours)})  # fmt: skip


@settings(max_examples=EXAMPLES, deadline=None)
@given(tellings())
def test_one_more_witness_makes_an_alert_no_less_certain(given_tellings):
    _, claims = given_tellings
    known = []
    for number in range(1, len(claims) + 1):
        (alert,) = fold(sorted(claims, key=lambda claim: claim.published_at)[:number], KNOW).alerts
        known.append((alert.certainty == "confirmed", alert.origins, alert.confidence))
    assert known == sorted(known)
    assert all(origins > 1 for confirmed, origins, sure in known if confirmed and sure < KNOW.rules.confidence.official)


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(tellings(), st.integers(2, 40))
def test_reprints_of_one_text_never_confirm_it(given_tellings, copies):
    told, _ = given_tellings
    first = _claim("first", 0.0, **told, action=SAID[told["polarity"]][0])
    (alert,) = fold([first, *(_reprint(first, number, number / 60) for number in range(copies))], KNOW).alerts
    assert (alert.certainty, alert.origins, alert.reach) == ("possible", 1, copies + 1)
