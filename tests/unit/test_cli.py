"""The command line: every command is there, and a wrong word or setting is one line, status 2 and no traceback."""

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from services.cli import app

COMMANDS = {
    "demo",
    "provision",
    "feed",
    "heartbeat",
    "worker",
    "desk",
    "alerts",
    "analyze",
    "explain",
    "doctor",
    "config",
    "dlq",
}


def said(**variables: str) -> str:
    """What `newsmon config` says of a wrong setting."""
    done = CliRunner().invoke(app, ["config"], env=variables)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == len(variables)
    return done.stderr


def newsmon(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "services.cli", *words]
    return subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=False)


def test_every_command_is_listed_with_what_it_does() -> None:
    assert {command.name or command.callback.__name__ for command in app.registered_commands} | {"dlq"} >= COMMANDS
    assert all(command.callback.__doc__ for command in app.registered_commands)
    assert CliRunner().invoke(app, ["dlq", "list", "--help"]).exit_code == 0


@pytest.mark.parametrize(
    ("variable", "value", "why"),
    [
        ("NEWSMON_KAFKA_PARTITIONS", "x", "valid integer"),
        ("NEWSMON_KAFKA_PARTITIONS", "0", "greater than or equal to 1"),
        ("NEWSMON_WORKER_WEB_PORT", "99999", "less than or equal to 65535"),
        ("NEWSMON_KAFKA_SECURITY_PROTOCOL", "tls", "'SASL_SSL'"),
        ("NEWSMON_KAFKA_SASL_PASSWORD_FILE", "/absent", "cannot read /absent"),
        ("NEWSMON_KAFKA", "x", "groups"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(variable: str, value: str, why: str) -> None:
    line = said(**{variable: value})
    assert line.startswith(variable)
    assert why in line


def test_an_unknown_setting_is_one_line_with_those_that_are_known() -> None:
    line = said(NEWSMON_KAFKA_FOO="1")
    assert line.startswith("NEWSMON_KAFKA_FOO is not a setting; those of kafka are bootstrap_servers")


def test_a_misspelt_setting_is_told_what_was_meant() -> None:
    assert said(NEWSMON_KAFKA_PARTITION="4") == (
        "NEWSMON_KAFKA_PARTITION is not a setting: did you mean NEWSMON_KAFKA_PARTITIONS?\n"
    )


def test_two_wrong_settings_are_two_lines() -> None:
    assert said(NEWSMON_KAFKA_FOO="1", NEWSMON_DESK_PORT="no").splitlines()[1].startswith("NEWSMON_DESK_PORT: ")


def test_the_value_is_not_told_because_it_may_be_a_secret() -> None:
    assert "hunter2" not in said(NEWSMON_KAFKA_SASL_PASSWRD="hunter2")


@pytest.mark.parametrize("command", [["worker"], ["demo"], ["alerts"], ["dlq", "list"]])
def test_every_command_refuses_a_wrong_setting_without_a_traceback(command: list[str]) -> None:
    done = newsmon(*command, NEWSMON_KAFKA_PARTITIONS="x")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("NEWSMON_KAFKA_PARTITIONS: ")
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_one_line_and_status_1() -> None:
    done = newsmon("analyze", "absent.jsonl")
    assert (done.returncode, done.stderr) == (1, "newsmon: absent.jsonl: no such file or directory\n")


def test_without_a_broker_a_command_says_which_variable_names_one() -> None:
    done = CliRunner().invoke(app, ["alerts"], env={"NEWSMON_KAFKA_BOOTSTRAP_SERVERS": ""})
    assert done.exit_code == 2
    assert "NEWSMON_KAFKA_BOOTSTRAP_SERVERS" in done.output
