"""Rows in, JSON bytes kept: a dict that costs what a table costs to read and write, less the disk."""

import json
from collections.abc import Iterator, MutableMapping
from typing import Any


class Stored(MutableMapping[str, Any]):
    """Each row is encoded when it is written and decoded when it is read. `bytes`: what all rows take."""

    def __init__(self) -> None:
        self._rows: dict[str, bytes] = {}
        self.bytes = 0

    def __getitem__(self, key: str) -> Any:
        return json.loads(self._rows[key])

    def __setitem__(self, key: str, row: Any) -> None:
        data = json.dumps(row).encode()
        self.bytes += len(data) - len(self._rows.get(key, b""))
        self._rows[key] = data

    def __delitem__(self, key: str) -> None:
        self.bytes -= len(self._rows.pop(key))

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
