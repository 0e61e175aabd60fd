"""Builders with speaking defaults: an_article(...), a_report(...), a_claim(...)."""

from datetime import UTC, datetime
from typing import Any

from schemas import Article, Claim, Party, Report

WHEN = datetime(2025, 3, 5, 12, tzinfo=UTC)
USA = Party(id="USA", name="United States", country="USA", wikidata="Q30")
UKR = Party(id="UKR", name="Ukraine", country="UKR", wikidata="Q212")


def an_article(text: str = "The US has paused military aid to Ukraine.", **changes: Any) -> Article:
    """An article of a fictitious outlet."""
    return Article(**{"source": "Example Times", "published_at": WHEN, "text": text, **changes})


def a_report(text: str = "The US has paused military aid to Ukraine.", **changes: Any) -> Report:
    """A report that is the only part of its article."""
    defaults: dict[str, Any] = {
        "id": "a1.1",
        "article_id": "a1",
        "part": 1,
        "source": "Example Times",
        "publisher": "example-times",
        "published_at": WHEN,
        "text": text,
        "origin": "example-times",
    }
    return Report(**{**defaults, **changes})


def a_claim(**changes: Any) -> Claim:
    """The US suspends military aid to Ukraine."""
    defaults: dict[str, Any] = {
        "id": "c1",
        "report_id": "a1.1",
        "article_id": "a1",
        "source": "Example Times",
        "publisher": "example-times",
        "origin": "example-times",
        "published_at": WHEN,
        "actor": USA,
        "target": UKR,
        "instrument": "military-aid",
        "family": "military-aid",
        "action": "suspend",
        "polarity": -1,
        "stage": "announced",
        "confidence": 0.9,
        "rule": "verb",
        "quote": "The US has paused military aid to Ukraine.",
        "start": 0,
        "end": 42,
    }
    return Claim(**{**defaults, **changes})
