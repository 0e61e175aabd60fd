"""Commands for whoever operates newsmon: provision, doctor, config."""

from json import dumps
from typing import Annotated

import typer

from services.cli.given import settings, with_broker


def provision() -> None:
    """Create the streams on the broker. Run it again at any time: it changes nothing that exists."""
    from services.broker.provision import provision as create

    done = create(with_broker().kafka)
    for name in done.created:
        typer.echo(f"created  {name}")
    for name in done.existing:
        typer.echo(f"exists   {name}")
    for difference in done.differs:
        typer.echo(f"differs  {difference}", err=True)
    raise typer.Exit(1 if done.differs else 0)


def doctor(quick: Annotated[bool, typer.Option("--quick", help="Without lexicon and model.")] = False) -> None:
    """Say in one screen whether broker, streams, schema, model, disk and clock are right. Exit 1 if one is not."""
    from services.operations.doctor import examine

    findings = []
    for finding in examine(settings(), quick=quick):
        mark = {True: "ok  ", False: "BAD ", None: "?   "}[finding.ok]
        typer.echo(f"{mark} {finding.what:18} {finding.said}")
        findings.append(finding)
    raise typer.Exit(1 if any(finding.ok is False for finding in findings) else 0)


def config() -> None:
    """Show the settings in force, secrets as stars."""
    typer.echo(dumps(settings().redacted(), indent=2))
