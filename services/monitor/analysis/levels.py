"""The words of a claim in; how much of the instrument they give out: percent, money, people, days, by when."""

import re

from schemas import Level
from schemas.claim import Unit

_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = {"trillion": 1e12, "trn": 1e12, "tn": 1e12, "billion": 1e9, "bn": 1e9, "b": 1e9, "million": 1e6, "mn": 1e6, "m": 1e6,
          "thousand": 1e3, "k": 1e3, "": 1.0}  # fmt: skip
_CURRENCY = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "dollars": "USD", "pounds": "GBP", "euros": "EUR", "euro": "EUR",
             "yen": "JPY", "dollar": "USD", "pound": "GBP", "rupees": "INR", "yuan": "CNY", "kronor": "SEK", "kroner": "NOK",
             "us$": "USD", "a$": "AUD", "c$": "CAD", "rand": "ZAR", "won": "KRW", "roubles": "RUB", "rubles": "RUB"}  # fmt: skip
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
          "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "ninety": 90}  # fmt: skip
_PERCENT = re.compile(
    _NUMBER + r"\s?(?:%|per cent|percent|pc\b)(\s+(?:of|in)\s+(?:its |their |the )?"
    r"(?:gdp|gross domestic product|national output|economic output|gni|gross national income|national income))?",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:" + _NUMBER + r"|(a quarter|half a))[\s-]?(?:percentage[\s-]points?|points?\b)", re.IGNORECASE
)
_BASIS = re.compile(_NUMBER + r"[\s-]?(?:basis[\s-]points?|bps?\b)", re.IGNORECASE)
_MONEY = re.compile(
    r"(us\$|a\$|c\$|[$£€¥₹])\s?" + _NUMBER + r"\s?(trillion|trn|tn|billion|bn|million|mn|thousand|[mbk])?\b",
    re.IGNORECASE,
)
_MONEY_WORD = re.compile(
    _NUMBER + r"\s?(trillion|trn|tn|billion|bn|million|mn|thousand)?\s"
    r"(dollars?|euros?|pounds?|yen|rupees|yuan|kronor|kroner|rand|won|roubles|rubles)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:"
    + _NUMBER
    + r"(\s(?:million|thousand))?)\s(?:\w+\s){0,2}?(?:troops|soldiers|people|personnel|refugees|jobs|workers|staff|migrants|marines|"
    r"prisoners|hostages|diplomats|posts|places|officers|peacekeepers)\b",
    re.IGNORECASE,
)
_DAYS = re.compile(r"(?:" + _NUMBER + r"|(" + "|".join(_WORDS) + r"))[\s-](day|week|month)s?\b", re.IGNORECASE)
_ITEMS = re.compile(
    r"(?:"
    + _NUMBER
    + r"|("
    + "|".join(_WORDS)
    + r"))\s(?:\w+[\s-]){0,3}?(?:systems|batteries|tanks|jets|missiles|launchers|aircraft|helicopters|"
    r"drones|shells|howitzers|vehicles|rounds|interceptors|licences|licenses|reactors|ships|doses|visas)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|in|until|before)(?: the end of| late| early| mid-?)? ?(20\d\d)\b")
_TO = re.compile(
    r"\b(?:to|at|of)(?: a| an| around| about| roughly| nearly| almost| more than| at least| up to| total| record| total of)*\s*$",
    re.IGNORECASE,
)


def level(text: str, kind: str) -> Level | None:
    """The level a clause states; among several the one after `to`. `kind` is the instrument's: days need a pause."""
    found = [*_percents(text), *_moneys(text)]
    if not found:
        found = [*_simple(_PEOPLE, text, "people"), *_simple(_ITEMS, text, "items")]
    if not found and kind != "domestic":
        found = list(_durations(text))
    if not found:
        return None
    after_to = [pair for pair in found if _TO.search(text, 0, pair[0])]
    position, best = (after_to or found)[-1 if after_to else 0]
    year = _BY.search(text, position)
    return best.model_copy(update={"by": int(year.group(1))}) if year else best


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _percents(text: str) -> list[tuple[int, Level]]:
    found: list[tuple[int, Level]] = []
    for match in _PERCENT.finditer(text):
        base = (match.group(2) or "").lower()
        unit: Unit = "percent"
        if base:
            unit = "percent-of-gni" if "gni" in base or "national income" in base else "percent-of-gdp"
        found.append((match.start(), Level(value=_value(match.group(1)), unit=unit, text=match.group())))
    _inherit(found)
    for match in _BASIS.finditer(text):
        found.append((match.start(), Level(value=_value(match.group(1)), unit="basis-points", text=match.group())))
    for match in _POINTS.finditer(text):
        value = _value(match.group(1)) if match.group(1) else {"a quarter": 0.25, "half a": 0.5}[match.group(2).lower()]
        found.append((match.start(), Level(value=value, unit="percentage-points", text=match.group())))
    return sorted(found, key=lambda pair: pair[0])


def _inherit(found: list[tuple[int, Level]]) -> None:
    """In "from 0.5% to 0.3% of GNI" the first percentage is of GNI too."""
    for i in range(len(found) - 1, 0, -1):
        if found[i - 1][1].unit == "percent" and found[i][1].unit != "percent":
            found[i - 1] = (found[i - 1][0], found[i - 1][1].model_copy(update={"unit": found[i][1].unit}))


def _moneys(text: str) -> list[tuple[int, Level]]:
    found = [(m.start(), m.group(2), m.group(3), m.group(1), m.group()) for m in _MONEY.finditer(text)]
    found += [(m.start(), m.group(1), m.group(2), m.group(3), m.group()) for m in _MONEY_WORD.finditer(text)]
    return [
        (start, Level(value=_value(number) * _SCALE[(scale or "").lower()], unit="money",
                      currency=_CURRENCY.get(sign.lower()), text=whole))
        for start, number, scale, sign, whole in found
    ]  # fmt: skip


def _simple(pattern: re.Pattern[str], text: str, unit: Unit) -> list[tuple[int, Level]]:
    found: list[tuple[int, Level]] = []
    for match in pattern.finditer(text):
        number, other = match.group(1), (match.group(2) or "").strip().lower()
        value = _value(number) * _SCALE.get(other, 1.0) if number else float(_WORDS[other])
        found.append((match.start(), Level(value=value, unit=unit, text=match.group())))
    return found


def _durations(text: str) -> list[tuple[int, Level]]:
    scale = {"day": 1, "week": 7, "month": 30}
    found: list[tuple[int, Level]] = []
    for match in _DAYS.finditer(text):
        number = _value(match.group(1)) if match.group(1) else float(_WORDS[match.group(2).lower()])
        value = number * scale[match.group(3).lower()]
        found.append((match.start(), Level(value=value, unit="days", text=match.group())))
    return found
