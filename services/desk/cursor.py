"""A place in the alert stream <-> a word that a browser keeps: `0-12.3-7` has read partition 0 to 12 and 3 to 7.

Each number is the offset of the next message to read. A word of this form is the id of every live event: after a
dropped connection the browser sends it back, and nothing is missed or repeated, whatever order the partitions
arrived in, and even if the desk was started anew meanwhile.
"""

import re
from collections.abc import Mapping

MOST_CHARACTERS = 16_000  # 1,000 partitions, the most that settings allow, at 16 characters each
FORM = re.compile(r"\d{1,4}-\d{1,15}(\.\d{1,4}-\d{1,15})*", re.ASCII)

Cursor = Mapping[int, int]
"""Partition -> offset of the next message; a missing partition is at 0."""


def written(cursor: Cursor) -> str:
    """As text; `0-0` at the very beginning, for an event's id must not be empty."""
    places = (f"{partition}-{offset}" for partition, offset in sorted(cursor.items()))
    return ".".join(places) or "0-0"


def read(word: str) -> Cursor | None:
    """What `written` wrote; None for anything else."""
    if len(word) > MOST_CHARACTERS or not FORM.fullmatch(word):
        return None
    places = (place.split("-") for place in word.split("."))
    return {int(partition): int(offset) for partition, offset in places}
