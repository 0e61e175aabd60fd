"""Rows of a durable table in, lookups over everything seen in the window out; changes only through `apply`."""

import base64
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.monitor.analysis.intake.fingerprints import Fingerprint, Hashes

Row = dict[str, Any]
Writes = dict[str, Row | None]
"""Key -> new row, or None to delete it."""

DAY = 86_400
_SKETCH = 24
"""Shingles of a text that are looked up by; a copy that shares half of its text shares about 12 of them."""

_POSTINGS = 32
"""Texts remembered per shingle: a phrase in more texts than this tells nothing."""

_WITNESSES = 5
"""Rows that must be newer before the window moves: one article dated 9999 must not empty the memory."""

_EXPIRED_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """window: seconds of event time a row is kept; rows: how many at most.

    A text's row costs 3.9 kB of RAM with its index (50,000 rows measured), an article's 0.6 kB; an original needs both.
    """

    window: int = 14 * DAY
    rows: int = 200_000


class CopyMemory:
    """What was seen. `rows` may be a dict or a Faust table; the index over it lives in RAM and is rebuilt from it."""

    def __init__(self, rows: MutableMapping[str, Row], limits: Limits | None = None) -> None:
        self._rows = rows
        self._limits = limits or Limits()
        self.rebuild()

    def rebuild(self) -> None:
        """Index every row anew: after recovery, when the table was filled behind our back."""
        self._index: dict[int, tuple[str, ...]] = {}
        self._texts: dict[str, str] = {}
        self._ages: list[tuple[int, str]] = []
        for key, row in self._rows.items():
            self._add(key, row)

    def __len__(self) -> int:
        return len(self._ages)

    def row(self, key: str) -> Row | None:
        """The row, or None."""
        return self._rows.get(key)

    def candidates(self, shingles: Hashes) -> Counter[str]:
        """Keys of texts that share sketch shingles, with how many."""
        found: Counter[str] = Counter()
        index = self._index
        for value in shingles.tolist():
            if value in index:
                found.update(index[value])
        return found

    def same_text(self, publisher: str, digest: str) -> str | None:
        """The article of this publisher whose latest text has this digest."""
        return self._texts.get(f"{publisher} {digest}")

    def stamp(self, at: int) -> int:
        """From when a row of this event time counts: a late article is remembered from now on, not from its date."""
        return max(at, self._watermark())

    def expired(self, coming: int) -> list[str]:
        """Keys that fall out of the window, or must make room for `coming` rows; oldest first, at most 64."""
        old = bisect_left(self._ages, (self._watermark() - self._limits.window, ""))
        surplus = len(self._ages) + coming - self._limits.rows
        return [key for _, key in self._ages[: min(max(old, surplus, 0), _EXPIRED_AT_ONCE)]]

    def apply(self, writes: Mapping[str, Row | None]) -> None:
        """Make the changes, in the table and in the index. Doing it twice is doing it once."""
        for key, row in writes.items():
            old = self._rows.get(key)
            if old is not None:
                self._remove(key, old)
            if row is not None:
                self._rows[key] = row
                self._add(key, row)
            elif old is not None:
                del self._rows[key]

    def _watermark(self) -> int:
        return self._ages[-min(len(self._ages), _WITNESSES)][0] if self._ages else 0

    def _add(self, key: str, row: Row) -> None:
        insort(self._ages, (row["e"], key))
        if key.startswith("a:"):
            self._texts[f"{row['pub']} {row['d'][-1]}"] = key[2:]
        for value in _sketch(row):
            self._index[value] = (*self._index.get(value, ())[-_POSTINGS + 1 :], key)

    def _remove(self, key: str, row: Row) -> None:
        place = bisect_left(self._ages, (row["e"], key))
        if place < len(self._ages) and self._ages[place] == (row["e"], key):
            del self._ages[place]
        if key.startswith("a:") and self._texts.get(text := f"{row['pub']} {row['d'][-1]}") == key[2:]:
            del self._texts[text]
        for value in _sketch(row):
            left = tuple(other for other in self._index.get(value, ()) if other != key)
            if left:
                self._index[value] = left
            else:
                self._index.pop(value, None)


def _sketch(row: Row) -> list[int]:
    return unpack(row["s"])[:_SKETCH].tolist() if "s" in row else []


def pack(hashes: Hashes) -> str:
    """Base64 of little-endian 32-bit numbers."""
    return base64.b64encode(hashes.astype("<u4").tobytes()).decode()


def unpack(text: str) -> Hashes:
    """The inverse of `pack`."""
    return np.frombuffer(base64.b64decode(text), dtype="<u4")


def text_row(seen: Fingerprint, **facts: Any) -> Row:
    """The row of one report's text: fingerprint and facts (e: counts from, g: group, o: origin)."""
    return {**facts, "l": seen.level, "s": pack(seen.shingles), "t": pack(seen.sentences)}


def row_fingerprint(row: Row) -> Fingerprint:
    """The fingerprint a text row holds; the digest is not kept there."""
    return Fingerprint("", row["l"], unpack(row["s"]), unpack(row["t"]))
