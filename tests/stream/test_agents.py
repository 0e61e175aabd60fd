"""Agents over lists: what they send, in which order they remember, what they count."""

from typing import Any

import pytest

from schemas import Claim, Message
from services.monitor.agents import alert, extract
from services.monitor.analysis.told import Told, changes
from services.monitor.metrics import Metrics
from services.monitor.offline import Collected, Offline, _stream
from services.monitor.tools import Tools
from tests.builders import a_claim, an_article


class Refusing(Collected[Message]):
    """A broker that acknowledges nothing."""

    async def send(self, messages: Any, *, cause: Message | None = None) -> None:
        raise ConnectionError("no broker")


async def test_a_refused_send_leaves_the_ledger_as_it_was(tools: Tools) -> None:
    ledger: dict[str, Any] = {}
    with pytest.raises(ConnectionError):
        await alert(_stream([a_claim()], Metrics(), "alert"), knowledge=tools.knowledge, ledger=ledger,
                    alerts=Refusing(), stances=Collected(), tally=Metrics())  # fmt: skip
    assert ledger == {}


async def test_the_same_claim_twice_is_one_alert(tools: Tools) -> None:
    alerts: Collected[Any] = Collected()
    await alert(_stream([a_claim(), a_claim()], Metrics(), "alert"), knowledge=tools.knowledge, ledger={},
                alerts=alerts, stances=Collected(), tally=Metrics())  # fmt: skip
    assert [message.type for message in alerts.messages] == ["alert"]


def test_a_new_version_takes_back_the_claims_it_no_longer_makes() -> None:
    old, kept = a_claim(id="c1"), a_claim(id="c2")
    news = changes((old, kept), (kept,))
    assert [(claim.id, claim.retracted) for claim in news.send] == [("c2", False), ("c1", True)]


def test_told_keeps_the_last_reports_of_a_slot_and_no_more() -> None:
    rows: dict[str, Any] = {}
    told = Told(rows, slots=1, each=2)
    for number in range(4):
        told.apply(f"r{number}", changes((), (a_claim(id=f"c{number}", report_id=f"r{number}"),)))
    assert [bool(told.claims(f"r{number}")) for number in range(4)] == [False, False, True, True]
    assert len(rows) == 1


def test_told_forgets_a_report_that_claims_nothing_any_more() -> None:
    rows: dict[str, Any] = {}
    told = Told(rows)
    told.apply("r1", changes((), (a_claim(),)))
    told.apply("r1", changes((a_claim(),), ()))
    assert told.claims("r1") == ()


async def test_extract_remembers_only_after_the_claims_are_acknowledged(tools: Tools) -> None:
    run = Offline(tools)
    await run._feed([an_article()])
    rows: dict[str, Any] = {}
    with pytest.raises(ConnectionError):
        await extract(_stream(run.classified.messages, Metrics(), "extract"), understanding=tools.understanding,
                      told=Told(rows), enriched=Collected(), claims=Refusing(), tally=Metrics())  # fmt: skip
    assert rows == {}


def test_a_canceled_article_cancels_the_alert_that_rested_on_it_alone(tools: Tools) -> None:
    run = Offline(tools)
    said = an_article("The United States has suspended military aid to Ukraine, the White House announced on Tuesday.",
                      url="https://example.com/1")  # fmt: skip
    run.feed([said])
    assert [message.type for message in run.alerts.messages] == ["alert"]
    run.feed([said.model_copy(update={"status": "canceled", "published_at": said.published_at.replace(hour=13)})])
    assert [message.type for message in run.alerts.messages] == ["alert", "cancel"]


def test_quotes_are_substrings_at_their_offsets(tools: Tools) -> None:
    run = Offline(tools)
    said = "LONDON (Reuters) — The US has paused military aid to Ukraine, it “confirmed”.\n\nIt stopped on Monday."
    run.feed([an_article(said)])
    texts = {report.id: report.text for report in run.reports.messages}
    claims: list[Claim] = run.claims.messages
    assert claims
    assert all(texts[claim.report_id][claim.start : claim.end] == claim.quote for claim in claims)


def test_every_part_of_every_article_is_sent_on_or_dropped_for_a_counted_reason(tools: Tools) -> None:
    run = Offline(tools)
    french = "Le gouvernement a annoncé mardi la suspension de son aide militaire, a déclaré le ministre de la Défense."
    articles = [an_article(url="https://example.com/1"), an_article(french, url="https://example.com/2"),
                an_article("", url="https://example.com/3"), an_article(url="https://example.com/4")]  # fmt: skip
    for article in [*articles, *articles]:
        taken = run.decide(article)
        parts = len(taken.divided.parts) if taken.divided and taken.outcome not in ("repeat", "outdated") else 0
        assert parts == len([r for r in taken.reports if r.status == "usable"]) + sum(taken.reasons.values())
        run.feed([article])
    samples = {tuple(s.labels.values()): s.value for m in run.metrics.registry.collect()
               for s in m.samples if s.name == "newsmon_articles_total"}  # fmt: skip
    assert sum(v for (stage, _), v in samples.items() if stage == "deduplicate") == 8
    assert samples["deduplicate", "not-english"] >= 1
    assert samples["deduplicate", "repeat"] >= 2
