"""A report's title and text in; the IPTC Media Topics it is about, with scores and the terms that earned them, out."""

import math

from schemas import Topic
from services.monitor.analysis.topics.terms import TermFinder
from services.monitor.lexicon.topics import Concept, TopicLexicon, TopicSettings

Weights = tuple[tuple[str, float], ...]


class TopicModel:
    """Reads topics by weighted terms: no randomness, no state between reports."""

    def __init__(self, lexicon: TopicLexicon) -> None:
        self._lexicon = lexicon
        self._finder = TermFinder(term.term for term in lexicon.terms)
        power = lexicon.settings.power
        self._weights = {term.term: _raised(term.weights, power) for term in lexicon.terms}
        self._weights |= {pattern.name: _raised(pattern.weights, power) for pattern in lexicon.patterns}

    @property
    def concepts(self) -> dict[str, Concept]:
        """The vocabulary by QCode, for names to show."""
        return self._lexicon.concepts

    def classify(self, title: str, text: str) -> tuple[Topic, ...]:
        """The top-level topics and what is sure below them, strongest first; empty where no term is known."""
        hits = self._hits(title, text)
        in_title = _evidence(self._hits(title, ""), self._weights)
        kept = _kept(_evidence(hits, self._weights), in_title, self._lexicon)
        return tuple(self._topic(code, score, hits) for code, score in kept)

    def explain(self, title: str, text: str) -> dict[str, tuple[tuple[str, float], ...]]:
        """Every topic with any evidence (QCode), and the terms with the weight each brought, strongest first."""
        hits = self._hits(title, text)
        evidence = _evidence(hits, self._weights)
        return {code: self._earned(code, hits) for code in sorted(evidence, key=lambda c: (-evidence[c], c))}

    def _topic(self, code: str, score: float, hits: dict[str, float]) -> Topic:
        shown = tuple(term for term, _ in self._earned(code, hits)[: self._lexicon.settings.terms_shown])
        return Topic(code=code, name=self._lexicon.concepts[code].name, score=round(score, 3), terms=shown)

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
        settings = self._lexicon.settings
        counts: dict[str, float] = {}
        for name, _ in self._finder.find(title):
            counts[name] = counts.get(name, 0.0) + settings.title_weight
        for name, position in self._finder.find(text):
            counts[name] = counts.get(name, 0.0) + _zone(position, settings)
        for pattern in self._lexicon.patterns:
            find = pattern.expression.findall
            if found := len(find(text)) + settings.title_weight * len(find(title)):
                counts[pattern.name] = found
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


def _kept(evidence: dict[str, float], in_title: dict[str, float], lexicon: TopicLexicon) -> list[tuple[str, float]]:
    """The codes that are sure enough, with their scores, strongest first (then by level and code)."""
    concepts, settings = lexicon.concepts, lexicon.settings
    tops = _tops({code: found for code, found in evidence.items() if concepts[code].level == 1}, lexicon)
    strongest = max(tops.values(), default=0.0)
    sure = 1 - math.exp(-strongest / settings.enough)
    scores = {code: strength / strongest * sure for code, strength in tops.items()}
    for code, found in evidence.items():
        top = _top(code, concepts)
        if code != top and top in tops and _is_sure(found, evidence[top], in_title.get(code, 0.0), settings):
            scores[code] = min(1.0, found * lexicon.balance.get(top, 1.0) / strongest) * sure
    return sorted(scores.items(), key=lambda pair: (-pair[1], concepts[pair[0]].level, pair[0]))


def _tops(evidence: dict[str, float], lexicon: TopicLexicon) -> dict[str, float]:
    """The strongest top topic and those that stand beside it, with their balanced evidence."""
    strengths = {code: found * lexicon.balance.get(code, 1.0) for code, found in evidence.items()}
    strongest = max(strengths.values(), default=0.0)
    least = max(lexicon.settings.share * strongest, min(lexicon.settings.beside_minimum, strongest))
    return {code: strength for code, strength in strengths.items() if strength >= least}


def _is_sure(found: float, top: float, in_title: float, settings: TopicSettings) -> bool:
    """Whether a topic below the top has evidence of its own, and stands in the title or is much of its top's."""
    least = settings.below_minimum
    return found >= least and (in_title >= least or found >= settings.below_share * top)


def _top(code: str, concepts: dict[str, Concept]) -> str:
    while (parent := concepts[code].parent) is not None:
        code = parent
    return code


def _raised(weights: Weights, power: float) -> Weights:
    return tuple((code, weight**power) for code, weight in weights)
