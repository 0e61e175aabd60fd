"""Every promise the ledger makes to subscribers, tried on claims that nobody chose."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import Level, Party, Speaker
from services.monitor.analysis.ledger.fold import Entry, advance, fold
from services.monitor.analysis.ledger.knowledge import Knowledge
from services.monitor.analysis.ledger.witnesses import heard, independent
from services.monitor.lexicon.ledger import load_ledger
from services.monitor.lexicon.policy import load_policy
from tests.builders import UKR, USA, WHEN, a_claim

EXAMPLES = 40  # each promise was also tried with 300 (docs/decisions/0005)
KNOW = Knowledge(load_policy(), load_ledger())
TARGETS = [UKR, UKR, Party(id="ISR", name="Israel", country="ISR"), Party(id="TWN", name="Taiwan"), None]
FAMILIES = {
    "military-aid": ["military-aid", "military-aid", "air-defence-deliveries", "fighter-jet-deliveries"],
    "tariffs": ["tariffs", "steel-tariffs", "car-tariffs"],
    "defence-spending": ["defence-spending"],
    "export-ban": ["export-ban", "energy-exports", "oil-embargo", "import-ban"],
}
ACTS = [("suspend", -1), ("end", -1), ("rule-out", -1), ("decrease", -1), ("resume", 1), ("provide", 1),
        ("increase", 1), ("extend", 1), ("extend", -1), ("deny", 0)]  # fmt: skip


@st.composite
def claims_of_a_row(draw, most=12, days=29.0, family=None):
    """Claims of one actor and family, some of one report, with few origins, targets, levels."""
    family = family or draw(st.sampled_from(sorted(FAMILIES)))
    return [draw(_claims(family, str(number), days)) for number in range(draw(st.integers(1, most)))]


@st.composite
def _claims(draw, family, number, days):
    action, polarity = draw(st.sampled_from(ACTS))
    report = draw(st.integers(0, 9))
    stage = "denied" if action == "deny" else draw(st.sampled_from(["announced"] * 3 + ["floated", "in-effect"]))
    target = None if family == "defence-spending" else draw(st.sampled_from(TARGETS))
    return a_claim(
        id=f"c{number}", report_id=f"r{report}", article_id=f"a{report}", family=family,
        instrument=draw(st.sampled_from(FAMILIES[family])), target=target,
        target_inferred=target is None or draw(st.booleans()),
        action=action, polarity=polarity, stage=stage, level=draw(_levels),
        confidence=draw(st.sampled_from([0.3, 0.5, 0.64, 0.72, 0.85, 0.95])),
        published_at=WHEN + timedelta(hours=round(report * 2.4 * days)), start=draw(st.integers(0, 300)),
        origin=f"o{report % 4}", publisher=f"p{report % 5}", quote=draw(st.sampled_from("ABC")) + str(report % 4),
        speaker=draw(st.sampled_from([None, Speaker(name="X", rank=5), Speaker(name="Y", rank=3)])),
        topics=draw(st.sampled_from([(), ("medtop:1",), ("medtop:2", "medtop:1")])), notify=draw(st.booleans()),
    )  # fmt: skip


_levels = st.sampled_from([None, None, 10.0, 20.0]).map(
    lambda value: Level(value=value, unit="percent", text=f"{value}%") if value else None
)


def compacted(claims, know=KNOW, *, through_bytes=False):
    """What a subscriber that keeps the latest by key holds in the end, and the row."""
    row, alerts, stances = None, {}, {}
    for claim in claims:
        step = advance(row, claim, know)
        row = Entry.from_bytes(step.entry.to_bytes()) if through_bytes and step.entry else step.entry
        alerts |= {alert.alert_id: alert for alert in step.alerts}
        stances |= {stance.key: stance for stance in step.stances}
    kept = {key: alert.model_copy(update={"type": "alert"}) for key, alert in alerts.items() if alert.type != "cancel"}
    known = {key: stance for key, stance in stances.items() if stance.state or stance.denied}
    return {k: v.to_bytes() for k, v in sorted(kept.items())}, {k: v.to_bytes() for k, v in sorted(known.items())}, row


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_order_of_arrival_does_not_matter(data):
    claims = data.draw(claims_of_a_row())
    shuffled = data.draw(st.permutations(claims))
    one, other = compacted(claims), compacted(shuffled)
    assert one[:2] == other[:2]
    assert one[2].to_bytes() == other[2].to_bytes()


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_repeats_of_claims_do_not_matter(data):
    claims = data.draw(claims_of_a_row())
    again = data.draw(st.lists(st.sampled_from(claims), max_size=8))
    assert compacted(claims) == compacted([*claims, *again])
    row = compacted(claims)[2]
    assert all(not advance(row, claim, KNOW).alerts and not advance(row, claim, KNOW).stances for claim in again)


@settings(max_examples=EXAMPLES, deadline=None)
@given(claims_of_a_row(), st.integers(0, 9))
def test_a_crash_before_the_entry_is_stored_changes_nothing(claims, crash):
    """The messages went out, the entry did not: the claim comes again and says the same."""
    row, alerts = None, {}
    for number, claim in enumerate(claims):
        step = advance(row, claim, KNOW)
        if number == crash:
            repeated = advance(row, claim, KNOW)
            assert repeated == step
        alerts |= {alert.alert_id: alert for alert in step.alerts}
        row = step.entry
    assert {k for k, alert in alerts.items() if alert.type != "cancel"} == set(compacted(claims)[0])


@settings(max_examples=EXAMPLES, deadline=None)
@given(claims_of_a_row())
def test_claims_one_by_one_end_where_all_at_once_do(claims):
    alerts, stances, _ = compacted(claims)
    folded = fold(claims, KNOW)
    assert {a.alert_id: a.to_bytes() for a in folded.alerts} == alerts
    assert {s.key: s.to_bytes() for s in folded.stances if s.state or s.denied} == stances


@settings(max_examples=EXAMPLES, deadline=None)
@given(claims_of_a_row())
def test_a_row_survives_its_bytes(claims):
    assert compacted(claims, through_bytes=True) == compacted(claims)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_what_is_taken_back_was_never_there(data):
    claims = data.draw(claims_of_a_row())
    wrong = data.draw(st.sets(st.sampled_from([claim.id for claim in claims])))
    retractions = [claim.model_copy(update={"retracted": True}) for claim in claims if claim.id in wrong]
    mixed = data.draw(st.permutations([*claims, *retractions]))
    right = [claim for claim in claims if claim.id not in wrong]
    assert compacted(mixed)[:2] == compacted(right)[:2]


TIGHT = replace(KNOW.rules.bounds, settled=0)
HASTY = Knowledge(KNOW.policy, replace(KNOW.rules, bounds=TIGHT, spans={**KNOW.rules.spans, "lateness": timedelta(5)}))


@settings(max_examples=EXAMPLES, deadline=None)
@given(claims_of_a_row(days=90.0))
def test_folding_away_the_past_changes_no_alert_and_no_stance(claims):
    ordered = sorted(claims, key=lambda claim: (claim.published_at, claim.report_id))
    assert compacted(ordered, HASTY)[:2] == compacted(ordered)[:2]


CROWDED = Knowledge(KNOW.policy, replace(KNOW.rules, bounds=replace(TIGHT, window=8)))


@settings(max_examples=EXAMPLES, deadline=None)
@given(claims_of_a_row(most=16))
def test_a_full_row_folds_away_whole_reports_and_tells_the_same(claims):
    ordered = sorted(claims, key=lambda claim: (claim.published_at, claim.report_id))
    assert compacted(ordered, CROWDED)[:2] == compacted(ordered)[:2]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_within_the_lateness_bound_order_does_not_matter_though_the_past_is_folded_away(data):
    ordered = sorted(data.draw(claims_of_a_row(days=90.0)), key=lambda claim: (claim.published_at, claim.report_id))
    late = {claim.id: data.draw(st.floats(0, 4.9)) for claim in ordered}
    arrival = sorted(ordered, key=lambda claim: claim.published_at + timedelta(days=late[claim.id]))
    assert compacted(arrival, HASTY)[:2] == compacted(ordered, HASTY)[:2]


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 20), st.sampled_from([0.64, 0.85, 0.95])), min_size=1, max_size=15))
def test_the_same_state_is_told_once_however_many_tell_it(tellings):
    claims = [a_claim(id=str(n), report_id=str(n), article_id=str(n), origin=str(n), publisher=str(n), quote=str(n),
                      confidence=sure, published_at=WHEN + timedelta(days=day))
              for n, (day, sure) in enumerate(tellings)]  # fmt: skip
    (alert,) = fold(claims, KNOW).alerts
    assert alert.origins == alert.reach == len(claims)
    assert alert.certainty == ("confirmed" if len(claims) > 1 else "possible")


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(st.lists(st.floats(0.1, 29), min_size=1, max_size=12))
def test_every_opposite_state_is_told_and_names_the_one_before(gaps):
    day, claims = 0.0, []
    for n, gap in enumerate(gaps):
        day += gap
        action, polarity = ("resume", 1) if n % 2 else ("suspend", -1)
        claims.append(a_claim(id=str(n), report_id=str(n), article_id=str(n), quote=str(n), action=action,
                              polarity=polarity, published_at=WHEN + timedelta(days=day)))  # fmt: skip
    alerts = fold(claims, KNOW).alerts
    assert len(alerts) == len(claims)
    assert [a.references for a in alerts] == [(), *((a.alert_id,) for a in alerts[:-1])]


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(claims_of_a_row())
def test_talk_and_denials_open_nothing(claims):
    idle = [claim.model_copy(update={"stage": "floated"}) if claim.stage != "denied" else claim for claim in claims]
    assert fold(idle, KNOW).alerts == ()


@settings(max_examples=EXAMPLES, deadline=None)
@given(claims_of_a_row(), st.floats(0, 30))
def test_a_denial_never_turns_a_stance(claims, day):
    denial = a_claim(id="d", report_id="d", action="deny", polarity=0, stage="denied", family=claims[0].family,
                     instrument=claims[0].instrument, target=claims[0].target,
                     published_at=WHEN + timedelta(days=day + 30))  # fmt: skip
    before = {s.key: s.state and s.state.polarity for s in fold(claims, KNOW).stances}
    after = {s.key: s.state and s.state.polarity for s in fold([*claims, denial], KNOW).stances}
    assert {key: after[key] for key in before} == before


@settings(max_examples=EXAMPLES, deadline=None)
@given(claims_of_a_row())
def test_alert_ids_are_distinct_and_every_alert_can_be_checked(claims):
    alerts = fold(claims, KNOW).alerts
    known = {claim.id: claim for claim in claims}
    assert len({alert.alert_id for alert in alerts}) == len(alerts)
    for alert in alerts:
        assert alert.reach >= alert.origins >= 1
        assert 1 <= len(alert.evidence) <= KNOW.rules.bounds.evidence
        assert alert.confidence >= KNOW.rules.confidence.alert
        assert all(known[e.claim_id].quote == e.quote for e in alert.evidence)
        assert alert.actor == USA
        assert type(alert).model_validate_json(alert.to_bytes()) == alert


@settings(max_examples=EXAMPLES, deadline=None)
@given(claims_of_a_row(), st.integers(0, 9))
def test_another_report_of_a_witness_never_takes_witnesses_away(claims, which):
    rules, witnesses = KNOW.rules.confidence, ()
    best: list[float] = []
    for claim in claims:
        witnesses = heard(witnesses, claim, 64)
        now = independent(witnesses, rules)
        assert len(now) >= len(best)
        assert len(now) <= min(len({c.origin for c in claims}), len({c.publisher for c in claims}))
        best = now


@settings(max_examples=2, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_row_stays_within_its_bounds(chance):
    bounds = replace(KNOW.rules.bounds, window=24, settled=8, lines=8)
    know = Knowledge(KNOW.policy, replace(KNOW.rules, bounds=bounds))
    row = None
    for n in range(300):
        action, polarity = chance.choice(ACTS[:-1])
        target = Party(id=f"T{chance.randrange(12)}", name="T")
        claim = a_claim(id=str(n), report_id=str(n), origin=str(n % 90), quote=str(n), action=action, target=target,
                        polarity=polarity, published_at=WHEN + timedelta(hours=n * chance.random() * 9))  # fmt: skip
        row = advance(row, claim, know).entry
        assert len(row.facts) <= 24
        assert len(row.snapshot.lines) <= 8
        assert len(row.sent) <= 24 + 3 * 8
        assert all(len(line.shifts) <= bounds.shifts for line in row.snapshot.lines)
