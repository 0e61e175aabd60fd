"""A desk of its own process for tests, and a browser to look at it with."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kafka import KafkaProducer
from playwright.sync_api import Browser, sync_playwright

from schemas import STREAMS, Message, PolicyShiftAlert, Stance
from services.settings import KafkaSettings
from tests.absent import absent
from tests.brokers import free_block
from tests.pipeline import until

BROWSERS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")


@dataclass
class Desk:
    """`newsmon desk` on a free port; the address stays the same when it is started again."""

    kafka: KafkaSettings
    log: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = os.environ | self.kafka.environment() | {"NEWSMON_DESK_PORT": str(self.port)}
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "services.cli", "desk"]
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        until(self.ready, what=f"the desk, {self.log}", seconds=60)

    def ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text()[-3000:]
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM; the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def tell(self, *messages: PolicyShiftAlert | Stance) -> None:
        """Put messages on their streams, as the alert agent does."""
        producer = KafkaProducer(acks="all", **self.kafka.kafka_python_options())
        for message in messages:
            producer.send(_stream(message), key=_key(message), value=message.to_bytes())
        producer.flush()
        producer.close()


def _stream(message: Message) -> str:
    return STREAMS.stances.name if isinstance(message, Stance) else STREAMS.alerts.name


def _key(message: PolicyShiftAlert | Stance) -> bytes:
    return (message.key if isinstance(message, Stance) else message.alert_id).encode()


@contextlib.contextmanager
def a_desk(kafka: KafkaSettings, directory: Path) -> Iterator[Desk]:
    """Running; killed at the end of the block."""
    desk = Desk(kafka, directory / "desk.log", free_block(1))
    try:
        desk.start()
        yield desk
    finally:
        if desk.process and desk.process.poll() is None:
            desk.kill()


@contextlib.contextmanager
def a_browser() -> Iterator[Browser]:
    """Chromium without a window. Skips the test where there is none, unless NEWSMON_TEST_MUST_RUN names chromium."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        absent("chromium", "needs chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()
