"""Brokers for tests: `embedded_kafka()` and `real_kafka()`, both on random loopback ports, both end with their block.

tests/conftest.py registers the fixtures: `embedded` (one broker a session) and `kafka` (a real one a session, or the
one that NEWSMON_TEST_KAFKA names); `broker` is both in turn. `fresh_name` keeps topics of one session apart.
"""

import contextlib
import gc
import os
import random
import shutil
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from services.broker.embedded import EmbeddedBroker, embedded_broker
from services.broker.watched import lives
from services.settings import KafkaSettings, Mechanism

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "deploy" / "kafka" / "kafka.sh"
PORTS_PER_NODE = 3


@dataclass(frozen=True)
class RealKafka:
    """A running Apache Kafka. Nodes count from 1; `pid`, `kill`, `stop` and `start` are for fault tests."""

    directory: Path
    port: int
    nodes: int = 1
    secure: bool = False

    @property
    def bootstrap(self) -> str:
        return self._addresses(0)

    @property
    def settings(self) -> KafkaSettings:
        return KafkaSettings(bootstrap_servers=self.bootstrap, replication_factor=self.nodes)

    def settings_for(self, user: str, mechanism: Mechanism = "SCRAM-SHA-512", **changes: Any) -> KafkaSettings:
        """A user of the TLS listener: admin, newsmon-provision, newsmon-feeder, newsmon-worker or newsmon-reader."""
        secrets = self.directory / "secrets"
        fields: dict[str, Any] = {
            "bootstrap_servers": self._addresses(2),
            "security_protocol": "SASL_SSL",
            "sasl_mechanism": mechanism,
            "sasl_username": user,
            "sasl_password": SecretStr((secrets / f"{user}.password").read_text()),
            "ssl_cafile": secrets / "ca.pem",
        }
        return KafkaSettings(**(fields | changes))

    def pid(self, node: int = 1) -> int:
        return int((self.directory / f"node-{node}" / "pid").read_text())

    def kill(self, node: int = 1) -> None:
        """kill -9, and wait until it is gone; `start(node)` brings it back with its data."""
        pid = self.pid(node)
        os.kill(pid, signal.SIGKILL)
        while lives(pid):
            time.sleep(0.01)

    def start(self, node: int | None = None) -> None:
        self._run("start", node)

    def stop(self, node: int | None = None) -> None:
        self._run("stop", node)

    def command(self, name: str, node: int | None = None) -> list[str]:
        options = ["--dir", self.directory, "--port", self.port, "--nodes", self.nodes]
        options += ["--node", node] if node else []
        options += ["--secure"] if self.secure else []
        return [str(SCRIPT), name, *map(str, options)]

    def _run(self, name: str, node: int | None) -> None:
        done = subprocess.run(self.command(name, node), check=False, capture_output=True, text=True, timeout=180)
        if done.returncode:
            raise RuntimeError(f"kafka.sh {name}: {done.stderr[-2000:]}")

    def _addresses(self, offset: int) -> str:
        return ",".join(f"127.0.0.1:{self.port + PORTS_PER_NODE * i + offset}" for i in range(self.nodes))


def no_java() -> str | None:
    """Why a real Kafka cannot be started here, or None."""
    missing = [tool for tool in ("java", "mvn") if shutil.which(tool) is None]
    return f"needs {' and '.join(missing)}, or NEWSMON_TEST_KAFKA" if missing else None


@contextlib.contextmanager
def real_kafka(directory: Path, *, nodes: int = 1, secure: bool = False) -> Iterator[RealKafka]:
    """Apache Kafka on free ports, its data in `directory`; the first time the jars are fetched."""
    kafka = RealKafka(directory, free_block(nodes * PORTS_PER_NODE), nodes, secure)
    with run_when_we_end(kafka.command("stop")):
        kafka.start()
        yield kafka


@contextlib.contextmanager
def run_when_we_end(command: list[str]) -> Iterator[None]:
    """Run it when the block ends, or when this process does, however: a shell waits on a pipe that we hold."""
    wait = ["/bin/sh", "-c", 'cat >/dev/null; exec "$@"', "sh", *command]
    with subprocess.Popen(wait, stdin=subprocess.PIPE, start_new_session=True) as waiting:
        yield
        if waiting.stdin:
            waiting.stdin.close()
        waiting.wait(60)


@contextlib.contextmanager
def embedded_kafka(directory: Path) -> Iterator[KafkaSettings]:
    """The embedded broker, as settings."""
    with embedded_broker(directory) as broker:
        yield settings_of(broker)


def settings_of(broker: EmbeddedBroker) -> KafkaSettings:
    return KafkaSettings(bootstrap_servers=broker.bootstrap, embedded=True)


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaSettings]:
    with embedded_kafka(tmp_path_factory.mktemp("broker")) as settings:
        yield settings


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaSettings]:
    given = os.environ.get("NEWSMON_TEST_KAFKA")
    if given:
        yield KafkaSettings(bootstrap_servers=given)
        return
    if reason := no_java():
        pytest.skip(reason)
    with real_kafka(tmp_path_factory.mktemp("kafka")) as running:
        yield running.settings


@pytest.fixture(
    params=[pytest.param("embedded", marks=pytest.mark.embedded), pytest.param("kafka", marks=pytest.mark.kafka)]
)
def broker(request: pytest.FixtureRequest) -> KafkaSettings:
    """The same test on both; `-m embedded` or `-m kafka` chooses."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def abandoned_sockets() -> Iterator[None]:
    """kafka-python leaves sockets of refused connections to the garbage collector, which complains: let it, here.

    Use with `pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")`.
    """
    yield
    gc.collect()


def fresh_name(stem: str) -> str:
    """A topic name nobody used before."""
    return f"{stem}.{uuid.uuid4().hex[:8]}"


def free_block(size: int) -> int:
    """The first of `size` neighbouring free ports, below the range from which the system gives ports to clients."""
    for _ in range(200):
        first = random.randrange(20_000, 30_000 - size)
        if all(_is_free(first + i) for i in range(size)):
            return first
    raise RuntimeError("no free ports")


def _is_free(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
        return True
    return False


@pytest.fixture(
    params=[pytest.param("embedded", marks=pytest.mark.embedded), pytest.param("kafka", marks=pytest.mark.kafka)]
)
def fresh_broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KafkaSettings]:
    """A broker of its own for the test, which holds nothing yet: the embedded one, and a real Kafka."""
    if request.param == "embedded":
        with embedded_kafka(tmp_path / "broker") as settings:
            yield settings
        return
    if reason := no_java():
        pytest.skip(reason)
    with real_kafka(tmp_path / "kafka") as running:
        yield running.settings
