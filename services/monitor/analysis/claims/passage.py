"""A parsed sentence, its instruments and what was read before it in; a frame or its failure for each, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from spacy.tokens import Doc

from services.monitor.analysis.claims.anaphora import Recalled, inherited, recalled
from services.monitor.analysis.claims.candidates import Candidate
from services.monitor.analysis.claims.climb import Setting
from services.monitor.analysis.claims.frames import Fallen, Frame, read_hit, token_at
from services.monitor.analysis.claims.place import Place
from services.monitor.analysis.claims.rivals import settle, told
from services.monitor.analysis.claims.surroundings import Context
from services.monitor.analysis.claims.verbframes import carried
from services.monitor.lexicon.patterns import Hit
from services.monitor.lexicon.policy import Policy


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence's place in its report. `day`: when the report was published."""

    index: int
    context: Context
    policy: Policy
    day: date

    def at(self, hit: Hit, **more: Any) -> Place:
        """Where one instrument is read; `more`: fields of the Setting."""
        row, instrument = self.context.row(self.index), self.policy.instruments[hit.slug]
        setting = Setting(
            acts=self.policy.acts,
            slug=hit.slug,
            kind=instrument.kind,
            scope=instrument.scope,
            hit_kind=hit.kind,
            headline=row.sentence.line,
            opens=row.first,
            span=(hit.start, hit.end),
            day=self.day,
            depth=row.depth,
            measures=self.policy.measures,
            **more,
        )
        return Place(row, self.index, self.context, setting)


def read_passage(doc: Doc, found: Candidate, passage: Passage, before: Sequence[Frame]) -> tuple[Frame | Fallen, ...]:
    """All results of a sentence. `before`: frames of the sentences before it, oldest first."""
    text = doc.text.strip()
    unsure = next((phrase for phrase in passage.policy.acts.moods["unsure"] if phrase in text.lower()), "")
    if text.endswith("?") or unsure:
        return tuple(Fallen(hit, f"unsure: {unsure}" if unsure else "question") for hit in found.hits)
    results = settle(tuple(_named(doc, found, passage)), doc, passage.policy.instruments)
    return (*results, *_retold(doc, results, passage, before))


def _named(doc: Doc, found: Candidate, passage: Passage) -> Iterator[Frame | Fallen]:
    """Sayings, instruments that the sentence names beside them, and those that a verb brings with it."""
    said = tuple(read_hit(doc, one.hit, passage.at(one.hit, said=one)) for one in found.said)
    yield from said
    hits = tuple(hit for hit in found.hits if not told(hit, said, passage.policy))
    heads = frozenset(token.i for hit in hits if (token := token_at(doc, hit.head_start)) is not None)
    extras = tuple(carried(doc, passage.context.row(passage.index), passage.policy.acts))
    taken = {extra.hit.head_start for extra in extras}
    for hit in hits:
        if hit.head_start not in taken:
            yield read_hit(doc, hit, passage.at(hit), heads)
    for extra in extras:
        place = passage.at(extra.hit, carried=(extra.verb, extra.action, extra.polarity))
        yield read_hit(doc, extra.hit, place, heads)


def _retold(
    doc: Doc, results: Sequence[Frame | Fallen], passage: Passage, before: Sequence[Frame]
) -> Iterator[Frame | Fallen]:
    """What the sentence does to something told before: "it lifted the measures"."""
    same = [result for result in results if isinstance(result, Frame)]
    for old in recalled(doc, before, same, passage.policy.acts):
        found = read_hit(doc, old.hit, _heir(old, passage))
        told = inherited(found, old.frame) if isinstance(found, Frame) else None
        if told is not None:
            yield told


def _heir(old: Recalled, passage: Passage) -> Place:
    action, polarity = old.frame.outcome.action, old.frame.outcome.polarity
    actor = replace(old.frame.actor, how="named", strong=True, token=-1)
    return replace(passage.at(old.hit, recalled=(action, polarity)), heir=actor)
