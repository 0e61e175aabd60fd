"""An article in, its parts out: clean lines of one news item each, with title, time and the decisions behind them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, islice

from schemas import Article, Entry, Trace
from services.monitor.analysis.intake.furniture import Judge
from services.monitor.analysis.intake.html import extract
from services.monitor.analysis.intake.segments import Cut, find_cuts
from services.monitor.analysis.intake.text import Dropped, Line, clean
from services.monitor.lexicon.boilerplate import Boilerplate

MOST_PARTS = 2_000
"""Of one article: its row must fit into one Kafka message. The last part holds the rest."""

MOST_TRACES = 20_000
"""Of one part, for the same reason: a text with an invisible character after each letter has a run for each."""

_TITLE, _URL = 2_000, 4_096
"""Characters of an entry's title and address; an article's own are no longer by contract."""

_TELLING = frozenset({"byline", "legal", "liveblog"})
"""Kinds of dropped lines in which agencies sign."""


@dataclass(frozen=True, slots=True)
class Part:
    """One news item. `told`: its lines with the dropped ones in which an agency may sign."""

    lines: tuple[Line, ...]
    title: str
    published_at: datetime
    url: str | None
    told: tuple[str, ...]

    @property
    def text(self) -> str:
        """Report text: kept lines joined by newlines."""
        return "\n".join(line.text for line in self.lines)

    @property
    def traces(self) -> tuple[Trace, ...]:
        """text[report_start:][:length] == article text[article_start:][:length], but for spaces and line breaks."""
        begins = accumulate((len(line.text) + 1 for line in self.lines), initial=0)
        runs = ((at + o, start, n) for at, line in zip(begins, self.lines, strict=False) for o, start, n in line.runs)
        return tuple(Trace(report_start=o, article_start=s, length=n) for o, s, n in islice(runs, MOST_TRACES))


@dataclass(frozen=True, slots=True)
class Divided:
    """An article's text, its parts, the lines dropped on the way, the cuts considered, and code points not read.

    `lines`: what each cut's `line` counts.
    """

    text: str
    parts: tuple[Part, ...]
    dropped: tuple[Dropped, ...]
    cuts: tuple[Cut, ...]
    lines: tuple[Line, ...]
    lost: int


class Divider:
    """Cleans and cuts articles."""

    def __init__(self, boilerplate: Boilerplate) -> None:
        self._data = boilerplate
        self._judge = Judge(boilerplate)

    def divide(self, article: Article) -> Divided:
        """Entries given by the source are parts; without entries boundaries are found."""
        text = article.text if article.text is not None else extract(article.html or "")
        cleaned = clean(text, self._judge)
        entries = article.entries if article.text is not None else ()
        cuts = () if entries else find_cuts([line.text for line in cleaned.lines], self._data)
        starts = [cleaned.lines[cut.line].start for cut in cuts if cut.cut]
        items = _given(entries) if entries else [Entry(start=0, title=article.title), *(Entry(start=s) for s in starts)]
        at = [line.start for line in cleaned.lines]
        signed = [(d.start, text[d.start : d.end]) for d in cleaned.dropped if d.reason in _TELLING]
        parts = [
            part
            for item, end in zip(items, [*(item.start for item in items[1:]), len(text) + 1], strict=True)
            if (
                part := _part(
                    article, item, cleaned.lines[bisect_left(at, item.start) : bisect_left(at, end)], signed, end
                )
            )
        ]
        return Divided(text, tuple(parts), cleaned.dropped, cuts, cleaned.lines, cleaned.lost)


def _given(entries: Sequence[Entry]) -> list[Entry]:
    """In the order of the text; what stands before the first entry is an item of its own."""
    ordered = sorted(entries, key=lambda entry: entry.start)[:MOST_PARTS]
    return ordered if ordered[0].start == 0 else [Entry(start=0), *ordered]


def _part(
    article: Article, item: Entry, lines: Sequence[Line], signed: Sequence[tuple[int, str]], end: int
) -> Part | None:
    if not lines:
        return None
    told = [(line.start, line.text) for line in lines]
    told += signed[bisect_left(signed, (item.start,)) : bisect_left(signed, (end,))]
    return Part(
        lines=tuple(lines),
        title=item.title[:_TITLE] or (article.title if item.start == 0 else ""),
        published_at=item.published_at or article.published_at,
        url=item.url if item.url and len(item.url) <= _URL else article.url,
        told=tuple(text for _, text in sorted(told)),
    )
