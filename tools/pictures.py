"""Runs the demo on the seeds, looks at its desk with Chromium, and writes docs/pictures/*.png. `make pictures`."""

import contextlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
READY = "The desk stays"
TMUX = ("tmux", "-L", "newsmon-pictures")
COLUMNS, SCREENFUL = 104, 46
STORY = f"/stances/{quote('USA·military-aid·UKR')}"
VIEWS = (
    ("desk", "/", "light", 1180, 980),
    ("desk-dark", "/", "dark", 1180, 980),
    ("desk-phone", "/?instrument=military-aid", "dark", 390, 844),
    ("stances", "/stances", "light", 1180, 980),
    ("stances-phone", "/stances", "dark", 390, 844),
    ("timeline", STORY, "light", 1180, 980),
)  # fmt: skip


@contextlib.contextmanager
def demo() -> Iterator[tuple[str, str]]:
    """The address of a desk that has read the seeds, and what its terminal shows: `newsmon demo` in a real one."""
    with tempfile.TemporaryDirectory() as state:
        given = f"NEWSMON_WORKER_STATE_DIR={state} PYTHONPATH={ROOT} {sys.executable} -m services.cli demo seeds --keep"
        tmux("new-session", "-d", "-x", str(COLUMNS), "-y", "64", "-c", str(ROOT), given)
        try:
            yield _stayed()
        finally:
            tmux("send-keys", "C-c")
            while subprocess.run([*TMUX, "has-session"], check=False, capture_output=True).returncode == 0:
                time.sleep(0.5)


def tmux(*words: str) -> str:
    """A command to a server of our own; what it prints."""
    return subprocess.run([*TMUX, *words], check=True, capture_output=True, text=True).stdout


def _stayed() -> tuple[str, str]:
    while True:
        shown = tmux("capture-pane", "-e", "-p", "-S", "-500")
        address = re.search(r"desk +(http://[\d.:]+)", Text.from_ansi(shown).plain)
        if address and READY in shown:
            return address[1], shown
        time.sleep(0.5)


def photograph(browser: Browser, address: str) -> None:
    """Every view of the desk."""
    for name, path, scheme, width, height in VIEWS:
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        page.goto(address + path)
        if not path.startswith("/stances/"):
            page.wait_for_selector("#live[data-state=on]")
        page.screenshot(path=PICTURES / f"{name}.png")
        page.close()


def terminal(browser: Browser, shown: str) -> None:
    """The last screenful, as it stood there."""
    console = Console(record=True, width=COLUMNS, force_terminal=True, file=io.StringIO())
    lines = Text.from_ansi(shown).split()
    last = next(at for at, line in enumerate(lines) if "alerts stand" in line.plain)
    first = next(at for at in range(max(0, last - SCREENFUL), last) if lines[at].plain.startswith("╭"))
    console.print(Text("\n").join(lines[first : last + 1]))
    drawn = console.export_svg(title="newsmon demo")
    page = browser.new_page(viewport={"width": 1360, "height": 900})
    page.route("**/*", lambda route: route.abort())  # its fonts are on the network: the system's will do
    page.set_content(f"<body style='margin:0'>{drawn}</body>")
    page.locator("svg").first.screenshot(path=PICTURES / "terminal.png")


def main() -> None:
    """Needs Chromium and tmux."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with demo() as (address, shown), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        photograph(browser, address)
        terminal(browser, shown)
        browser.close()


if __name__ == "__main__":
    main()
