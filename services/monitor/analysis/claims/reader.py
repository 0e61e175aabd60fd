"""A report in; the claims its sentences make, with the verdict on every sentence that was read, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeGuard

from spacy.language import Language

from schemas import Claim, ClassifiedReport, Report
from services.monitor.analysis.actors.gazetteer import ActorMention, Gazetteer
from services.monitor.analysis.claims.anaphora import REACH
from services.monitor.analysis.claims.candidates import Candidate, Prefilter
from services.monitor.analysis.claims.frames import Fallen, Frame
from services.monitor.analysis.claims.messages import bounded, claims_of
from services.monitor.analysis.claims.named import Named, named
from services.monitor.analysis.claims.parsing import Name, Parser, Source
from services.monitor.analysis.claims.passage import Passage, read_passage
from services.monitor.analysis.claims.sentences import Sentence, deep, sentences
from services.monitor.analysis.claims.surroundings import Context
from services.monitor.analysis.claims.titles import LEDE, SURE, bearer
from services.monitor.lexicon.policy import Policy

KEPT = 0.3
HANDOVER = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one instrument in one sentence, for `newsmon explain`."""

    start: int
    end: int
    instrument: str
    kept: bool
    why: str
    trail: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Claims in text order, and the verdicts."""

    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]


class Reader:
    """Reads reports. Holds the parser and a bounded memo of parses; the result depends on the report alone."""

    def __init__(self, nlp: Language, gazetteer: Gazetteer, policy: Policy) -> None:
        self._parser = Parser(nlp, policy.plain)
        self._gazetteer = gazetteer
        self._policy = policy
        self._prefilter = Prefilter(policy)

    def read(self, report: ClassifiedReport | Report) -> Reading:
        """All claims of a usable report."""
        rows = sentences(report.text)
        chosen, titled = tuple(self._chosen(rows)), self._prefilter.take(report.title)
        if not chosen and titled is None:
            return Reading((), ())
        context = self._context(report, rows)
        docs = self._parser.parse([_source(context.row(i)) for i, _ in chosen])
        read: list[tuple[int, Frame | Fallen]] = []
        for (i, found), doc in zip(chosen, docs, strict=True):
            before = [result for row, result in read if i - row <= REACH and _kept(result)]
            passage = Passage(i, context, self._policy, report.published_at.date())
            read += [(i, result) for result in read_passage(doc, found, passage, before)]
        if titled is not None and not report.text.startswith(report.title):
            read += self._headline(report, context, titled, read)
        claims = [
            claim for i, result in read if _kept(result) for claim in claims_of(report, rows[i], result, self._policy)
        ]
        return Reading(bounded(claims), tuple(_verdict(rows[i], result) for i, result in read))

    def _headline(
        self, report: Report, context: Context, found: Candidate, read: Sequence[tuple[int, Frame | Fallen]]
    ) -> Iterator[tuple[int, Frame | Fallen]]:
        """What the title claims, quoted from the sentence of the text that bears it out."""
        title = context.headline(self._gazetteer.find_open(report.title, report.published_at))
        (doc,) = self._parser.parse([_source(title.row(0))])
        passage = Passage(0, title, self._policy, report.published_at.date())
        for result in read_passage(doc, found, passage, ()):
            if isinstance(result, Frame) and result.confidence >= SURE and result.stage != "floated":
                place = bearer(result, read, context.rows(LEDE), self._policy.instruments)
                if place is not None:
                    yield place, replace(result, rule=f"headline+{result.rule}")

    def _chosen(self, rows: Sequence[Sentence]) -> Iterator[tuple[int, Candidate]]:
        """Sentences to parse: with an instrument, or speaking again of one just named."""
        last = -REACH - 1
        for i, row in enumerate(rows):
            found = self._prefilter.take(row.text)
            if found is not None:
                last = i
            elif i - last <= REACH:
                found = self._prefilter.again(row.text)
            if found is not None:
                yield i, found

    def _context(self, report: Report, rows: Sequence[Sentence]) -> Context:
        when = report.published_at
        mentions = self._gazetteer.find(report.text, when)
        mentions = tuple(m for m in mentions if m.official or m.role != "government" or self._recent(m, when))
        opens = self._gazetteer.find_open(report.text, when)
        found = [replace(named(row, mentions, opens, first=not i), depth=d) for i, (row, d) in enumerate(deep(rows))]
        return Context(report.title, found, self._gazetteer.find(report.title, when) if report.title else ())

    def _recent(self, mention: ActorMention, when: datetime) -> bool:
        """A government called after its former head counts for a while: sources confuse them around a handover."""
        return any(m.official for m in self._gazetteer.find(mention.text, when - HANDOVER))


def _source(row: Named) -> Source:
    first = row.sentence.start
    names = tuple(Name(m.start - first, m.end - first, m.role) for m in row.mentions)
    return Source(row.sentence.text, names, row.sentence.line or row.first)


def _kept(result: Frame | Fallen) -> TypeGuard[Frame]:
    return isinstance(result, Frame) and result.confidence >= KEPT


def _verdict(row: Sentence, result: Frame | Fallen) -> Verdict:
    if isinstance(result, Fallen):
        return Verdict(row.start, row.end, result.hit.slug, kept=False, why=result.why, trail=result.trail)
    kept = result.confidence >= KEPT
    outcome = result.outcome
    why = f"{result.actor.party.id} {outcome.action} {outcome.polarity:+d} {result.stage} {result.confidence}"
    return Verdict(row.start, row.end, result.hit.slug, kept=kept, why=why, trail=result.reasons)
