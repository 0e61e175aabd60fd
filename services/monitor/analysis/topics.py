"""A report's title and text in; the IPTC Media Topics it is about, with scores and the terms that earned them, out."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas import Topic
from services.monitor.lexicon.topics import Concept, TopicLexicon, TopicSettings

Weights = tuple[tuple[str, float], ...]
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term as it is matched: `rest` follows the first token; `exact` are tokens that must be written so."""

    name: str
    rest: tuple[str, ...]
    exact: tuple[str, ...] | None
    weights: Weights


class TopicModel:
    """Reads topics by weighted terms: no randomness, no state between reports."""

    def __init__(self, lexicon: TopicLexicon) -> None:
        self._concepts = lexicon.concepts
        self._settings = lexicon.settings
        self._patterns = [(p.name, p.expression, p.weights) for p in lexicon.patterns]
        self._index = _index(lexicon)
        self._weights = {e.name: e.weights for es in self._index.values() for e in es} | {
            p.name: _weighed(p.weights, lexicon) for p in lexicon.patterns
        }

    @property
    def concepts(self) -> dict[str, Concept]:
        """The vocabulary by QCode, for names to show."""
        return self._concepts

    def classify(self, title: str, text: str) -> tuple[Topic, ...]:
        """The topics, strongest first: top-level codes, then what is sure below them, ordered by score."""
        hits = self._hits(title, text)
        evidence = _evidence(hits, self._weights)
        kept = _kept(evidence, self._concepts, self._settings)
        return tuple(self._topic(code, score, hits) for code, score in kept)

    def explain(self, title: str, text: str) -> dict[str, tuple[tuple[str, float], ...]]:
        """Every topic with any evidence (QCode), and the terms with the weight each brought, strongest first."""
        hits = self._hits(title, text)
        evidence = _evidence(hits, self._weights)
        return {code: self._earned(code, hits) for code in sorted(evidence, key=lambda c: (-evidence[c], c))}

    def _topic(self, code: str, score: float, hits: dict[str, float]) -> Topic:
        shown = tuple(term for term, _ in self._earned(code, hits)[: self._settings.terms_shown])
        return Topic(code=code, name=self._concepts[code].name, score=round(score, 3), terms=shown)

    def _earned(self, code: str, hits: dict[str, float]) -> tuple[tuple[str, float], ...]:
        earned = [
            (term, round(weight * hit, 3))
            for term, hit in hits.items()
            for topic, weight in self._weights[term]
            if topic == code
        ]
        return tuple(sorted(earned, key=lambda pair: (-pair[1], pair[0])))

    def _hits(self, title: str, text: str) -> dict[str, float]:
        """Term -> how often it was met, weighted by where and damped."""
        settings = self._settings
        counts: dict[str, float] = {}
        for name, _ in self._matches(title):
            counts[name] = counts.get(name, 0.0) + settings.title_weight
        for name, position in self._matches(text):
            counts[name] = counts.get(name, 0.0) + _zone(position, settings)
        for name, expression, _ in self._patterns:
            if found := len(expression.findall(text)) + settings.title_weight * len(expression.findall(title)):
                counts[name] = found
        return {name: count**settings.steepness for name, count in counts.items()}

    def _matches(self, text: str) -> Iterator[tuple[str, int]]:
        """(term, number of its first token) of the longest terms, in text order, none overlapping."""
        tokens = _TOKEN.findall(text.replace("’", "'").replace("'s ", " "))
        lowered = [token.lower() for token in tokens]
        index = self._index
        after = 0
        for position, token in enumerate(lowered):
            if position >= after and token in index:
                for entry in index[token]:
                    if _fits(entry, tokens, lowered, position):
                        yield entry.name, position
                        after = position + 1 + len(entry.rest)
                        break


def _fits(entry: _Entry, tokens: list[str], lowered: list[str], position: int) -> bool:
    end = position + 1 + len(entry.rest)
    if entry.rest and tuple(lowered[position + 1 : end]) != entry.rest:
        return False
    return entry.exact is None or tuple(tokens[position:end]) == entry.exact


def _zone(position: int, settings: TopicSettings) -> float:
    if position < settings.lede_words:
        return settings.lede_weight
    return 1.0 if position < settings.tail_after_words else settings.tail_weight


def _evidence(hits: dict[str, float], weights: dict[str, Weights]) -> dict[str, float]:
    evidence: dict[str, float] = {}
    for term, hit in hits.items():
        for code, weight in weights[term]:
            evidence[code] = evidence.get(code, 0.0) + weight * hit
    return evidence


def _kept(evidence: dict[str, float], concepts: dict[str, Concept], settings: TopicSettings) -> list[tuple[str, float]]:
    """The codes that are sure enough, with their scores, strongest first (then by level and code)."""
    strongest = max(evidence.values(), default=0.0)
    scores: dict[str, float] = {}
    for code, found in evidence.items():
        level = concepts[code].level
        root = found if level == 1 else evidence[_root(code, concepts)]
        if root < settings.share * strongest:
            continue
        if level == 1 or (found >= settings.below_minimum and found >= settings.below_share * root):
            scores[code] = (found / strongest) * (1 - math.exp(-strongest / settings.enough))
    return sorted(scores.items(), key=lambda pair: (-pair[1], concepts[pair[0]].level, pair[0]))


def _root(code: str, concepts: dict[str, Concept]) -> str:
    while (parent := concepts[code].parent) is not None:
        code = parent
    return code


def _index(lexicon: TopicLexicon) -> dict[str, tuple[_Entry, ...]]:
    """Entries by their first token in lower case, longest first, written-as entries before others."""
    entries: dict[str, list[_Entry]] = {}
    known = {term.term for term in lexicon.terms}
    for term in lexicon.terms:
        weights = _weighed(term.weights, lexicon)
        for form in (term.term, *(form for form in _plurals(term.term) if form not in known)):
            tokens = tuple(_TOKEN.findall(form.replace("'s ", " ")))
            if not tokens:
                continue
            lowered = tuple(token.lower() for token in tokens)
            exact = tokens if lowered != tokens else None
            entries.setdefault(lowered[0], []).append(_Entry(term.term, lowered[1:], exact, weights))
    order = {first: sorted(found, key=lambda e: (-len(e.rest), e.exact is None)) for first, found in entries.items()}
    return {first: tuple(found) for first, found in order.items()}


def _plurals(term: str) -> tuple[str, ...]:
    if term != term.lower() or term.endswith("s") or not term[-1].isalpha():
        return ()
    if term.endswith("y") and term[-2:-1] not in "aeiou":
        return (term[:-1] + "ies",)
    return (term + "s", term + "es") if term.endswith(("ch", "sh", "x", "o")) else (term + "s",)


def _weighed(weights: Weights, lexicon: TopicLexicon) -> Weights:
    power, balance = lexicon.settings.power, lexicon.balance
    return tuple((code, weight**power * balance.get(_root(code, lexicon.concepts), 1.0)) for code, weight in weights)
