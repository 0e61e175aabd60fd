"""`newsmon dlq`: what nobody could read, and sending it again."""

from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.given import with_broker
from services.terminal import visible

if TYPE_CHECKING:
    from services.operations.dead_letters import Buried

commands = typer.Typer(no_args_is_help=True, help="Dead letters: what nobody could read, and sending it again.")


@commands.command("list")
def list_them() -> None:
    """One line a dead letter: its number, when, stage, reason, origin, detail."""
    from services.operations.dead_letters import buried

    for found in buried(with_broker().kafka):
        letter = found.letter
        typer.echo(visible(f"{found.number:6} {letter.failed_at:%Y-%m-%d %H:%M:%S} {letter.stage:12} "
                           f"{letter.reason:16} {letter.origin}  {letter.detail[:100]!r}"))  # fmt: skip


@commands.command("show")
def show(number: int) -> None:
    """One dead letter whole, its bytes as they came (escaped)."""
    letter = _buried([number])[0].letter
    typer.echo(visible(letter.model_dump_json(indent=2, exclude={"value", "key"})))
    typer.echo(repr(letter.value))


@commands.command("replay")
def replay(numbers: Annotated[list[int], typer.Argument(help="From `newsmon dlq list`.")]) -> None:
    """Send dead letters to where they came from, after you mended what could not read them."""
    from services.operations.dead_letters import replay

    for said in replay(with_broker().kafka, _buried(numbers)):
        typer.echo(visible(said))


def _buried(numbers: list[int]) -> "list[Buried]":
    from services.operations.dead_letters import some

    try:
        return some(with_broker().kafka, numbers)
    except LookupError as error:
        raise typer.BadParameter(str(error)) from error
