"""`newsmon`: one command line over everything. In: words; out: what was asked for, and an exit status."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from schemas import Article
from services.settings import Settings
from services.terminal import visible

if TYPE_CHECKING:
    from services.operations.dead_letters import Buried

app = typer.Typer(
    name="newsmon",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Tells you when a government changes a policy. Start with `newsmon demo`, then `newsmon explain FILE`.",
    epilog="Kafka is named by NEWSMON_KAFKA_BOOTSTRAP_SERVERS (and NEWSMON_KAFKA_SECURITY_PROTOCOL, ...); "
    "`newsmon config` shows what is in force.",
)
dlq = typer.Typer(no_args_is_help=True, help="Dead letters: what nobody could read, and sending it again.")
app.add_typer(dlq, name="dlq")

PathOrStdin = Annotated[str, typer.Argument(help="A directory with a manifest, a .txt, JSONL of Articles, or -")]
PublishedAt = Annotated[
    datetime | None, typer.Option(help="For a .txt without a date: when it was published (UTC).", formats=["%Y-%m-%d"])
]


@app.command()
def demo(
    source: Annotated[Path, typer.Argument(help="What to feed.")] = Path("seeds"),
    workers: Annotated[int, typer.Option(min=1, max=8, help="Worker processes.")] = 2,
    keep: Annotated[bool, typer.Option("--keep", help="Stay until Ctrl-C, to look around at the desk.")] = False,
) -> None:
    """Run everything on this machine: embedded broker, streams, feeder, workers, live alerts, metrics, the desk.

    Example: `newsmon demo` feeds the seeds and ends when the last one is read.
    """
    from services.operations.demo import run_demo

    run_demo(Settings(), source, workers=workers, console=Console(), keep=keep)


@app.command()
def provision() -> None:
    """Create the streams on the broker. Run it again at any time: it changes nothing that exists."""
    from services.broker.provision import provision as create

    done = create(_with_broker().kafka)
    for name in done.created:
        typer.echo(f"created  {name}")
    for name in done.existing:
        typer.echo(f"exists   {name}")
    for difference in done.differs:
        typer.echo(f"differs  {difference}", err=True)
    raise typer.Exit(1 if done.differs else 0)


@app.command()
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
    fed = run(source, _with_broker().kafka, options)
    typer.echo(f"{fed.sent} sent, {fed.too_large} too large, {len(fed.bad)} unreadable (in the dead letters)", err=True)
    raise typer.Exit(1 if fed.bad or fed.too_large else 0)


@app.command()
def worker(loglevel: Annotated[str, typer.Option(help="DEBUG, INFO, WARNING or ERROR.")] = "INFO") -> None:
    """Run one monitor process until SIGTERM. Start as many as there are partitions; each with its own state directory.

    Example: `NEWSMON_KAFKA_BOOTSTRAP_SERVERS=localhost:9092 newsmon worker`
    """
    from services.monitor.worker import run_worker

    run_worker(_with_broker(), loglevel=loglevel)


@app.command()
def desk() -> None:
    """Serve the desk until SIGTERM: live alerts, stances, their timelines, the JSON API, the feed.

    Example: `NEWSMON_KAFKA_BOOTSTRAP_SERVERS=localhost:9092 newsmon desk`, then http://127.0.0.1:8080
    """
    from services.desk.server import run_desk

    run_desk(_with_broker())


@app.command()
def alerts(
    from_beginning: Annotated[bool, typer.Option(help="Also those from before now.")] = False,
    idle: Annotated[float | None, typer.Option(help="Stop when none came for so many seconds.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    actor: Annotated[str | None, typer.Option(help="ISO alpha-3 or an organisation's code: USA, EUU.")] = None,
    target: Annotated[str | None, typer.Option(help="The same, of the other side.")] = None,
    instrument: Annotated[str | None, typer.Option(help="military-aid, tariffs, ...")] = None,
    transition: Annotated[str | None, typer.Option(help="suspended, resumed, raised, ...")] = None,
    certainty: Annotated[str | None, typer.Option(help="possible or confirmed.")] = None,
) -> None:
    """Follow the alert stream.

    Example: `newsmon alerts --from-beginning --actor USA --instrument military-aid`
    """
    from services.subscriber.cards import show
    from services.subscriber.subscription import Filter, Subscription, follow

    keep = Filter(actor, target, instrument, transition, certainty)
    console = Console()
    subscription = Subscription(_with_broker().kafka, from_beginning=from_beginning)
    for alert in follow(subscription, keep, idle_seconds=idle):
        typer.echo(alert.to_bytes()) if json else show(alert, console)


@app.command()
def analyze(source: PathOrStdin, published_at: PublishedAt = None) -> None:
    """Read articles without Kafka; write the alerts that stand at the end as JSON lines. Deterministic.

    Example: `newsmon analyze seeds | jq -r .headline`
    """
    from services.monitor.offline import analyze as run

    bad: list[str] = []
    for alert in run(_articles(source, bad, published_at)):
        sys.stdout.buffer.write(alert.to_bytes() + b"\n")
    raise typer.Exit(1 if bad else 0)


@app.command()
def explain(source: PathOrStdin, published_at: PublishedAt = None) -> None:
    """Show every verdict on each article: what was cut away, copies, topics, entities, claims and gates, alerts.

    Example: `newsmon explain seeds/000_f2ec2a2ac0fc457c.txt --published-at 2025-03-04`
    """
    from services.monitor.explain import explain as run

    bad: list[str] = []
    run(_articles(source, bad, published_at), Console())
    raise typer.Exit(1 if bad else 0)


@app.command()
def doctor(quick: Annotated[bool, typer.Option("--quick", help="Without lexicon and model.")] = False) -> None:
    """Say in one screen whether broker, streams, schema, model, disk and clock are right. Exit 1 if one is not."""
    from services.operations.doctor import examine

    findings = []
    for finding in examine(Settings(), quick=quick):
        mark = {True: "ok  ", False: "BAD ", None: "?   "}[finding.ok]
        typer.echo(f"{mark} {finding.what:18} {finding.said}")
        findings.append(finding)
    raise typer.Exit(1 if any(finding.ok is False for finding in findings) else 0)


@app.command()
def config() -> None:
    """Show the settings in force, secrets as stars."""
    from json import dumps

    typer.echo(dumps(Settings().redacted(), indent=2))


@dlq.command("list")
def dlq_list() -> None:
    """One line a dead letter: its number, when, stage, reason, origin, detail."""
    from services.operations.dead_letters import buried

    for found in buried(_with_broker().kafka):
        letter = found.letter
        typer.echo(visible(f"{found.number:6} {letter.failed_at:%Y-%m-%d %H:%M:%S} {letter.stage:12} "
                           f"{letter.reason:16} {letter.origin}  {letter.detail[:100]!r}"))  # fmt: skip


@dlq.command("show")
def dlq_show(number: int) -> None:
    """One dead letter whole, its bytes as they came (escaped)."""
    letter = _buried([number])[0].letter
    typer.echo(visible(letter.model_dump_json(indent=2, exclude={"value", "key"})))
    typer.echo(repr(letter.value))


@dlq.command("replay")
def dlq_replay(numbers: Annotated[list[int], typer.Argument(help="From `newsmon dlq list`.")]) -> None:
    """Send dead letters to where they came from, after you mended what could not read them."""
    from services.operations.dead_letters import replay

    for said in replay(_with_broker().kafka, _buried(numbers)):
        typer.echo(visible(said))


def _buried(numbers: list[int]) -> "list[Buried]":
    from services.operations.dead_letters import some

    try:
        return some(_with_broker().kafka, numbers)
    except LookupError as error:
        raise typer.BadParameter(str(error)) from error


def _with_broker() -> Settings:
    """Settings that name a Kafka; without one there is nothing to talk to."""
    settings = Settings()
    if settings.kafka.bootstrap_servers is None:
        raise typer.BadParameter("set NEWSMON_KAFKA_BOOTSTRAP_SERVERS, or try `newsmon demo`, which brings a broker")
    return settings


def _articles(source: str, bad: list[str], published_at: datetime | None) -> Iterator[Article]:
    """The readable articles; the others are named by file and line on standard error."""
    from datetime import UTC

    from services.feeder.sources import read_articles

    dated = published_at.replace(tzinfo=UTC) if published_at else None
    for found in read_articles(source, published_at=dated):
        if isinstance(found, Article):
            yield found
        else:
            bad.append(str(found))
            typer.echo(visible(str(found)), err=True)


def main() -> None:
    """Entry point of the `newsmon` command."""
    app()


if __name__ == "__main__":
    main()
