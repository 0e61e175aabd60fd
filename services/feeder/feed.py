"""In: a path, a Kafka, a pace. Out: the articles on the raw stream at that pace, and a count of what became of each."""

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from schemas import Article
from services.feeder.bad_line import BadLine
from services.feeder.pacing import Pace, due, in_event_order, rounds
from services.feeder.publisher import Publisher, connect
from services.feeder.sources import read_articles
from services.settings import KafkaSettings
from services.terminal import visible

AT_ONCE = Pace()


@dataclass(frozen=True, kw_only=True)
class FeedOptions:
    """How to feed. `notify=False` marks a backfill; `published_at` dates text files that carry no date."""

    pace: Pace = AT_ONCE
    loop: bool = False
    limit: int | None = None
    notify: bool = True
    published_at: datetime | None = None


@dataclass
class Fed:
    """What became of everything read: read = sent + too_large + bad lines."""

    sent: int = 0
    too_large: int = 0
    bad: list[BadLine] = field(default_factory=list)


def feed(
    path: str | Path,
    settings: KafkaSettings,
    options: FeedOptions | None = None,
    *,
    stop: threading.Event | None = None,
    on_bad: Callable[[BadLine], None] = lambda bad: print(visible(str(bad)), file=sys.stderr),  # noqa: T201 # the terminal's line
) -> Fed:
    """Read, pace, send; returns when all is acknowledged, or `stop` is set. Set `stop` in a signal handler.

    Raises FileNotFoundError, services.feeder.publisher.DeliveryError, kafka.errors.KafkaError.
    """
    chosen = options or FeedOptions()
    fed, halt = Fed(), stop or threading.Event()

    def note(bad: BadLine) -> None:
        fed.bad.append(bad)
        on_bad(bad)

    items = read_articles(path, published_at=chosen.published_at)
    with Publisher(connect(settings)) as publisher, _progress() as progress:
        articles = planned(_only_articles(items, publisher, note), chosen)
        task = progress.add_task(str(path), total=len(articles) if isinstance(articles, list) else chosen.limit)
        for article in timely(articles, chosen.pace, halt):
            _count(fed, publisher.send(article))
            progress.advance(task)
    return fed


def planned(articles: Iterable[Article], options: FeedOptions) -> Iterable[Article]:
    """In the order they are sent. A loop and event time need all articles at once, everything else streams."""
    if not options.notify:
        articles = (article.model_copy(update={"notify": False}) for article in articles)
    if options.loop or options.pace.speed_up is not None:
        articles = in_event_order(articles)
    if options.loop:
        articles = rounds(list(articles))
    return articles if options.limit is None else islice(articles, options.limit)


def timely(articles: Iterable[Article], pace: Pace, halt: threading.Event) -> Iterator[Article]:
    """Each article when it is due, until `halt` is set; waits on `halt`, so that a stop is heard at once."""
    start = time.monotonic()
    for second, article in due(articles, pace):
        if halt.wait(min(max(0.0, start + second - time.monotonic()), threading.TIMEOUT_MAX)):
            return
        yield article


def _only_articles(
    items: Iterable[Article | BadLine], publisher: Publisher, note: Callable[[BadLine], None]
) -> Iterator[Article]:
    for item in items:
        if isinstance(item, BadLine):
            publisher.bury(item)
            note(item)
        else:
            yield item


def _count(fed: Fed, sent: bool) -> None:
    if sent:
        fed.sent += 1
    else:
        fed.too_large += 1


def _progress() -> Progress:
    """On standard error, and only when somebody looks: a pipe and a log stay clean."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)
