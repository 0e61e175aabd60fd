"""`newsmon`: one command line over everything. In: words; out: what was asked for, and an exit status.

0 is well, 1 is what the command says of what it found, 2 is a wrong word or a wrong setting.
"""

import sys

import typer

from services.cli import dead_letters, operating, reading, running

app = typer.Typer(
    name="newsmon",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Tells you when a government changes a policy. Start with `newsmon demo`, then `newsmon explain FILE`.",
    epilog="Kafka is named by NEWSMON_KAFKA_BOOTSTRAP_SERVERS (and NEWSMON_KAFKA_SECURITY_PROTOCOL, ...); "
    "`newsmon config` shows what is in force.",
)
for command in (
    running.demo,
    operating.provision,
    running.feed,
    running.heartbeat,
    running.worker,
    running.desk,
    reading.alerts,
    reading.analyze,
    reading.explain,
    operating.doctor,
    operating.config,
):
    app.command()(command)
app.add_typer(dead_letters.commands, name="dlq")


def main() -> None:
    """Entry point of the `newsmon` command. What an operator can mend is one line; a bug is a traceback."""
    try:
        app()
    except (OSError, RuntimeError) as error:
        from services.cli.failures import told

        if (said := told(error)) is None:
            raise
        sys.exit(said)
