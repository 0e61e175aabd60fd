"""The words of a claim in; how much of the instrument they give out: percent, money, people, days, by when."""

import re
from collections.abc import Iterator

from schemas import Level
from schemas.claim import Unit
from services.monitor.lexicon.measures import Measures

Found = list[tuple[int, Level]]

_BY = re.compile(r"\b(?:by|in|until|before)(?: the end of| late| early| mid-?)? ?(20\d\d)\b")
_TO = re.compile(
    r"\b(?:to|at|of)(?: an?| around| about| roughly| nearly| almost| more than| at least| up to| total| record)*\s*$",
    re.IGNORECASE,
)


def level(text: str, kind: str, measures: Measures) -> Level | None:
    """The level a clause states; among several the one after `to`. `kind` is the instrument's: days need a pause."""
    found = [*_percents(text, measures), *_moneys(text, measures)]
    if not found:
        found = [
            *_counted(measures.people, text, "people", measures),
            *_counted(measures.items, text, "items", measures),
        ]
    if not found and kind != "domestic":
        found = list(_durations(text, measures))
    if not found:
        return None
    reached = [pair for pair in found if _TO.search(text, max(0, pair[0] - 40), pair[0])]
    position, best = reached[-1] if reached else found[0]
    year = _BY.search(text, position)
    return best.model_copy(update={"by": int(year.group(1))}) if year else best


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _percents(text: str, measures: Measures) -> Found:
    found: Found = []
    for match in measures.percent.finditer(text):
        base = (match.group(2) or "").lower()
        national = "gni" in base or "national income" in base
        unit: Unit = ("percent-of-gni" if national else "percent-of-gdp") if base else "percent"
        found.append((match.start(), Level(value=_value(match.group(1)), unit=unit, text=match.group())))
    _inherit(found)
    return sorted([*found, *_points(text, measures)], key=lambda pair: pair[0])


def _inherit(found: Found) -> None:
    """In "from 0.5% to 0.3% of GNI" the first percentage is of GNI too."""
    for i in range(len(found) - 1, 0, -1):
        if found[i - 1][1].unit == "percent" and found[i][1].unit != "percent":
            found[i - 1] = (found[i - 1][0], found[i - 1][1].model_copy(update={"unit": found[i][1].unit}))


def _points(text: str, measures: Measures) -> Iterator[tuple[int, Level]]:
    for match in measures.basis.finditer(text):
        yield match.start(), Level(value=_value(match.group(1)), unit="basis-points", text=match.group())
    for match in measures.points.finditer(text):
        value = _value(match.group(1)) if match.group(1) else measures.fractions[match.group(2).lower()]
        yield match.start(), Level(value=value, unit="percentage-points", text=match.group())


def _moneys(text: str, measures: Measures) -> Iterator[tuple[int, Level]]:
    for match in measures.money.finditer(text):
        yield match.start(), _money(match.group(2), match.group(3), match.group(1), match.group(), measures)
    for match in measures.money_word.finditer(text):
        yield match.start(), _money(match.group(1), match.group(2), match.group(3), match.group(), measures)


def _money(number: str, scale: str | None, sign: str, whole: str, measures: Measures) -> Level:
    value = _value(number) * measures.scales[(scale or "").lower()]
    return Level(value=value, unit="money", currency=measures.currencies.get(sign.lower()), text=whole)


def _counted(pattern: re.Pattern[str], text: str, unit: Unit, measures: Measures) -> Iterator[tuple[int, Level]]:
    for match in pattern.finditer(text):
        number, other = match.group(1), (match.group(2) or "").strip().lower()
        value = _value(number) * measures.scales.get(other, 1.0) if number else float(measures.numbers[other])
        yield match.start(), Level(value=value, unit=unit, text=match.group())


def _durations(text: str, measures: Measures) -> Iterator[tuple[int, Level]]:
    for match in measures.days.finditer(text):
        number = _value(match.group(1)) if match.group(1) else float(measures.numbers[match.group(2).lower()])
        value = number * measures.day_counts[match.group(3).lower()]
        yield match.start(), Level(value=value, unit="days", text=match.group())
