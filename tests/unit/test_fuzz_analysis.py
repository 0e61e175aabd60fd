"""Whatever the words: no exception, every offset inside its text, every quote a piece of it, the same result twice."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import Article, Entry
from services.monitor.analysis.actors.entities import entities
from services.monitor.analysis.claims.sentences import MAX_CHARACTERS, sentences
from services.monitor.analysis.intake.copies import judge
from services.monitor.analysis.intake.fingerprints import containment, fingerprint
from services.monitor.analysis.intake.furniture import Judge
from services.monitor.analysis.intake.memory import CopyMemory
from services.monitor.analysis.intake.segments import find_cuts
from services.monitor.analysis.intake.text import clean
from services.monitor.analysis.ledger.fold import advance
from services.monitor.lexicon.boilerplate import load_boilerplate
from services.monitor.offline import Offline
from services.monitor.tools import Tools
from tests.builders import UKR, WHEN, a_claim, a_report, an_article
from tests.fuzz.strategies import days, texts

fast = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
fewer = settings(fast, max_examples=60)


@pytest.fixture(scope="module")
def boilerplate():
    return load_boilerplate()


@fast
@given(texts)
def test_every_run_of_a_cleaned_line_stands_in_the_article(boilerplate, text):
    cleaned = clean(text, Judge(boilerplate))
    for line in cleaned.lines:
        assert line.text == line.text.strip() != ""
        assert all(0 <= at <= at + length <= len(text) for _, at, length in line.runs)
    assert all(0 <= gone.start <= gone.end <= len(text) for gone in cleaned.dropped)


@fast
@given(st.lists(texts.filter(str.strip), max_size=12))
def test_cuts_are_lines(boilerplate, lines):
    assert all(0 < cut.line < len(lines) for cut in find_cuts(lines, boilerplate))


@fast
@given(texts)
def test_sentences_are_pieces_in_order_without_overlap_and_short_enough(text):
    end = 0
    for sentence in sentences(text):
        assert sentence.start >= end
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert 0 < len(sentence.text) <= MAX_CHARACTERS
        end = sentence.end


@fast
@given(texts, texts)
def test_likeness_is_symmetrical_and_a_text_is_like_itself(one, other):
    left, right = fingerprint(one), fingerprint(other)
    assert containment(left, right) == containment(right, left)
    assert containment(left, left)[0] == (1.0 if left.shingles.size else 0.0)
    assert judge(left, CopyMemory({}), "a").kind == "original"


@fast
@given(texts, texts)
def test_topics_are_in_order_and_their_scores_are_shares(tools: Tools, title, text):
    scores = [topic.score for topic in tools.topics.classify(title, text)]
    assert scores == sorted(scores, reverse=True)


spans = st.tuples(st.integers(0, 90), st.integers(1, 25), st.sampled_from(["PERSON", "ORG", "GPE", "X"]))


@fast
@given(texts, days, st.lists(spans, max_size=8))
def test_names_and_entities_stand_where_they_say(tools: Tools, text, when, found):
    gazetteer, moment = tools.understanding._gazetteer, when.replace(tzinfo=UTC)
    mentions = gazetteer.find(text, moment)
    assert all(text[m.start : m.end] == m.text for m in (*mentions, *gazetteer.find_open(text, moment)))
    assert all(one.end <= two.start for one, two in pairwise(mentions))
    ner = sorted((a, min(a + n, len(text)), kind) for a, n, kind in found if a < len(text))
    for entity in entities(text, mentions, ner):
        assert all(text[m.start : m.end] == m.text for m in entity.mentions)


@fewer
@given(texts, texts, days)
def test_every_quote_is_a_piece_of_the_report_and_reading_twice_is_reading_once(tools: Tools, title, text, when):
    report = a_report(text, title=title, published_at=when.replace(tzinfo=UTC))
    reading = tools.reader.read(report)
    assert all(text[claim.start : claim.end] == claim.quote for claim in reading.claims)
    assert tools.reader.read(report) == reading


claims = st.builds(
    lambda day, number, changes: a_claim(
        id=f"c{number}", report_id=f"r{number % 5}.1", article_id=f"r{number % 5}",
        published_at=day.replace(tzinfo=UTC), **changes),
    days, st.integers(0, 9),
    st.fixed_dictionaries({}, optional={
        "polarity": st.sampled_from([-1, 0, 1]),
        "stage": st.sampled_from(["floated", "announced", "in-effect", "denied"]),
        "target": st.sampled_from([None, UKR]), "instrument": st.sampled_from(["military-aid", "no-such-thing"]),
        "confidence": st.floats(0, 1), "retracted": st.booleans(), "quote": texts,
        "action": st.sampled_from(["suspend", "resume", "extend", "deny", "end"]),
    }),
)  # fmt: skip


@fast
@given(st.lists(claims, max_size=12))
def test_the_ledger_takes_any_claims_and_a_repeat_changes_nothing(tools: Tools, given_):
    entry = None
    for claim in given_:
        entry = advance(entry, claim, tools.knowledge).entry
    for claim in given_:
        again = advance(entry, claim, tools.knowledge)
        assert (again.alerts, again.stances, again.entry) == ((), (), entry)


articles = st.builds(
    lambda text, title, day, url, entries: Article(
        source="Example Times", title=title, text=text, published_at=day.replace(tzinfo=UTC), url=url,
        entries=tuple(Entry(start=start, title=title) for start in entries)),
    texts, texts, days, st.sampled_from([None, "http://a.example/1", "http://["]),
    st.lists(st.integers(0, 200), max_size=3),
)  # fmt: skip


@settings(fast, max_examples=40)
@given(st.lists(articles, min_size=1, max_size=3))
def test_any_articles_go_through_all_four_agents_and_each_is_counted_once_per_stage(tools: Tools, given_):
    run = Offline(tools)
    run.feed(given_)
    samples = {(s.name, *s.labels.values()): s.value for m in run.metrics.registry.collect() for s in m.samples}
    for stage in ("deduplicate", "classify", "extract", "alert"):
        came = samples.get(("newsmon_messages_received_total", stage), 0)
        assert came == sum(v for key, v in samples.items() if key[:2] == ("newsmon_articles_total", stage))
    texts_of = {(report.id, report.version): report.text for report in run.reports.messages}
    for report in run.enriched.messages:
        text = texts_of[report.id, report.version]
        assert all(text[claim.start : claim.end] == claim.quote for claim in report.claims)
    run.feed([an_article(url="http://after.example/")])


@pytest.mark.parametrize("when", [datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, 23, 59, tzinfo=UTC)])
def test_the_first_and_the_last_date_go_through_all_four_agents(tools: Tools, when: datetime):
    run = Offline(tools)
    said = "The United States has suspended military aid to Ukraine, the Trump administration said."
    run.feed([an_article(said, published_at=when), an_article(said, url="http://b.example", published_at=WHEN)])
    assert run.alerts.messages
