"""Commands that run the parts of newsmon until they are done or told to end: demo, feed, heartbeat, worker, desk."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from services.cli.given import PathOrStdin, PublishedAt, settings, with_broker


def demo(
    source: Annotated[Path, typer.Argument(help="What to feed.")] = Path("seeds"),
    workers: Annotated[int, typer.Option(min=1, max=8, help="Worker processes.")] = 2,
    keep: Annotated[bool, typer.Option("--keep", help="Stay until Ctrl-C, to look around at the desk.")] = False,
) -> None:
    """Run everything on this machine: embedded broker, streams, feeder, workers, live alerts, metrics, the desk.

    Example: `newsmon demo` feeds the seeds and ends when the last one is read.
    """
    import signal

    from services.operations.demo import run_demo

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends what it started, as Ctrl-C does
    run_demo(settings(), source, workers=workers, console=Console(), keep=keep)


def feed(
    source: PathOrStdin,
    speed_up: Annotated[float | None, typer.Option(help="Event time, so many times faster.")] = None,
    rate: Annotated[float | None, typer.Option(help="Articles a second. Neither: as fast as possible.")] = None,
    loop: Annotated[bool, typer.Option(help="Start again at the end, for ever.")] = False,
    no_notify: Annotated[bool, typer.Option("--no-notify", help="A backfill: its alerts say so.")] = False,
    limit: Annotated[int | None, typer.Option(help="Stop after so many articles.")] = None,
    published_at: PublishedAt = None,
) -> None:
    """Send articles to the raw stream, each acknowledged by the broker. Exit 1 if a line could not be read.

    Example: `newsmon feed seeds --speed-up 100000`
    """
    from services.feeder.feed import FeedOptions
    from services.feeder.feed import feed as run
    from services.feeder.pacing import Pace

    options = FeedOptions(
        pace=Pace(speed_up=speed_up, rate=rate), loop=loop, notify=not no_notify, limit=limit, published_at=published_at
    )
    fed = run(source, with_broker().kafka, options)
    typer.echo(f"{fed.sent} sent, {fed.too_large} too large, {len(fed.bad)} unreadable (in the dead letters)", err=True)
    raise typer.Exit(1 if fed.bad or fed.too_large else 0)


def heartbeat(
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two.")] = 30.0,
) -> None:
    """Send a heartbeat through the pipe at an interval until SIGTERM: the rule NewsmonPipeSilent waits for it.

    Example: `newsmon heartbeat --every 30`
    """
    import signal
    import threading

    from services.feeder.heartbeat import keep_beating

    stop = threading.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: stop.set())
    keep_beating(with_broker().kafka, every, stop=stop)


def worker(loglevel: Annotated[str, typer.Option(help="DEBUG, INFO, WARNING or ERROR.")] = "INFO") -> None:
    """Run one monitor process until SIGTERM. Start as many as there are partitions; each with its own state directory.

    Example: `NEWSMON_KAFKA_BOOTSTRAP_SERVERS=localhost:9092 newsmon worker`
    """
    from services.monitor.worker import run_worker

    run_worker(with_broker(), loglevel=loglevel)


def desk() -> None:
    """Serve the desk until SIGTERM: live alerts, stances, their timelines, the JSON API, the feed.

    Example: `NEWSMON_KAFKA_BOOTSTRAP_SERVERS=localhost:9092 newsmon desk`, then http://127.0.0.1:8080
    """
    from services.desk.server import run_desk

    run_desk(with_broker())
