"""A parsed sentence in; verbs that carry their instrument with them ("recognised Palestine", "quit Unesco") out."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from services.monitor.analysis.actors.gazetteer import ActorMention
from services.monitor.analysis.claims.grammar import acts_of, children, is_passive, is_verb, prep_chain
from services.monitor.analysis.claims.named import Named
from services.monitor.lexicon.acts import Acts, VerbFrame
from services.monitor.lexicon.patterns import Hit
from services.monitor.lexicon.words import fold

_MEMBERSHIPS = {"NATO": "nato-membership", "EUU": "eu-membership"}
_STATES = frozenset({"state", "capital", "person", "government", "organisation", "demonym"})


@dataclass(frozen=True, slots=True)
class Carried:
    """A hit on the verb's object, and what the verb does."""

    hit: Hit
    verb: int
    action: str
    polarity: int


def carried(doc: Doc, row: Named, acts: Acts) -> Iterator[Carried]:
    """One for each verb frame whose object fits."""
    for token in doc:
        if not is_verb(token):
            continue
        for entry in acts_of(token, acts.frames, acts):
            frame = acts.frame_of[entry]
            thing = _object(token, entry.preps)
            slug = _instrument(thing, frame, row, acts) if thing is not None else None
            if thing is not None and slug is not None:
                hit = Hit(
                    slug, "patterns", thing.idx, thing.idx + len(thing), thing.idx, thing.idx + len(thing), acts=False
                )
                yield Carried(hit, token.i, frame.action, frame.polarity)
                break


def _object(verb: Token, preps: frozenset[str]) -> Token | None:
    if preps:
        for prep in children(verb, "prep"):
            for deep in (prep, *children(prep, "prep")):
                if preps.intersection(prep_chain(deep)[0]):
                    found = next(children(deep, "pobj"), None)
                    if found is not None:
                        return found
        return None
    if is_passive(verb):
        return next(children(verb, "nsubjpass"), None)
    return next(children(verb, "dative"), None) or next(children(verb, "dobj"), None)


def _instrument(thing: Token, frame: VerbFrame, row: Named, acts: Acts) -> str | None:
    """The frame's instrument if the object is what it asks for."""
    mention, key = _mention(thing, row), fold(thing.lower_)
    if frame.object == "organisation":
        known = mention is not None and mention.role == "organisation"
        return _MEMBERSHIPS.get(mention.party.id, frame.instrument) if known and mention is not None else None
    fits = {
        "any": thing.tag_ not in {"PRP", "WDT", "WP"},
        "workers": key in acts.looks["workers"],
        "giants": thing.lower_ in acts.looks["giants"],
        "people": key in acts.looks["people"] or (thing.tag_ == "NNPS" and mention is not None),
        "party": mention is not None or key in acts.looks["sanctionable"],
        "state": mention is not None and mention.role in _STATES,
    }
    return frame.instrument if fits[frame.object] else None


def _mention(thing: Token, row: Named) -> ActorMention | None:
    """A mention on the object's head word, or on a word before "government", "state" and the like."""
    if thing.lower_ in {"government", "state", "independence", "sovereignty", "statehood", "republic"}:
        beside = next(children(thing, "compound", "amod", "poss"), None)
        thing = beside if beside is not None else thing
    position = row.sentence.start + thing.idx
    return next((m for m in row.mentions if m.start <= position < m.end), None)
