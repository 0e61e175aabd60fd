"""Data file in, one frozen `Publishers` out: outlets and the houses and agencies they belong to."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data" / "publishers" / "publishers.toml"


@dataclass(frozen=True)
class Publishers:
    """Lower-case lookups. `names` and `domains`: outlet -> family id. `credits`: signature -> agency id.

    `head` and `tail`: patterns for one of the first or last lines, with a group `agency` that holds a credit;
    `own`: agency id -> a form that only this agency uses.
    """

    names: dict[str, str]
    domains: dict[str, str]
    credits: dict[str, str]
    agencies: frozenset[str]
    head: tuple[re.Pattern[str], ...]
    tail: tuple[re.Pattern[str], ...]
    own: dict[str, re.Pattern[str]]


def load_publishers() -> Publishers:
    """Read the package's data. Raises ValueError when two houses claim one name."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    houses = data["agency"] + data["family"]
    return Publishers(
        names=_lookup(houses, "names"),
        domains=_lookup(houses, "domains"),
        credits=_lookup(data["agency"], "credits"),
        agencies=frozenset(agency["id"] for agency in data["agency"]),
        head=_signatures(data["signatures"]["head"], data["agency"]),
        tail=_signatures(data["signatures"]["tail"], data["agency"]),
        own={agency: re.compile(pattern) for agency, pattern in data["signatures"]["own"].items()},
    )


def _signatures(patterns: list[str], agencies: list[dict[str, Any]]) -> tuple[re.Pattern[str], ...]:
    """A short credit is an acronym and must be written as one; longer ones as titles or in capitals."""
    forms = sorted({form for agency in agencies for credit in agency["credits"] for form in _forms(credit)})
    names = "|".join(re.escape(name) for name in sorted(forms, key=len, reverse=True))
    return tuple(re.compile(pattern.replace("{agency}", names)) for pattern in patterns)


def _forms(credit: str) -> set[str]:
    title = " ".join(word if word == "of" else word[:1].upper() + word[1:] for word in credit.split())
    acronyms = " ".join(
        word.upper() if len(word) <= 4 and word not in ("news", "wire", "of", "the") else word.title()
        for word in credit.split()
    )
    short = {acronyms, credit.upper()} if len(credit) <= 4 else {title, acronyms, credit.upper()}
    return short | {"The " + title} if " " in credit and not credit.startswith("the ") else short


def _lookup(houses: list[dict[str, Any]], column: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for house in houses:
        for name in house[column]:
            if found.setdefault(name, str(house["id"])) != house["id"]:
                raise ValueError(f"{name!r} belongs to {found[name]} and {house['id']}")
    return found
