"""An article in, its parts out: clean lines of one news item each, with title, time and the decisions behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas import Article, Entry, Trace
from services.monitor.analysis.furniture import Judge
from services.monitor.analysis.html import extract
from services.monitor.analysis.segments import Cut, find_cuts
from services.monitor.analysis.text import Dropped, Line, clean
from services.monitor.lexicon.boilerplate import Boilerplate

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
        traces: list[Trace] = []
        at = 0
        for line in self.lines:
            traces += [Trace(report_start=at + o, article_start=start, length=n) for o, start, n in line.runs]
            at += len(line.text) + 1
        return tuple(traces)


@dataclass(frozen=True, slots=True)
class Divided:
    """An article's parts, the lines dropped on the way, the cuts considered, and code points not read."""

    parts: tuple[Part, ...]
    dropped: tuple[Dropped, ...]
    cuts: tuple[Cut, ...]
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
        signed = [(d.start, text[d.start : d.end]) for d in cleaned.dropped if d.reason in _TELLING]
        parts = [
            part
            for item, end in zip(items, [*(item.start for item in items[1:]), len(text) + 1], strict=True)
            if (
                part := _part(
                    article, item, [line for line in cleaned.lines if item.start <= line.start < end], signed, end
                )
            )
        ]
        return Divided(tuple(parts), cleaned.dropped, cuts, cleaned.lost)


def _given(entries: Sequence[Entry]) -> list[Entry]:
    """In the order of the text; what stands before the first entry is an item of its own."""
    ordered = sorted(entries, key=lambda entry: entry.start)
    return ordered if ordered[0].start == 0 else [Entry(start=0), *ordered]


def _part(
    article: Article, item: Entry, lines: Sequence[Line], signed: Sequence[tuple[int, str]], end: int
) -> Part | None:
    if not lines:
        return None
    told = [(line.start, line.text) for line in lines] + [entry for entry in signed if item.start <= entry[0] < end]
    return Part(
        lines=tuple(lines),
        title=item.title or (article.title if item.start == 0 else ""),
        published_at=item.published_at or article.published_at,
        url=item.url or article.url,
        told=tuple(text for _, text in sorted(told)),
    )
