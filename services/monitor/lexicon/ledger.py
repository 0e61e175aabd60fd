"""data/ledger.toml -> LedgerRules: what the ledger weighs, how long it remembers, what it calls things."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter

from schemas import Transition


@dataclass(frozen=True, slots=True)
class Confidence:
    """Shares, 0 to 1, and a speaker's rank, 0 to 5."""

    floor: float
    alert: float
    again: float
    support: float
    ceiling: float
    official: float
    official_rank: int
    renew: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """Most that one row keeps of each."""

    window: int
    settled: int
    tombstones: int
    lines: int
    shifts: int
    pending: int
    origins: int
    articles: int
    evidence: int
    alert_ids: int
    topics: int


@dataclass(frozen=True, slots=True)
class LedgerRules:
    """Everything the fold needs to know that is not about one instrument. Durations are spans of event time."""

    confidence: Confidence
    bounds: Bounds
    spans: dict[str, timedelta]
    tolerance: float
    rounding: float
    units: frozenset[str]
    margin: float
    many_targets: frozenset[str]
    partial: frozenset[str]
    stages: tuple[str, ...]
    harder: dict[str, tuple[str, ...]]
    first: dict[str, Transition]
    opposite: dict[str, Transition]
    pairs: dict[str, Transition]
    words: dict[str, str]

    def after(self, name: str) -> timedelta:
        """The duration called `name` in [hours] or [days]."""
        return self.spans[name]

    def rank(self, stage: str) -> int:
        """How far along: 0 floated. A denial ranks below everything."""
        return self.stages.index(stage) if stage in self.stages else -1


def load_ledger() -> LedgerRules:
    """Read the shipped rules. Raises pydantic.ValidationError if the file is not what the ledger needs."""
    text = files("services.monitor.lexicon").joinpath("data/ledger.toml").read_text(encoding="utf-8")
    return TypeAdapter(LedgerRules).validate_python(_flat(tomllib.loads(text)))


def _flat(raw: dict[str, Any]) -> dict[str, Any]:
    lone = {
        "tolerance": raw.pop("level"),
        "margin": raw.pop("report"),
        "many_targets": raw.pop("wildcards"),
        "stages": raw.pop("stages"),
    }
    hours, days = raw.pop("hours"), raw.pop("days")
    return {
        **raw,
        "spans": {name: timedelta(hours=value) for name, value in hours.items()}
        | {name: timedelta(days=value) for name, value in days.items()},
        "tolerance": lone["tolerance"]["tolerance"],
        "rounding": lone["tolerance"]["rounding"],
        "units": lone["tolerance"]["units"],
        "margin": lone["margin"]["margin"],
        **lone["many_targets"],
        "stages": lone["stages"]["order"],
    }
