"""A sentence in; whether it can hold a claim, and the instruments it names, out. The parser reads only what passes."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.monitor.lexicon.patterns import Hit
from services.monitor.lexicon.policy import Policy
from services.monitor.lexicon.sayings import Said
from services.monitor.lexicon.words import Word, words

DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
"""Words before a noun that has been spoken of."""

MAX_HITS = 10
"""Instruments read in one sentence; more is a list or a flood."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence worth parsing."""

    text: str
    hits: tuple[Hit, ...]
    said: tuple[Said, ...] = ()


class Prefilter:
    """Two set look-ups, then the phrase patterns: the cheap stages before the parser."""

    def __init__(self, policy: Policy) -> None:
        acts = policy.acts
        self._phrases = policy.phrases
        self._sayings = policy.sayings
        self._carriers = frozenset(
            form for form, bases in acts.forms.items() if any(base in acts.frames for base in bases)
        )
        verbs = {
            form
            for form, bases in acts.forms.items()
            if any(base in acts.verbs or _realises(policy, base) for base in bases)
        }
        doubts = acts.doubts.words
        self._again = frozenset(acts.nouns) | doubts["papers"] | doubts["burdens"]
        self._triggers = frozenset(verbs | self._carriers | set(acts.nouns) | _evaluations(policy))

    def again(self, text: str) -> Candidate | None:
        """A sentence that speaks of something by a definite noun and does something: "it lifted the measures"."""
        row = words(text)
        if all(word.folded not in self._triggers and word.lower not in self._triggers for word in row):
            return None
        spoken = any(
            word.folded in self._again and {near.lower for near in row[max(0, i - 2) : i]} & DEFINITE
            for i, word in enumerate(row)
        )
        return Candidate(text, ()) if spoken else None

    def take(self, text: str) -> Candidate | None:
        """None: no saying, and no trigger or no instrument, so no claim."""
        row = words(text)
        said = self._sayings.find(row)
        hits = self._hits(row)
        return Candidate(text, hits or (), said) if said or hits is not None else None

    def _hits(self, row: Sequence[Word]) -> tuple[Hit, ...] | None:
        folded = {word.folded for word in row}
        lowers = {word.lower for word in row}
        carries = not lowers.isdisjoint(self._carriers)
        if folded.isdisjoint(self._phrases.anchors) and not carries:
            return None
        if folded.isdisjoint(self._triggers) and lowers.isdisjoint(self._triggers):
            return None
        hits = self._phrases.find(row)
        return hits[:MAX_HITS] if hits or carries else None


def _realises(policy: Policy, base: str) -> bool:
    classes = policy.acts.classes
    return any(base in classes[name] for name in ("realise", "light", "law", "refuse", "cease", "allow"))


def _evaluations(policy: Policy) -> set[str]:
    phrases = [phrase for found in policy.acts.predicates.values() for phrase in found]
    return {words(phrase)[-1].folded for phrase in phrases}
