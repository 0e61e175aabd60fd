"""An article's digests and the row of its earlier texts in; what this text is to them, and the new row, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from xxhash import xxh3_128_hexdigest

from schemas import Article
from services.monitor.analysis.intake.memory import DAY, Row

_TEXTS = 8
"""Digests of earlier texts of an article that are kept, to know a late redelivery."""

Standing = Literal["new", "version", "repeat", "outdated"]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Part numbers in the order of the page; `same`: those whose text did not change; `gone`: no longer on the page."""

    numbers: tuple[int, ...]
    same: frozenset[int]
    gone: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class When:
    """`at`: event second of the text. `stamp`: from when its row counts (CopyMemory.stamp)."""

    at: int
    stamp: int


def event_second(article: Article) -> int:
    """published_at in seconds; a date more than a day after the feeder saw the article is not believed."""
    published = int(article.published_at.timestamp())
    return min(published, int(article.ingested_at.timestamp()) + DAY) if article.ingested_at else published


def digest(*texts: str) -> str:
    """Equal texts, equal digests (128 bits)."""
    return xxh3_128_hexdigest("\x1f".join(texts).encode("utf-8", "surrogatepass"))


def standing(known: Row | None, whole: str, at: int) -> Standing:
    """A text that came before, or is older than what is known, is not read again."""
    if known is None:
        return "new"
    if known["st"] == "usable" and known["d"][-1] == whole:
        return "repeat"
    late = at < known["at"] or (at == known["at"] and (whole in known["d"] or known["st"] == "canceled"))
    if not late:
        return "version"
    return "repeat" if whole in known["d"] else "outdated"


def number(known: Row | None, digests: Sequence[str]) -> Numbered:
    """A part keeps its number while its text stays; changed parts take the free numbers in order, then new ones."""
    free = {int(n): digest for n, digest in sorted(known["n"].items(), key=lambda pair: int(pair[0]))} if known else {}
    highest = max(free, default=0)
    numbers: list[int | None] = []
    for part in digests:
        found = next((n for n, old in free.items() if old == part), None)
        numbers.append(found)
        free.pop(found or 0, None)
    same = frozenset(n for n in numbers if n is not None)
    rest = iter([*free, *range(highest + 1, highest + 1 + len(digests))])
    final = tuple(next(rest) if n is None else n for n in numbers)
    return Numbered(final, same, tuple(n for n in free if n not in final))


def article_row(known: Row | None, when: When, publisher: str, whole: str, parts: dict[str, str]) -> Row:
    """e: counts from; at: event second; d: digests, newest last; n: digest of each part; v: version; c: canceled at."""
    earlier = [old for old in known["d"] if old != whole] if known else []
    return {
        "e": when.stamp,
        "at": when.at,
        "pub": publisher,
        "d": [*earlier[-_TEXTS + 1 :], whole],
        "n": parts,
        "v": known["v"] + 1 if known else 1,
        "st": "usable",
        "c": known["c"] if known else None,
    }


def canceled_row(known: Row | None, when: When, publisher: str) -> Row:
    """The row of a retracted article: its parts are gone, its texts stay known."""
    return {
        "e": when.stamp,
        "at": max(when.at, known["at"]) if known else when.at,
        "pub": publisher,
        "d": known["d"] if known else [""],
        "n": {},
        "v": known["v"] + 1 if known else 1,
        "st": "canceled",
        "c": when.at,
    }
