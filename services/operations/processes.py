"""Settings in, running processes of newsmon out: the workers and the desk of a demo or a test, each with its log."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from services.broker.embedded import free_port
from services.settings import DeskSettings, KafkaSettings


class WorkerDiedError(RuntimeError):
    """A worker of the demo ended by itself. Operator: read the log it names."""


@dataclass
class Workers:
    """Worker processes and where they tell how they are."""

    directory: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)

    def start(self, kafka: KafkaSettings, port: int) -> None:
        """One more worker: its own state directory, its own metrics port, its log beside them."""
        number = len(self.processes) + 1
        environment = os.environ | kafka.environment() | {
            "NEWSMON_WORKER_STATE_DIR": str(self.directory / f"worker-{number}"),
            "NEWSMON_WORKER_WEB_PORT": str(port),
        }  # fmt: skip
        with self.log(number).open("ab") as log:
            command = [sys.executable, "-m", "services.cli", "worker"]
            self.processes.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
        self.ports.append(port)

    def log(self, number: int) -> Path:
        """Where that worker writes."""
        return self.directory / f"worker-{number}.log"

    def check(self) -> None:
        """Raises WorkerDiedError."""
        for number, process in enumerate(self.processes, start=1):
            if process.poll() is not None:
                raise WorkerDiedError(f"worker {number} ended with status {process.returncode}: {self.log(number)}")

    def stop(self) -> None:
        """SIGTERM, and SIGKILL for one that does not listen."""
        stop_all(self.processes)


def stop_all(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    """SIGTERM, and SIGKILL for one that does not listen."""
    for process in processes:
        process.send_signal(signal.SIGTERM)
    for process in processes:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def start_desk(stack: contextlib.ExitStack, directory: Path, kafka: KafkaSettings, desk: DeskSettings) -> str:
    """Start the desk, on its own port or, where that is taken, on any; its address."""
    port = desk.port if is_free(desk.port) else free_port()
    environment = os.environ | kafka.environment() | {"NEWSMON_DESK_HOST": "127.0.0.1", "NEWSMON_DESK_PORT": str(port)}
    with (directory / "desk.log").open("ab") as log:
        command = [sys.executable, "-m", "services.cli", "desk"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    stack.callback(stop_all, [process])
    return f"http://127.0.0.1:{port}/"


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
        return True
    return False
