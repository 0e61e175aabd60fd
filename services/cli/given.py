"""What several commands are given: settings that are right, and articles that can be read. In: words and variables."""

import difflib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError

from schemas import Article
from services.settings import PREFIX, Settings
from services.terminal import visible

PathOrStdin = Annotated[str, typer.Argument(help="A directory with a manifest, a .txt, JSONL of Articles, or -")]
PublishedAt = Annotated[
    datetime | None, typer.Option(help="For a .txt without a date: when it was published (UTC).", formats=["%Y-%m-%d"])
]
WRONG = 2
"""Exit status of a command that was called wrongly, as click's own."""


def settings() -> Settings:
    """The settings in force. A wrong one ends the command: a line for each, naming its variable, and status 2."""
    try:
        return Settings()
    except ValidationError as error:
        _refused([_named(fault) for fault in error.errors(include_url=False, include_input=False)])
    except SettingsError:
        _refused([f"{PREFIX.upper()}KAFKA, _WORKER and _DESK are groups: set NEWSMON_KAFKA_PARTITIONS, one by one"])
    except ValueError as error:  # a secret's file that cannot be read
        _refused([str(error)])


def with_broker() -> Settings:
    """Settings that name a Kafka; without one there is nothing to talk to."""
    found = settings()
    if found.kafka.bootstrap_servers is None:
        raise typer.BadParameter("set NEWSMON_KAFKA_BOOTSTRAP_SERVERS, or try `newsmon demo`, which brings a broker")
    return found


def articles(source: str, bad: list[str], published_at: datetime | None) -> Iterator[Article]:
    """The readable articles; the others are named by file and line on standard error."""
    from services.feeder.sources import read_articles

    dated = published_at.replace(tzinfo=UTC) if published_at else None
    for found in read_articles(source, published_at=dated):
        if isinstance(found, Article):
            yield found
        else:
            bad.append(str(found))
            typer.echo(visible(str(found)), err=True)


def _refused(lines: list[str]) -> NoReturn:
    for line in lines:
        typer.echo(visible(line), err=True)
    raise typer.Exit(WRONG)


def _named(fault: ErrorDetails) -> str:
    """One fault under the variable's name, never with its value: it may be a secret."""
    place = [str(part) for part in fault["loc"]]
    variable = (PREFIX + "_".join(place)).upper()
    if fault["type"] == "extra_forbidden":
        return f"{variable} is not a setting{_meant(*place)}"
    return f"{variable}: {fault['msg'].removeprefix('Value error, ')}"


def _meant(group: str, name: str) -> str:
    known = list(type(getattr(Settings.model_construct(), group)).model_fields)
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f": did you mean {f'{PREFIX}{group}_{near[0]}'.upper()}?"
    return f"; those of {group} are {', '.join(known)}"
