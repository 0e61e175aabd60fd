"""In: articles and a pace. Out: the same articles with the second, counted from the start, when each is due. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from schemas import Article, Entry

PAUSE = timedelta(days=1)
"""Event time between two rounds of a loop."""


@dataclass(frozen=True)
class Pace:
    """By event time (`speed_up` seconds of news a second), at a fixed `rate` a second, or, with neither, at once.

    Raises ValueError for both, and for zero or less.
    """

    speed_up: float | None = None
    rate: float | None = None

    def __post_init__(self) -> None:
        if self.speed_up is not None and self.rate is not None:
            raise ValueError("speed-up or rate, not both")
        if (self.speed_up or 1) <= 0 or (self.rate or 1) <= 0 or 0 in (self.speed_up, self.rate):
            raise ValueError("speed-up and rate are above zero")


def in_event_order(articles: Iterable[Article]) -> list[Article]:
    """Oldest first; equal times keep their order."""
    return sorted(articles, key=lambda article: article.published_at)


def due(articles: Iterable[Article], pace: Pace) -> Iterator[tuple[float, Article]]:
    """When each is to be sent. By event time: in that order already, the first at 0; a late one is due at once."""
    first = None
    for number, article in enumerate(articles):
        first = first or article.published_at
        if pace.speed_up is not None:
            yield max(0.0, (article.published_at - first).total_seconds() / pace.speed_up), article
        else:
            yield (number / pace.rate if pace.rate is not None else 0.0), article


def rounds(articles: Sequence[Article]) -> Iterator[Article]:
    """The articles again and again, each round later by their span and a day, as other articles: a stream without end.

    The first round is as given. Nothing comes of no articles.
    """
    if not articles:
        return
    times = [article.published_at for article in articles]
    span = max(times) - min(times) + PAUSE
    for number in count():
        yield from (again(article, number, span * number) for article in articles)


def again(article: Article, number: int, later: timedelta) -> Article:
    """The article as its `number`th repetition; number 0 is itself."""
    if number == 0:
        return article
    return article.model_copy(
        update={
            "id": f"{article.id}.{number}",
            "url": article.url and f"{article.url}#round-{number}",
            "published_at": _shifted(article.published_at, later),
            "entries": tuple(_later(entry, later) for entry in article.entries),
        }
    )


def _later(entry: Entry, later: timedelta) -> Entry:
    return entry.model_copy(update={"published_at": entry.published_at and _shifted(entry.published_at, later)})


def _shifted(moment: datetime, later: timedelta) -> datetime:
    """A date in the year 9999 has no later one: it stays."""
    try:
        return moment + later
    except OverflowError:
        return moment
