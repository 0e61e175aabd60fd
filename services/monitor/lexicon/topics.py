"""Data files in; the IPTC Media Topics, the weighted terms and the settings that topics are read with out.

Origin: concepts and names are IPTC Media Topics NewsCodes (c) IPTC, CC BY 4.0; terms and weights are ours,
compiled by tools/train_topics.py.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Concept:
    """One Media Topic. `code` is a QCode (`medtop:` and eight digits); `level` 1 is the top."""

    code: str
    name: str
    parent: str | None
    level: int
    retired: str | None


@dataclass(frozen=True, slots=True)
class TopicTerm:
    """A word or words, and the weight they give to each topic (QCode, weight). Capitals match as written."""

    term: str
    weights: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class TopicPattern:
    """A regular expression that speaks for topics, such as a score or a sum of money."""

    name: str
    expression: re.Pattern[str]
    weights: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class TopicSettings:
    """How hits become scores; meanings and measurements stand in data/topics/settings.toml."""

    title_weight: float
    lede_weight: float
    tail_weight: float
    lede_words: int
    tail_after_words: int
    power: float
    steepness: float
    enough: float
    share: float
    beside_minimum: float
    below_minimum: float
    below_share: float
    terms_shown: int


@dataclass(frozen=True, slots=True)
class TopicLexicon:
    """Everything `analysis.topics` knows."""

    concepts: dict[str, Concept]
    terms: tuple[TopicTerm, ...]
    patterns: tuple[TopicPattern, ...]
    balance: dict[str, float]
    settings: TopicSettings


def load_topics() -> TopicLexicon:
    """Reads the package's data. Raises KeyError or ValueError where a file is not as the tool writes it."""
    data = files("services.monitor.lexicon") / "data" / "topics"
    settings = tomllib.loads((data / "settings.toml").read_text(encoding="utf-8"))
    return TopicLexicon(
        concepts=_concepts(data / "mediatopics.json"),
        terms=_terms(data / "model.json"),
        patterns=tuple(_pattern(name, table) for name, table in settings["patterns"].items()),
        balance=dict(_weights(settings["balance"])),
        settings=TopicSettings(**settings["settings"]),
    )


def _concepts(path: Traversable) -> dict[str, Concept]:
    rows = json.loads(path.read_text(encoding="utf-8"))["concepts"]
    return {row["code"]: Concept(**row) for row in rows}


def _terms(path: Traversable) -> tuple[TopicTerm, ...]:
    terms = json.loads(path.read_text(encoding="utf-8"))["terms"]
    return tuple(TopicTerm(term, _weights(weights)) for term, weights in terms.items())


def _pattern(name: str, table: dict[str, object]) -> TopicPattern:
    weights = {code: float(str(weight)) for code, weight in table.items() if code != "expression"}
    return TopicPattern(name, re.compile(str(table["expression"])), _weights(weights))


def _weights(weights: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((f"medtop:{code}", weight) for code, weight in weights.items())
