"""Commands for people who read: the alerts of a Kafka, and what the monitor makes of articles without one."""

import sys
from typing import Annotated

import typer
from rich.console import Console

from services.cli.given import PathOrStdin, PublishedAt, articles, with_broker


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
    """Follow the alert stream. On a terminal: cards, and beneath them what goes through the pipe.

    Example: `newsmon alerts --from-beginning --actor USA --instrument military-aid`
    """
    from services.subscriber.screen import follow_on
    from services.subscriber.subscription import Filter, Subscription, follow

    kafka = with_broker().kafka
    keep = Filter(actor, target, instrument, transition, certainty)
    subscription = Subscription(kafka, from_beginning=from_beginning)
    if not json:
        follow_on(subscription, keep, kafka, idle_seconds=idle)
        return
    for alert in follow(subscription, keep, idle_seconds=idle):
        typer.echo(alert.to_bytes())


def analyze(source: PathOrStdin, published_at: PublishedAt = None) -> None:
    """Read articles without Kafka; write the alerts that stand at the end as JSON lines. Deterministic.

    Example: `newsmon analyze seeds | jq -r .headline`
    """
    from services.monitor.offline import analyze as run

    bad: list[str] = []
    for alert in run(articles(source, bad, published_at)):
        sys.stdout.buffer.write(alert.to_bytes() + b"\n")
    raise typer.Exit(1 if bad else 0)


def explain(source: PathOrStdin, published_at: PublishedAt = None) -> None:
    """Show every verdict on each article: what was cut away, copies, topics, entities, claims and gates, alerts.

    Example: `newsmon explain seeds/000_f2ec2a2ac0fc457c.txt --published-at 2025-03-04`
    """
    from services.monitor.explain import explain as run

    bad: list[str] = []
    run(articles(source, bad, published_at), Console())
    raise typer.Exit(1 if bad else 0)
