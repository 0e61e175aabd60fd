"""Frames of one report in; Claim messages, one for each actor and target and bounded in number, out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from schemas import Claim, ClassifiedReport, Party, Report, stable_id
from services.monitor.analysis.claims.frames import Frame
from services.monitor.analysis.claims.sentences import Sentence
from services.monitor.analysis.claims.targets import Targets
from services.monitor.lexicon.policy import Policy

PER_TUPLE = 12
"""Claims kept of one actor, instrument, target and polarity in one report: the ledger merges them anyway."""

MOST_CLAIMS = 100
"""Of one report: four reports of a slot of `told` must fit into one Kafka message. The most seen in a report is 10."""


def claims_of(report: ClassifiedReport | Report, row: Sentence, frame: Frame, policy: Policy) -> Iterator[Claim]:
    """One claim for each actor and target; partners in something mutual are each other's targets."""
    mutual = policy.instruments[frame.hit.slug].scope == "mutual"
    actors = (frame.actor, *(replace(frame.actor, party=party, speaker=None) for party in frame.actor.partners))
    acting = {actor.party.id for actor in actors}
    beyond = tuple(party for party in frame.targets.parties if party.id not in acting)
    for actor in actors:
        others = tuple(other.party for other in actors if other.party.id != actor.party.id) if mutual else ()
        found = Targets(others, inferred=False) if others and (frame.targets.inferred or not beyond) else frame.targets
        one = replace(frame, actor=actor, targets=found)
        for target in (others if found is not frame.targets else beyond) or (None,):
            yield _claim(report, row, one, policy, target)


def _claim(
    report: ClassifiedReport | Report, row: Sentence, frame: Frame, policy: Policy, target: Party | None
) -> Claim:
    slug, actor, outcome = frame.hit.slug, frame.actor, frame.outcome
    key = (
        report.id,
        str(row.start),
        str(frame.hit.start),
        actor.party.id,
        slug,
        outcome.action,
        target.id if target else "",
    )
    return Claim(
        id=stable_id(*key),
        report_id=report.id,
        article_id=report.article_id,
        url=report.url,
        source=report.source,
        publisher=report.publisher,
        origin=report.origin,
        published_at=report.published_at,
        ingested_at=report.ingested_at,
        actor=actor.party,
        speaker=actor.speaker,
        instrument=slug,
        family=policy.row(slug),
        target=target,
        target_inferred=frame.targets.inferred,
        action=outcome.action,  # type: ignore[arg-type]
        polarity=outcome.polarity,  # type: ignore[arg-type]
        stage=frame.stage,
        level=frame.level,
        confidence=frame.confidence,
        reasons=frame.reasons,
        rule=frame.rule,
        quote=row.text,
        start=row.start,
        end=row.end,
        topics=tuple(topic.code for topic in getattr(report, "topics", ())),
        notify=report.notify,
    )


def bounded(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """At most PER_TUPLE claims of one tuple and MOST_CLAIMS in all, the surest; in text order."""
    ranked = sorted(claims, key=lambda c: (-c.confidence, c.start, c.id))
    seen: Counter[tuple[str, str, str | None, int]] = Counter()
    kept: list[Claim] = []
    for claim in ranked:
        key = (claim.actor.id, claim.instrument, claim.target.id if claim.target else None, claim.polarity)
        seen[key] += 1
        if seen[key] <= PER_TUPLE:
            kept.append(claim)
    return tuple(sorted(kept[:MOST_CLAIMS], key=lambda c: (c.start, c.id)))
