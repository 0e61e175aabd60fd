"""Text and a table of names in; the leftmost longest hits, with case and word boundaries checked, out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import ahocorasick

Kind = Literal[
    "state", "demonym", "people", "capital", "region", "organisation",
    "body", "title", "prefix", "person", "current", "surname", "blocked",
]  # fmt: skip

_FOLD = str.maketrans(
    "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ"
    "āăąćčďđēęěğīįıİĽŁłľńňŌőōŘřśŞşŠšŢţťūůűųźŻżŽžČĞșțȚȘ’‘ʼ`´–—‑‐\xa0\n\t",
    "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyy"
    "aaaccddeeegiiiILLllnnOooRrsSsSsTttuuuuzZzZzCGstTS@@@@@----   ".replace("@", "'"),
)


def fold(text: str) -> str:
    """Plain letters, apostrophes, hyphens and spaces, one for one: offsets stay."""
    return text if text.isascii() and "\n" not in text else text.translate(_FOLD)


def lowered(text: str) -> str:
    """Lower case of the same length (some letters' lower case is longer: those stay)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name may mean. `cased`: must stand as written in the data (or all capitals, from 4 letters on)."""

    kind: Kind
    key: str
    cased: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in the text and everything it may mean, best first."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def get(self, *kinds: Kind) -> Entry | None:
        """The first meaning of one of these kinds."""
        for entry in self.entries:
            if entry.kind in kinds:
                return entry
        return None


class Aliases:
    """Names -> meanings, searched all at once."""

    def __init__(self, names: Iterable[tuple[str, Entry]]) -> None:
        table: dict[str, list[tuple[str, Entry]]] = {}
        for name, entry in names:
            plain = fold(name)
            meanings = table.setdefault(lowered(plain), [])
            if (plain, entry) not in meanings:
                meanings.append((plain, entry))
        self._automaton = ahocorasick.Automaton()
        for low, found in table.items():
            self._automaton.add_word(low, (len(low), tuple(found)))
        self._automaton.make_automaton()

    def find(self, plain: str) -> list[Hit]:
        """Non-overlapping hits in folded text, leftmost first, longest wins."""
        hits: list[Hit] = []
        for hit in self._candidates(plain):
            while hits and hits[-1].start >= hit.start and hits[-1].end <= hit.end:
                hits.pop()
            if not hits or hits[-1].end <= hit.start:
                hits.append(hit)
        return hits

    def _candidates(self, plain: str) -> Iterator[Hit]:
        size = len(plain)
        for last, (length, meanings) in self._automaton.iter(lowered(plain)):
            start, end = last + 1 - length, last + 1
            if (start and plain[start - 1].isalnum()) or (end < size and plain[end].isalnum()):
                continue
            found = plain[start:end]
            entries = [entry for name, entry in meanings if not entry.cased or found == name or _same_case(found, name)]
            if entries:
                yield Hit(start, end, tuple(entries))


def _same_case(found: str, name: str) -> bool:
    if len(name) >= 4 and found == name.upper():
        return True
    return name[0].islower() and found[0].isupper() and found[1:] == name[1:]
