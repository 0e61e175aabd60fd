"""A parsed sentence and what was read before it in; nouns that stand for that ("the pause", "its measures") out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from services.monitor.analysis.claims.candidates import DEFINITE
from services.monitor.analysis.claims.frames import Frame
from services.monitor.analysis.claims.grammar import children, noun_key
from services.monitor.analysis.claims.novelty import WHEN
from services.monitor.lexicon.acts import Acts
from services.monitor.lexicon.patterns import Hit

REACH = 3
"""Sentences back. Further off, "the ban" is as likely another one (storylines, tune half)."""

_OWN = frozenset({"of", "on", "to", "against", "for", "in", "from", "with"})


@dataclass(frozen=True, slots=True)
class Recalled:
    """A noun of this sentence, and the frame it stands for."""

    hit: Hit
    frame: Frame


def recalled(doc: Doc, before: Sequence[Frame], same: Sequence[Frame], acts: Acts) -> Iterator[Recalled]:
    """`before`: frames of the sentences before, oldest first; `same`: of this sentence."""
    taken = {frame.hit.head_start for frame in same}
    for token in doc:
        if token.idx in taken or not _definite(token):
            continue
        known = [*before, *(frame for frame in same if frame.hit.head_end < token.idx)]
        frame = next((frame for frame in reversed(known) if _stands_for(token, frame, acts)), None)
        if frame is not None:
            start, end = token.idx, token.idx + len(token)
            yield Recalled(Hit(frame.hit.slug, "patterns", start, end, start, end, acts=False), frame)


def inherited(found: Frame, old: Frame) -> Frame | None:
    """The frame with the old one's targets; None if it tells no more than the old one or is another's act."""
    turned = found.outcome.polarity != old.outcome.polarity or found.outcome.action in {"extend", "delay"}
    if found.actor.party.id != old.actor.party.id or not (turned or old.stage == "floated"):
        return None
    named = bool(found.targets.parties) and not found.targets.inferred
    return found if named else replace(found, targets=replace(old.targets, inferred=bool(old.targets.parties)))


def _definite(token: Token) -> bool:
    """ "The pause", "its full withdrawal"; not "the pause in fighting", "the travel ban", "the German decision"."""
    if token.tag_ not in {"NN", "NNS"} or token.dep_ in {"compound", "amod", "nmod", "poss"}:
        return False
    if not any(child.lower_ in DEFINITE for child in children(token, "det", "poss")):
        return False
    return not any(_specified(child, token) for child in token.children)


def _specified(child: Token, noun: Token) -> bool:
    """The noun says itself which one is meant."""
    if child.dep_ in {"compound", "nmod", "nummod", "appos"}:
        return True
    if child.dep_ == "amod":
        return child.text[0].isupper()
    if child.dep_ == "poss":
        return child.lower_ not in DEFINITE
    if child.i < noun.i or child.dep_ in {"acl", "relcl"}:
        return child.i > noun.i
    timed = any(thing.lower_ in WHEN for thing in children(child, "pobj"))  # "lifted the ban on Monday"
    return child.dep_ == "prep" and child.lower_ in _OWN and not timed


def _stands_for(token: Token, frame: Frame, acts: Acts) -> bool:
    key, words = noun_key(token), acts.doubts.words
    if key in words["papers"]:
        return True
    if key in words["burdens"] and (frame.hit.slug in words["burdening"] or frame.outcome.action == "impose"):
        return True
    act = acts.nouns.get(key)
    return act is not None and act.polarity == frame.outcome.polarity
