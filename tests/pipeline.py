"""The real thing for tests: worker processes on a real broker, fed, killed, and read to the end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError

from schemas import STREAMS, Article, DeadLetter, Message, PolicyShiftAlert, Stance, Stream
from services.broker.provision import provision
from services.broker.whole import whole
from services.monitor.analysis.final import final
from services.operations.lag import Lag
from services.settings import KafkaSettings

PATIENCE = 180.0  # seconds; a bound for a machine under load, never a measurement


def until(done: Callable[[], bool], *, what: str, seconds: float = PATIENCE, pause: float = 0.2) -> None:
    """Wait for a condition. Fails the test, saying for what it waited."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s for {what}")
        time.sleep(pause)


@dataclass
class Pipeline:
    """One broker, provisioned; workers by number. `settings`: environment variables for those started from now on."""

    kafka: KafkaSettings
    directory: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    workers: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __enter__(self) -> "Pipeline":
        provision(self.kafka)
        return self

    def __exit__(self, *_exc: object) -> None:
        for number in list(self.workers):
            self.kill(number)

    def start(self, number: int) -> None:
        """Start worker `number`; its state directory outlives it."""
        environment = os.environ | self.kafka.environment() | {
            "NEWSMON_WORKER_STATE_DIR": str(self.directory / f"worker-{number}"),
            "NEWSMON_WORKER_WEB_PORT": "0",
            **({} if self.kafka.embedded else {"NEWSMON_WORKER_INSTANCE_ID": f"test-{number}"}),
            **self.settings,
        }  # fmt: skip
        with self.log(number).open("ab") as log:
            command = [sys.executable, "-m", "services.cli", "worker"]
            self.workers[number] = subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    def log(self, number: int) -> Path:
        return self.directory / f"worker-{number}.log"

    def is_ready(self, number: int) -> bool:
        """Whether it has joined, recovered and begun to read."""
        return "Worker ready" in self.log(number).read_text()

    def kill(self, number: int) -> None:
        """kill -9."""
        process = self.workers.pop(number)
        process.kill()
        process.wait()

    def stop(self, number: int) -> int:
        """SIGTERM; the exit status."""
        process = self.workers.pop(number)
        process.send_signal(signal.SIGTERM)
        return process.wait(60)

    def feed(self, articles: Iterable[Article]) -> None:
        self.send(STREAMS.raw, [(article.id.encode(), article.to_bytes()) for article in articles])

    def send(self, stream: Stream, messages: Sequence[tuple[bytes | None, bytes | None]]) -> None:
        producer = KafkaProducer(acks="all", max_request_size=8 * 1024 * 1024, **self.kafka.kafka_python_options())
        for key, value in messages:
            producer.send(stream.name, key=key, value=value)
        producer.flush()
        producer.close()

    def until_read(self) -> None:
        """Every stream read to its end and committed. A worker that died fails the test with its last words."""
        with self._lag() as lag:
            until(lambda: self._is_read(lag), what=f"the end of the streams, {self.directory}", seconds=2 * PATIENCE)

    def _lag(self) -> Lag:
        """Of a cluster that may just be losing a broker."""
        found: list[Lag] = []
        until(lambda: self._connected(found), what="an answer of the broker")
        return found[0]

    def _connected(self, found: list[Lag]) -> bool:
        try:
            found.append(Lag(self.kafka))
        except KafkaError:
            return False
        return True

    def _is_read(self, lag: Lag) -> bool:
        """A client that meets a broker which is gone asks again."""
        self.alive()
        try:
            return lag.total() == 0
        except KafkaError:
            return False

    def alive(self) -> bool:
        """Whether nobody died, or else the test fails with the last words."""
        for number, process in self.workers.items():
            if process.poll() is not None:
                raise AssertionError(f"worker {number} died:\n{self.log(number).read_text()[-3000:]}")
        return True

    def messages(self, stream: Stream) -> list[Message]:
        """Every message of the stream, partition by partition."""
        return [stream.type.from_bytes(record.value) for record in whole(self.kafka, stream.name)]

    def alerts(self) -> list[PolicyShiftAlert]:
        """What a subscriber holds at the end."""
        return final(message for message in self.messages(STREAMS.alerts) if isinstance(message, PolicyShiftAlert))

    def stances(self) -> dict[str, bytes]:
        """The compacted stances."""
        return {s.key: s.to_bytes() for s in self.messages(STREAMS.stances) if isinstance(s, Stance)}

    def dead_letters(self) -> list[DeadLetter]:
        return [letter for letter in self.messages(STREAMS.dead_letters) if isinstance(letter, DeadLetter)]


def differences(found: Iterable[bytes], wanted: Iterable[bytes]) -> list[str]:
    """What two sets of alerts or stances differ in: one line an id (or key), with the fields and both values."""
    ours, theirs = _by_name(found), _by_name(wanted)
    lines = [f"{name}: missing" for name in theirs.keys() - ours.keys()]
    lines += [f"{name}: not wanted" for name in ours.keys() - theirs.keys()]
    for name in ours.keys() & theirs.keys():
        fields = [f for f in theirs[name] if ours[name].get(f) != theirs[name][f]]
        lines += [f"{name}: {f}: {ours[name].get(f)} instead of {theirs[name][f]}" for f in fields]
    return lines


def _by_name(messages: Iterable[bytes]) -> dict[str, dict[str, Any]]:
    decoded = [json.loads(message) for message in messages]
    return {message.get("alert_id") or message["key"]: message for message in decoded}


def as_bytes(alerts: Iterable[PolicyShiftAlert]) -> list[bytes]:
    """To compare runs byte for byte."""
    return [alert.to_bytes() for alert in alerts]
