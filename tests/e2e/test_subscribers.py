"""Every consumer that the docs show sees what `newsmon alerts` sees: the same alert ids, the same subjects."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaProducer

from schemas import STREAMS, PolicyShiftAlert
from services.broker.provision import provision
from services.feeder.sources import read_articles
from services.monitor.envelope import cloudevent
from services.monitor.offline import Offline
from services.monitor.tools import Tools
from services.settings import KafkaSettings
from tests.absent import absent
from tests.brokers import SCRIPT, no_java
from tests.builders import WHEN, a_claim
from tests.pipeline import until

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs/subscribers"
Told = set[tuple[str, str]]
"""Alert id and subject."""


@pytest.fixture(scope="session")
def told(tools: Tools) -> list[PolicyShiftAlert]:
    """What the seeds tell."""
    run = Offline(tools)
    run.feed(read_articles(ROOT / "seeds"))
    return run.alerts.messages


@pytest.fixture
def stream(fresh_broker: KafkaSettings, told: list[PolicyShiftAlert]) -> KafkaSettings:
    """A broker whose alert stream holds them, in their envelopes."""
    provision(fresh_broker)
    producer = KafkaProducer(acks="all", **fresh_broker.kafka_python_options())
    for alert in told:
        headers = list(cloudevent(alert, a_claim(), WHEN).items())
        producer.send(STREAMS.alerts.name, key=alert.alert_id.encode(), value=alert.to_bytes(), headers=headers)
    producer.flush()
    producer.close()
    return fresh_broker


@pytest.fixture
def ours(stream: KafkaSettings, told: list[PolicyShiftAlert]) -> Told:
    """What `newsmon alerts --json` prints."""
    command = [sys.executable, "-m", "services.cli", "alerts", "--from-beginning", "--idle", "3", "--json"]
    printed = run(command, environment=stream.environment())
    found = {(alert["alert_id"], subject(alert)) for alert in map(json.loads, printed)}
    assert {alert.alert_id for alert in told} <= {alert_id for alert_id, _ in found}
    return found


def subject(alert: dict[str, Any]) -> str:
    return f"{alert['actor']['id']}/{alert['instrument']}/{(alert['target'] or {'id': '-'})['id']}"


def run(command: list[object], *, environment: dict[str, str] | None = None) -> list[str]:
    """Its lines. Fails the test with what it said unless it is content."""
    done = subprocess.run(
        list(map(str, command)), env=os.environ | (environment or {}), capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def of_kcat(line: str) -> tuple[str, str]:
    key, headers, value = line.split("\t", 2)
    assert json.loads(value)["alert_id"] == key
    return key, dict(header.split("=", 1) for header in headers.split(","))["ce_subject"]


@pytest.mark.parametrize("fresh_broker", [pytest.param("kafka", marks=pytest.mark.kafka)], indirect=True)
def test_kcat_reads_the_alerts_and_their_headers(stream: KafkaSettings, ours: Told) -> None:
    """Not on the embedded broker: librdkafka refuses its answer to ApiVersions (it is five bytes too short)."""
    if shutil.which("kcat") is None:
        absent("kcat", "kcat is not installed (apt-get install kcat)")
    printed = run([EXAMPLES / "alerts.sh", stream.bootstrap_servers, "-e"])
    assert {of_kcat(line) for line in printed} == ours


def test_java_reads_the_alerts_and_their_headers(stream: KafkaSettings, ours: Told) -> None:
    if reason := no_java():
        absent("kafka", reason)
    run([SCRIPT, "fetch"])
    cache = os.environ.get("KAFKA_CACHE") or next((Path.home() / ".cache/newsmon").glob("kafka-*"))
    printed = run(["java", "-cp", f"{cache}/*", EXAMPLES / "Alerts.java", stream.bootstrap_servers, 5])
    assert {(line.split("\t")[0], line.split("\t")[1]) for line in printed} == ours


def test_aiokafka_reads_the_alerts_and_their_headers(stream: KafkaSettings, ours: Told, tmp_path: Path) -> None:
    said = tmp_path / "said"
    with said.open("wb") as out:
        process = subprocess.Popen([sys.executable, EXAMPLES / "alerts.py", stream.bootstrap_servers], stdout=out)
    try:
        until(lambda: {tuple(line.split("\t")[:2]) for line in said.read_text().splitlines()} == ours, what="the same")
    finally:
        process.kill()
        process.wait()


def test_the_examples_name_the_stream_and_the_version_that_are_ours() -> None:
    version = re.search(r"<kafka.version>(.+)</kafka.version>", (ROOT / "deploy/kafka/pom.xml").read_text())[1]
    for path in EXAMPLES.iterdir():
        text = path.read_text(encoding="utf-8")
        assert STREAMS.alerts.name in text, path
        assert set(re.findall(r"kafka-(\d[\d.]+\d)/", text)) <= {version}, path
