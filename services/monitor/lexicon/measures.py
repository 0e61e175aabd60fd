"""measures.toml in; the patterns by which amounts are read, with their tables, out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.monitor.lexicon.instruments import read_table

_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_OUTPUT = "gdp|gross domestic product|national output|economic output|gni|gross national income|national income"


@dataclass(frozen=True)
class Measures:
    """Compiled patterns; groups are number, then scale or word, as levels.py reads them."""

    percent: re.Pattern[str]
    points: re.Pattern[str]
    basis: re.Pattern[str]
    money: re.Pattern[str]
    money_word: re.Pattern[str]
    people: re.Pattern[str]
    items: re.Pattern[str]
    days: re.Pattern[str]
    scales: Mapping[str, float]
    currencies: Mapping[str, str]
    numbers: Mapping[str, float]
    day_counts: Mapping[str, int]
    fractions: Mapping[str, float]


def load_measures() -> Measures:
    """Read measures.toml."""
    table = read_table("measures.toml")
    scales, word = _either(table["scales"]), _either(table["numbers"])
    number = rf"(?:{_NUMBER}|({word}))"
    return Measures(
        percent=_compile(rf"{_NUMBER}\s?(?:%|per cent|percent|pc\b)(\s(?:of|in)\s(?:its |their |the )?(?:{_OUTPUT}))?"),
        points=_compile(rf"(?:{_NUMBER}|({_either(table['fractions'])}))[\s-]?(?:percentage[\s-]points?|points?\b)"),
        basis=_compile(rf"{_NUMBER}[\s-]?(?:basis[\s-]points?|bps?\b)"),
        money=_compile(rf"({_either(table['signs'])})\s?{_NUMBER}\s?({scales})?\b"),
        money_word=_compile(rf"{_NUMBER}\s?({scales})?\s({_either(table['currencies'])})s?\b"),
        people=_compile(
            rf"(?:{_NUMBER}(\s(?:million|thousand))?)\s(?:\w+\s){{0,2}}?(?:{_either(table['nouns']['people'])})\b"
        ),
        items=_compile(rf"{number}\s(?:\w+[\s-]){{0,3}}?(?:{_either(table['nouns']['items'])})\b"),
        days=_compile(rf"{number}[\s-]({_either(table['days'])})s?\b"),
        scales={"": 1.0, **table["scales"]},
        currencies={**table["signs"], **table["currencies"]},
        numbers=table["numbers"],
        day_counts=table["days"],
        fractions=table["fractions"],
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
