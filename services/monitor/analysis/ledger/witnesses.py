"""Facts about one shift -> who independently says so, and how sure that makes us."""

from collections.abc import Iterable
from typing import NamedTuple

from services.monitor.analysis.ledger.facts import Fact
from services.monitor.lexicon.ledger import Confidence


class Witness(NamedTuple):
    """One origin: its best sentence, what else that article says, and the publishers that carried it."""

    origin: str
    publishers: tuple[str, ...]
    best: float
    second: float
    article_id: str
    start: int

    def weight(self, rules: Confidence) -> float:
        """The best sentence, lifted a little by a second one of the same article."""
        return 1 - (1 - self.best) * (1 - rules.support * self.second)


def _first(fact: Fact) -> Witness:
    return Witness(fact.origin, (fact.publisher,), fact.confidence, 0.0, fact.article_id, fact.start)


def _more(known: Witness, fact: Fact) -> Witness:
    publishers = known.publishers if fact.publisher in known.publishers else (*known.publishers, fact.publisher)[:8]
    known = known._replace(publishers=publishers)
    same_article = fact.article_id == known.article_id
    if same_article and fact.start == known.start:
        return known._replace(best=max(known.best, fact.confidence))
    if fact.confidence > known.best:
        second = known.best if same_article else 0.0
        return known._replace(best=fact.confidence, second=second, article_id=fact.article_id, start=fact.start)
    return known._replace(second=max(known.second, fact.confidence)) if same_article else known


def heard(witnesses: tuple[Witness, ...], fact: Fact, most: int) -> tuple[Witness, ...]:
    """The witnesses after `fact`; at most `most` origins."""
    for index, known in enumerate(witnesses):
        if known.origin == fact.origin:
            return (*witnesses[:index], _more(known, fact), *witnesses[index + 1 :])
    return (*witnesses, _first(fact)) if len(witnesses) < most else witnesses


def independent(witnesses: Iterable[Witness], rules: Confidence) -> list[float]:
    """Weights of the best set of witnesses that share neither origin nor publisher, highest first.

    A matching of origins with publishers, built from the heaviest origin down: never more origins than
    publishers, and one more report never lowers the result.
    """
    holder: dict[str, Witness] = {}

    def seat(witness: Witness, tried: set[str]) -> bool:
        for publisher in witness.publishers:
            if publisher in tried:
                continue
            tried.add(publisher)
            if publisher not in holder or seat(holder[publisher], tried):
                holder[publisher] = witness
                return True
        return False

    ordered = sorted(witnesses, key=lambda witness: (-witness.weight(rules), witness.origin))
    return [witness.weight(rules) for witness in ordered if seat(witness, set())]


def noisy_or(weights: Iterable[float], rules: Confidence) -> float:
    """How sure all of them together make us: 1 minus the chance that every one is wrong."""
    doubt = 1.0
    for weight in weights:
        doubt *= 1 - weight
    return round(min(1 - doubt, rules.ceiling), 4)
