"""A report in; the claims its sentences make, with the verdict on every sentence that was read, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from spacy.language import Language
from spacy.tokens import Doc

from schemas import Claim, ClassifiedReport, Report
from services.monitor.analysis.actors.gazetteer import ActorMention, Gazetteer
from services.monitor.analysis.claims.candidates import Candidate, Prefilter
from services.monitor.analysis.claims.climb import Setting
from services.monitor.analysis.claims.frames import Fallen, Frame, read_hit, token_at
from services.monitor.analysis.claims.messages import bounded, claims_of
from services.monitor.analysis.claims.parsing import Name, Parser, Source
from services.monitor.analysis.claims.place import Place
from services.monitor.analysis.claims.rivals import settle, told
from services.monitor.analysis.claims.sentences import Sentence, deep, sentences
from services.monitor.analysis.claims.surroundings import Context, Named, named
from services.monitor.analysis.claims.titles import LEDE, SURE, bearer
from services.monitor.analysis.claims.verbframes import carried
from services.monitor.lexicon.patterns import Hit
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
        candidates = [(i, self._prefilter.take(row.text)) for i, row in enumerate(rows)]
        chosen = [(i, found) for i, found in candidates if found is not None]
        if not chosen:
            return Reading((), ())
        context = self._context(report, rows)
        docs = self._parser.parse([_source(context.row(i)) for i, _ in chosen])
        read: list[tuple[int, Frame | Fallen]] = []
        for (i, found), doc in zip(chosen, docs, strict=True):
            results = settle(tuple(self._frames(report, context, i, found, doc)), doc, self._policy.instruments)
            read += [(i, result) for result in results]
        read += self._headline(report, context, read)
        claims = [
            claim
            for i, result in read
            if isinstance(result, Frame) and result.confidence >= KEPT
            for claim in claims_of(report, rows[i], result, self._policy)
        ]
        return Reading(bounded(claims), tuple(_verdict(rows[i], result) for i, result in read))

    def _headline(
        self, report: Report, context: Context, read: Sequence[tuple[int, Frame | Fallen]]
    ) -> Iterator[tuple[int, Frame | Fallen]]:
        """What the title claims, quoted from the sentence of the text that bears it out."""
        found = self._prefilter.take(report.title)
        title = context.headline(self._gazetteer.find_open(report.title, report.published_at))
        if found is None or title is None or report.text.startswith(report.title):
            return
        (doc,) = self._parser.parse([_source(title.row(0))])
        for result in settle(tuple(self._frames(report, title, 0, found, doc)), doc, self._policy.instruments):
            if isinstance(result, Frame) and result.confidence >= SURE and result.stage != "floated":
                place = bearer(result, read, context.rows(LEDE), self._policy.instruments)
                if place is not None:
                    yield place, replace(result, rule=f"headline+{result.rule}")

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

    def _frames(self, report: Report, context: Context, i: int, found: Candidate, doc: Doc) -> Iterator[Frame | Fallen]:
        row: Named = context.row(i)
        if row.sentence.text.endswith("?"):
            yield from (Fallen(hit, "question") for hit in found.hits)
            return
        unsure = next((p for p in self._policy.acts.moods["unsure"] if p in row.sentence.text.lower()), None)
        said = tuple(self._said(report, context, i, found, doc)) if unsure is None else ()
        yield from said
        heads = frozenset(token.i for hit in found.hits if (token := token_at(doc, hit.head_start)) is not None)
        extras = tuple(carried(doc, row, self._policy.acts)) if unsure is None else ()
        carried_heads = {extra.hit.head_start for extra in extras}
        for hit in found.hits:
            if hit.head_start in carried_heads or told(hit, said, self._policy):
                continue
            if unsure is not None:
                yield Fallen(hit, f"unsure: {unsure}")
                continue
            yield read_hit(doc, hit, Place(row, i, context, self._setting(hit, row, report)), heads)
        for extra in extras:
            setting = replace(self._setting(extra.hit, row, report), carried=(extra.verb, extra.action, extra.polarity))
            yield read_hit(doc, extra.hit, Place(row, i, context, setting), heads)

    def _said(self, report: Report, context: Context, i: int, found: Candidate, doc: Doc) -> Iterator[Frame | Fallen]:
        row = context.row(i)
        for said in found.said:
            setting = replace(self._setting(said.hit, row, report), said=said)
            yield read_hit(doc, said.hit, Place(row, i, context, setting))

    def _setting(self, hit: Hit, row: Named, report: Report) -> Setting:
        instrument = self._policy.instruments[hit.slug]
        return Setting(
            acts=self._policy.acts,
            slug=hit.slug,
            kind=instrument.kind,
            scope=instrument.scope,
            hit_kind=hit.kind,
            span=(hit.start, hit.end),
            headline=row.sentence.line,
            opens=row.first,
            day=report.published_at.date(),
            depth=row.depth,
            measures=self._policy.measures,
        )


def _source(row: Named) -> Source:
    first = row.sentence.start
    names = tuple(Name(m.start - first, m.end - first, m.role) for m in row.mentions)
    return Source(row.sentence.text, names, row.sentence.line or row.first)


def _verdict(row: Sentence, result: Frame | Fallen) -> Verdict:
    if isinstance(result, Fallen):
        return Verdict(row.start, row.end, result.hit.slug, kept=False, why=result.why, trail=result.trail)
    kept = result.confidence >= KEPT
    outcome = result.outcome
    why = f"{result.actor.party.id} {outcome.action} {outcome.polarity:+d} {result.stage} {result.confidence}"
    return Verdict(row.start, row.end, result.hit.slug, kept=kept, why=why, trail=result.reasons)
