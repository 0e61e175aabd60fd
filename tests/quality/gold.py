"""The labelled files in; rows, and the answer to "is this alert what was expected?", out."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from schemas import Claim, PolicyShiftAlert

DATA = Path(__file__).parent / "data"
Row = dict[str, Any]
Found = PolicyShiftAlert | Claim


def rows(name: str) -> list[Row]:
    """One JSON object a line."""
    return [json.loads(line) for line in (DATA / name).read_text().splitlines()]


@cache
def _families() -> dict[str, str | None]:
    return json.loads((DATA / "families.json").read_text())  # type: ignore[no-any-return]


def root(instrument: str) -> str:
    """The topmost ancestor: patriots, weapons and military aid are one family."""
    while parent := _families().get(instrument):
        instrument = parent
    return instrument


def readings(expected: Row) -> list[tuple[str, int]]:
    """(instrument, polarity) pairs that a careful reader accepts: the label and its alternatives."""
    return [(e["instrument"], e["polarity"]) for e in (expected, *expected.get("also", ()))]


def same_actor(found: Found, expected: Row) -> bool:
    """A deal between two may be told from either side."""
    return found.actor.id in (
        {expected["actor"], expected["target"]} if expected.get("reciprocal") else {expected["actor"]}
    )


def related(found: Found, expected: Row) -> bool:
    """Detection: the same family of instruments, whoever acts and however."""
    return root(found.instrument) in {root(instrument) for instrument, _ in readings(expected)}


def exact(found: Found, expected: Row) -> bool:
    """Actor, instrument slug and polarity. A parent or child slug is not exact."""
    return same_actor(found, expected) and (found.instrument, found.polarity) in readings(expected)


def close(found: Found, expected: Row) -> bool:
    """Actor, family and polarity."""
    pairs = {(root(instrument), polarity) for instrument, polarity in readings(expected)}
    return same_actor(found, expected) and (root(found.instrument), found.polarity) in pairs


def contrary(found: Found, expected: Row) -> bool:
    """Actor and family right, direction wrong."""
    return same_actor(found, expected) and related(found, expected) and not close(found, expected)


def allowed(expected: Iterable[Row]) -> list[Row]:
    """What may alert: everything but the merely floated."""
    return [e for e in expected if e.get("stage") != "floated"]


def certain(expected: Iterable[Row]) -> list[Row]:
    """What must alert: not the floated, not what a good reader may also see."""
    return [e for e in allowed(expected) if not e.get("optional")]


def without_mirrors(alerts: Sequence[PolicyShiftAlert]) -> list[PolicyShiftAlert]:
    """A deal told once from each side counts once."""
    kept: dict[tuple[Any, ...], PolicyShiftAlert] = {}
    for alert in alerts:
        sides = frozenset({alert.actor.id, alert.target.id if alert.target else ""})
        mirror = (sides, alert.instrument, alert.polarity, alert.after.status, alert.times.published)
        kept.setdefault(mirror if alert.target else (alert.alert_id,), alert)
    return list(kept.values())
