"""Runs the demo on the seeds, looks at its desk with Chromium, and writes docs/pictures/*.png. `make pictures`."""

import contextlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

from schemas import PolicyShiftAlert
from services.subscriber.cards import card

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
READY = "The desk stays"
STORY = f"/stances/{quote('USA·military-aid·UKR')}"
VIEWS = (
    ("desk", "/", "light", 1180, 980),
    ("desk-dark", "/", "dark", 1180, 980),
    ("desk-phone", "/?instrument=military-aid", "dark", 390, 844),
    ("stances", "/stances", "light", 1180, 980),
    ("timeline", STORY, "light", 1180, 980),
)  # fmt: skip


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """The address of a desk that has read the seeds."""
    with tempfile.TemporaryDirectory() as state:
        environment = os.environ | {"NEWSMON_WORKER_STATE_DIR": state}
        command = [sys.executable, "-u", "-m", "services.cli", "demo", "seeds", "--keep"]
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            yield _address(running)
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(60)


def _address(running: "subprocess.Popen[str]") -> str:
    found = ""
    for line in running.stdout or ():
        sys.stdout.write(line)
        if address := re.match(r"desk +(http\S+)", line):
            found = address[1]
        if READY in line:
            return found.rstrip("/")
    raise RuntimeError("the demo ended before the desk stayed")


def photograph(browser: Browser, address: str) -> None:
    """Every view of the desk."""
    for name, path, scheme, width, height in VIEWS:
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        page.goto(address + path)
        if path.startswith("/?") or path == "/":
            page.wait_for_selector("#live[data-state=on]")
        page.screenshot(path=PICTURES / f"{name}.png")
        page.close()


def terminal(browser: Browser, address: str) -> None:
    """The cards of `newsmon demo`, as rich draws them."""
    with urllib.request.urlopen(f"{address}/api/v1/alerts?instrument=military-aid") as answer:
        alerts = [PolicyShiftAlert.model_validate(item) for item in json.load(answer)["items"]]
    console = Console(record=True, width=104, force_terminal=True, file=io.StringIO())
    for alert in reversed(alerts):
        console.print(card(alert))
    drawn = console.export_svg(title="newsmon demo")
    page = browser.new_page(viewport={"width": 1100, "height": 700})
    page.route("**/*", lambda route: route.abort())  # its fonts are on the network: the system's will do
    page.set_content(f"<body style='margin:0'>{drawn}</body>")
    page.locator("svg").first.screenshot(path=PICTURES / "terminal.png")


def main() -> None:
    """Needs Chromium."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with demo() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        photograph(browser, address)
        terminal(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
