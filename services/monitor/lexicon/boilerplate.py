"""Data files in, one frozen `Boilerplate` out: what news pages carry that is not news."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data" / "boilerplate"


@dataclass(frozen=True)
class Boilerplate:
    """Patterns over lower-cased lines with straight apostrophes.

    `whole`: line -> kind. `starts`: kind and an anchored pattern, tried in order. `phrases`: literal -> kind.
    `unless_prose`: kinds of `starts` that a line reading like a sentence escapes. Lengths are in words.
    `within`: kinds that stand within articles, not around them.
    `anaphora`, `later`, `address`: how a paragraph shows that it continues a story (analysis/intake/segments.py).
    """

    whole: dict[str, str]
    starts: tuple[tuple[str, re.Pattern[str]], ...]
    unless_prose: frozenset[str]
    within: frozenset[str]
    start_words: int
    ends: tuple[tuple[str, re.Pattern[str]], ...]
    end_words: int
    phrases: dict[str, str]
    phrase_words: int
    reader: frozenset[str]
    appeals: tuple[str, ...]
    appeal_least: int
    appeal_density: float
    tail: re.Pattern[str]
    end: re.Pattern[str]
    stopwords: frozenset[str]
    anaphora: re.Pattern[str]
    later: frozenset[str]
    address: frozenset[str]


def load_boilerplate() -> Boilerplate:
    """Read the package's data. Raises KeyError or re.error when a file is broken."""
    data = tomllib.loads((_DATA / "patterns.toml").read_text(encoding="utf-8"))
    start, phrase, appeal = data["start"], data["phrase"], data["appeal"]
    return Boilerplate(
        whole={line: kind for kind, lines in data["whole"].items() for line in lines},
        starts=tuple((kind, _any(patterns)) for kind, patterns in _lists(start) if kind != "unless_prose"),
        unless_prose=frozenset(start["unless_prose"]),
        within=frozenset(data["kinds"]["within"]),
        start_words=start["words"],
        ends=tuple((kind, _any(patterns)) for kind, patterns in _lists(data["end_of_line"])),
        end_words=data["end_of_line"]["words"],
        phrases={text: kind for kind, texts in _lists(phrase) for text in texts},
        phrase_words=phrase["words"],
        reader=frozenset(data["reader"]["words"]),
        appeals=tuple(appeal["phrases"]),
        appeal_least=appeal["least"],
        appeal_density=appeal["density"],
        tail=_any(data["tail"]["starts"]),
        end=_any(data["end"]["starts"]),
        stopwords=load_stopwords(),
        anaphora=_any(data["opening"]["anaphora"]),
        later=frozenset(data["opening"]["later"]),
        address=frozenset(data["opening"]["address"]),
    )


def load_stopwords() -> frozenset[str]:
    """English function words, lower case."""
    lines = (_DATA / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _lists(table: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(kind, value) for kind, value in table.items() if isinstance(value, list)]


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
