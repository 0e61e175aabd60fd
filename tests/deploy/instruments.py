"""Prometheus and Alertmanager as plain processes on free ports, with the committed configuration made quick."""

import contextlib
import json
import math
import re
import subprocess
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from services.broker.embedded import free_port
from services.operations.notices import serve
from tests.deploy.commands import tool
from tests.deploy.names import PROMETHEUS, ROOT
from tests.pipeline import until

QUICK = "1s"


@dataclass(frozen=True)
class Prometheus:
    """A running Prometheus."""

    url: str

    def query(self, expression: str) -> list[dict[str, Any]]:
        """The samples of an instant query whose value is a number. Raises AssertionError with what it said."""
        answer = self._get("query", query=expression)
        assert answer["status"] == "success", answer
        return [r for r in answer["data"]["result"] if not math.isnan(float(r["value"][1]))]

    def exemplars(self, expression: str) -> list[dict[str, Any]]:
        """Every exemplar kept of a series."""
        return self._get("query_exemplars", query=expression, start="0", end="9999999999")["data"]

    def ready(self) -> bool:
        """Whether it answers."""
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/-/ready", timeout=2) as answer:
            return answer.status == 200
        return False

    def _get(self, what: str, **parameters: str) -> dict[str, Any]:
        url = f"{self.url}/api/v1/{what}?{urllib.parse.urlencode(parameters)}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)


@contextlib.contextmanager
def prometheus(directory: Path, targets: Sequence[str], alertmanager: str) -> Iterator[Prometheus]:
    """Scrapes the targets as job newsmon every second; its rules are ours, without the waiting."""
    running = Prometheus(f"http://127.0.0.1:{free_port()}")
    config = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text(encoding="utf-8"))
    config["global"] = {"scrape_interval": QUICK, "evaluation_interval": QUICK}
    config["alerting"]["alertmanagers"][0]["static_configs"] = [{"targets": [alertmanager]}]
    config["scrape_configs"] = [{"job_name": "newsmon", "static_configs": [{"targets": list(targets)}]}]
    (directory / "rules").mkdir(parents=True)
    for path in (PROMETHEUS / "rules").glob("*.yml"):
        text = re.sub(r"for: \w+", f"for: {QUICK}", path.read_text(encoding="utf-8"))
        (directory / "rules" / path.name).write_text(text, encoding="utf-8")
    (directory / "prometheus.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    command = [tool("prometheus"), f"--config.file={directory}/prometheus.yml", f"--storage.tsdb.path={directory}/data",
               f"--web.listen-address={running.url.removeprefix('http://')}",
               "--enable-feature=exemplar-storage"]  # fmt: skip
    with _process(command, directory / "prometheus.log"):
        until(running.ready, what="Prometheus", seconds=60)
        yield running


@contextlib.contextmanager
def alertmanager(directory: Path, webhook: str) -> Iterator[str]:
    """Routes as ours do, at once, to the webhook. Gives host:port."""
    directory.mkdir(parents=True)
    address = f"127.0.0.1:{free_port()}"
    text = (ROOT / "deploy/alertmanager/alertmanager.yml").read_text(encoding="utf-8")
    text = re.sub(r"group_(wait|interval): \w+", rf"group_\1: {QUICK}", text).replace("http://operator:9099/", webhook)
    (directory / "alertmanager.yml").write_text(text, encoding="utf-8")
    command = [tool("prometheus-alertmanager"), f"--config.file={directory}/alertmanager.yml",
               f"--storage.path={directory}/data", f"--web.listen-address={address}",
               "--cluster.listen-address="]  # fmt: skip
    with _process(command, directory / "alertmanager.log"):
        yield address


@contextlib.contextmanager
def webhook() -> Iterator[str]:
    """newsmon's own printer of notifications, in a thread. Gives its URL."""
    server = serve("127.0.0.1:0")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def _process(command: list[str], log: Path) -> Iterator[None]:
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as running:
        try:
            yield
        finally:
            running.terminate()
