"""The instrument tables of `data/policy/instruments` in; frozen Instruments and their tree out."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal

Scope = Literal["directed", "domestic", "mutual"]
"""directed: done to someone. mutual: done with someone. domestic: at home, without a target."""

PloverCode = tuple[str, str | None, str | None]
"""event, mode, context."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One thing a policy can change. Polarity +1 is more of it; `valence` says what more of it is to the target."""

    slug: str
    title: str
    scope: Scope
    kind: str
    context: str
    ttl_days: int
    parent: str | None = None
    family: str = ""
    valence: int = 0
    patterns: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    inverse: tuple[str, ...] = ()
    plover: Mapping[str, str] | None = None


def data_folder() -> Traversable:
    """Where the policy tables are."""
    return resources.files("services.monitor.lexicon") / "data" / "policy"


def read_table(name: str) -> dict[str, Any]:
    """One TOML table of the policy folder. Raises tomllib.TOMLDecodeError if it is not TOML."""
    return tomllib.loads((data_folder() / name).read_text(encoding="utf-8"))


def load_instruments() -> dict[str, Instrument]:
    """All instruments by slug. Raises KeyError for an unknown parent or kind."""
    plover = read_table("plover.toml")
    rows = {row["slug"]: row for row in _rows()}
    return {slug: _instrument(row, rows, plover) for slug, row in rows.items()}


def ancestors(slug: str, instruments: Mapping[str, Instrument]) -> tuple[str, ...]:
    """Parents from the nearest to the root, without the slug itself."""
    found: list[str] = []
    parent = instruments[slug].parent
    while parent is not None:
        found.append(parent)
        parent = instruments[parent].parent
    return tuple(found)


def _rows() -> Iterator[dict[str, Any]]:
    """Rows of every file, files in the order of their names."""
    files = sorted((data_folder() / "instruments").iterdir(), key=lambda file: file.name)
    for file in files:
        if file.name.endswith(".toml"):
            yield from tomllib.loads(file.read_text(encoding="utf-8"))["instrument"]


def _instrument(row: dict[str, Any], rows: Mapping[str, dict[str, Any]], plover: Mapping[str, Any]) -> Instrument:
    root = row
    while root.get("parent"):
        root = rows[root["parent"]]
    lists = {name: tuple(row.get(name, ())) for name in ("patterns", "items", "inverse")}
    return Instrument(**{**row, **lists}, family=root["slug"], plover=plover[row["kind"]])
