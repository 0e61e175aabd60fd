"""A report's title and text in; the IPTC Media Topics it is about, with scores and the terms that earned them, out."""

import math

from schemas import Topic
from services.monitor.analysis.topic_terms import TermFinder
from services.monitor.lexicon.topics import Concept, TopicLexicon, TopicSettings

Weights = tuple[tuple[str, float], ...]


class TopicModel:
    """Reads topics by weighted terms: no randomness, no state between reports."""

    def __init__(self, lexicon: TopicLexicon) -> None:
        self._concepts = lexicon.concepts
        self._settings = lexicon.settings
        self._patterns = [(p.name, p.expression) for p in lexicon.patterns]
        self._finder = TermFinder(term.term for term in lexicon.terms)
        sources = [(term.term, term.weights) for term in lexicon.terms] + [
            (p.name, p.weights) for p in lexicon.patterns
        ]
        self._weights = {name: _weighed(weights, lexicon) for name, weights in sources}

    @property
    def concepts(self) -> dict[str, Concept]:
        """The vocabulary by QCode, for names to show."""
        return self._concepts

    def classify(self, title: str, text: str) -> tuple[Topic, ...]:
        """The topics, strongest first: top-level codes, then what is sure below them, ordered by score."""
        hits = self._hits(title, text)
        evidence = _evidence(hits, self._weights)
        in_title = _evidence(self._hits(title, ""), self._weights)
        kept = _kept(evidence, in_title, self._concepts, self._settings)
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
        for name, _ in self._finder.find(title):
            counts[name] = counts.get(name, 0.0) + settings.title_weight
        for name, position in self._finder.find(text):
            counts[name] = counts.get(name, 0.0) + _zone(position, settings)
        for name, expression in self._patterns:
            if found := len(expression.findall(text)) + settings.title_weight * len(expression.findall(title)):
                counts[name] = found
        return {name: count**settings.steepness for name, count in counts.items()}


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


def _kept(
    evidence: dict[str, float], in_title: dict[str, float], concepts: dict[str, Concept], settings: TopicSettings
) -> list[tuple[str, float]]:
    """The codes that are sure enough, with their scores, strongest first (then by level and code)."""
    roots = {code: _root(code, concepts) for code in evidence}
    strongest = max((evidence[root] for root in roots.values()), default=0.0)
    sure = 1 - math.exp(-strongest / settings.enough)
    scores: dict[str, float] = {}
    for code, found in evidence.items():
        root = evidence[roots[code]]
        named = in_title.get(code, 0.0) >= settings.below_minimum
        below = found >= settings.below_minimum and (named or found >= settings.below_share * root)
        if root >= settings.share * strongest and (below or code == roots[code]):
            scores[code] = min(1.0, found / strongest) * sure
    return sorted(scores.items(), key=lambda pair: (-pair[1], concepts[pair[0]].level, pair[0]))


def _root(code: str, concepts: dict[str, Concept]) -> str:
    while (parent := concepts[code].parent) is not None:
        code = parent
    return code


def _weighed(weights: Weights, lexicon: TopicLexicon) -> Weights:
    power, balance = lexicon.settings.power, lexicon.balance
    return tuple((code, weight**power * balance.get(_root(code, lexicon.concepts), 1.0)) for code, weight in weights)
