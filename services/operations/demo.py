"""The whole of newsmon on one machine: broker, streams, workers, feeder, live alerts. Ends when all is read."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from schemas import PolicyShiftAlert
from services.broker.embedded import embedded_broker, free_port
from services.broker.provision import provision
from services.feeder.feed import feed
from services.monitor.analysis.final import final
from services.operations.lag import Lag
from services.settings import DeskSettings, KafkaSettings, Settings
from services.subscriber.cards import show
from services.subscriber.subscription import Subscription


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


def run_demo(
    settings: Settings, source: Path, *, workers: int, console: Console, keep: bool = False
) -> list[PolicyShiftAlert]:
    """Feed `source` through the real pipeline and show each alert as it comes. Gives the final alerts.

    `keep`: the desk stays until Ctrl-C.
    """
    with contextlib.ExitStack() as stack:
        directory = settings.worker.state_dir / "demo"
        kafka = settings.kafka
        if kafka.bootstrap_servers is None:
            shutil.rmtree(directory, ignore_errors=True)  # the last demo's memory belongs to the last demo's broker
        directory.mkdir(parents=True, exist_ok=True)
        if kafka.bootstrap_servers is None:
            broker = stack.enter_context(embedded_broker(directory / "broker"))
            kafka = KafkaSettings(bootstrap_servers=broker.bootstrap, embedded=True, partitions=kafka.partitions)
            console.print(f"broker    {broker.bootstrap} (embedded, for the demo only)")
        provision(kafka)
        running = _started(stack, directory, kafka, workers)
        console.print(f"desk      {_desk(stack, directory, kafka, settings.desk)}")
        standing = _run(kafka, source, running, console)
        if keep:
            _stay(console)
        return standing


def _started(stack: contextlib.ExitStack, directory: Path, kafka: KafkaSettings, count: int) -> Workers:
    running = Workers(directory)
    stack.callback(running.stop)
    for _ in range(count):
        running.start(kafka, free_port())
    return running


def _desk(stack: contextlib.ExitStack, directory: Path, kafka: KafkaSettings, desk: DeskSettings) -> str:
    """Start the desk, on its own port or, where that is taken, on any; its address."""
    port = desk.port if is_free(desk.port) else free_port()
    environment = os.environ | kafka.environment() | {"NEWSMON_DESK_HOST": "127.0.0.1", "NEWSMON_DESK_PORT": str(port)}
    with (directory / "desk.log").open("ab") as log:
        command = [sys.executable, "-m", "services.cli", "desk"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    stack.callback(stop_all, [process])
    return f"http://127.0.0.1:{port}/"


def _stay(console: Console) -> None:
    console.print("The desk stays. Ctrl-C ends everything.")
    with contextlib.suppress(KeyboardInterrupt):
        signal.pause()


def _run(kafka: KafkaSettings, source: Path, workers: Workers, console: Console) -> list[PolicyShiftAlert]:
    console.print("metrics  ", *(f"http://127.0.0.1:{port}/metrics" for port in workers.ports))
    subscription = Subscription(kafka, from_beginning=True)
    try:
        fed = feed(source, kafka)
        console.print(f"feeder    {fed.sent} articles from {source}, {len(fed.bad)} unreadable\n")
        messages = list(_until_read(subscription, workers, kafka, console))
    finally:
        subscription.close()
    standing = final(messages)
    console.print(f"\n{len(standing)} alerts stand, {len(messages)} messages told them.")
    return standing


def _until_read(
    subscription: Subscription, workers: Workers, kafka: KafkaSettings, console: Console
) -> Iterator[PolicyShiftAlert]:
    """Alerts as they come, until every stream is read to its end and no alert is left to come."""
    told: dict[str, str] = {}
    with Lag(kafka) as lag:
        while True:
            workers.check()
            finished = lag.total() == 0
            found = subscription.poll(1.0 if finished else 0.3)
            for alert in found:
                if told.get(alert.alert_id) != alert.certainty or alert.type == "cancel":
                    show(alert, console)
                told[alert.alert_id] = alert.certainty
                yield alert
            if finished and not found:
                return


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    import socket

    with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
        return True
    return False
