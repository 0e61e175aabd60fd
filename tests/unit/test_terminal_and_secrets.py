"""What is printed obeys nobody outside and shows no secret; what listens, listens to this machine alone."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from rich.console import Console
from typer.testing import CliRunner

from schemas import STREAMS, PolicyShiftAlert
from services.cli import app
from services.feeder.bad_line import BadLine
from services.monitor.app import create_app
from services.monitor.metrics import Metrics
from services.monitor.tools import Tools
from services.settings import KafkaSettings, Settings, WorkerSettings
from services.subscriber.cards import line, show
from services.terminal import visible
from tests.fuzz.strategies import examples

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eevil\u2066\r\x08[bold]"
SECRET = "hunter2-and-more"
LOGIN = {
    "NEWSMON_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1", "NEWSMON_KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
    "NEWSMON_KAFKA_SASL_USERNAME": "ann", "NEWSMON_KAFKA_SASL_PASSWORD": SECRET,
    "NEWSMON_KAFKA_SSL_KEY_PASSWORD": SECRET,
}  # fmt: skip


def hostile_alert() -> PolicyShiftAlert:
    alert = PolicyShiftAlert.model_validate(examples(STREAMS.alerts)[-1])
    evidence = tuple(e.model_copy(update={"quote": HOSTILE, "source": HOSTILE}) for e in alert.evidence)
    return alert.model_copy(update={"headline": HOSTILE, "evidence": evidence})


@given(st.text())
def test_what_is_visible_holds_no_control_character_and_plain_text_stays(text: str) -> None:
    shown = visible(text)
    assert all(char in "\t\n" or char.isprintable() or not char.isascii() for char in shown)
    assert not set(shown) & set("\x1b\x9b\x07\r\u202e\u2066\u2028")
    if text.isascii() and text.isprintable():
        assert shown == text


def test_a_hostile_alert_cannot_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(force_terminal=True, color_system=None, width=100)
    show(hostile_alert(), console)
    printed = capsys.readouterr().out + line(hostile_alert())
    assert not set(printed) & set("\x1b\x9b\x07\r\u202e\u2066")
    assert "\\x1b]0;owned" in printed


def test_a_hostile_file_cannot_command_the_terminal_when_explained_or_refused(tmp_path) -> None:
    (tmp_path / "bad.jsonl").write_text(f'{{"source": "{HOSTILE[:0]}", "x": 1}}\n')
    (tmp_path / "\x1b[2J.jsonl").write_text("no json\n")
    done = CliRunner().invoke(app, ["analyze", str(tmp_path)])
    assert done.exit_code == 1
    assert "\x1b" not in done.output
    assert "\x1b" not in visible(str(BadLine("\x1b[2J", 1, "invalid", HOSTILE, b"")))


def test_the_shown_configuration_holds_stars_for_secrets() -> None:
    done = CliRunner().invoke(app, ["config"], env=LOGIN)
    assert done.exit_code == 0
    assert SECRET not in done.output
    assert done.output.count("**********") == 2


CONNECT = """
import logging
logging.basicConfig(level=logging.DEBUG)
from kafka.admin import KafkaAdminClient
from services.settings import Settings
KafkaAdminClient(**Settings().kafka.kafka_python_options(), bootstrap_timeout_ms=500)
"""


@pytest.mark.parametrize("command", [["-c", CONNECT], ["-m", "services.cli", "doctor", "--quick"]])
def test_nothing_that_a_failed_connection_prints_or_logs_holds_the_password(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *command], env=os.environ | LOGIN, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "127.0.0.1:1" in said
    assert SECRET not in said


def test_the_faust_application_shows_no_password_and_serves_nothing(tools: Tools, tmp_path) -> None:
    kafka = KafkaSettings(bootstrap_servers="127.0.0.1:1", security_protocol="SASL_PLAINTEXT", sasl_username="ann",
                          sasl_password=SecretStr(SECRET))  # fmt: skip
    made = create_app(Settings(kafka=kafka, worker=WorkerSettings(state_dir=tmp_path)), tools, Metrics())
    assert SECRET not in repr(made) + repr(made.conf.broker_credentials)
    assert made.conf.web_enabled is False


def test_the_metrics_listen_on_loopback_alone_and_serve_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    from prometheus_client import start_http_server

    monkeypatch.delenv("NEWSMON_WORKER_WEB_HOST", raising=False)
    host = Settings().worker.web_host
    server, thread = start_http_server(0, host, registry=Metrics().registry)
    try:
        assert server.server_address[0] == "127.0.0.1"
        port = server.server_address[1]
        with pytest.raises(ConnectionRefusedError), socket.create_connection((_outer_address(), port), timeout=2):
            pass
        request = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", method="POST", data=b"x")
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(request, timeout=5)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _outer_address() -> str:
    """This machine's address on its network; 127.0.0.2 where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.2"
        return str(probe.getsockname()[0])
