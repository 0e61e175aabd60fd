"""`newsmon demo` as a newcomer has it: what it prints, and that nothing of it is left when it is told to end."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.brokers import free_block
from tests.pipeline import until

pytestmark = pytest.mark.embedded


@pytest.fixture
def demo(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """With a desk of its own; what it prints is in `said`."""
    environment = os.environ | {"NEWSMON_WORKER_STATE_DIR": str(tmp_path), "NEWSMON_DESK_PORT": str(free_block(1))}
    command = [sys.executable, "-u", "-m", "services.cli", "demo", "seeds", "--keep"]
    with (tmp_path / "said").open("wb") as said:
        running = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        yield running
        running.kill()
        running.wait()


def of_this_demo(directory: Path) -> list[int]:
    """Processes whose environment names its state directory."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if str(directory).encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except (OSError, PermissionError):
            continue
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_demo_that_is_told_to_end_leaves_no_process(demo: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    said = tmp_path / "said"
    until(lambda: "The desk stays" in said.read_text(), what="the end of the seeds")
    assert len(of_this_demo(tmp_path)) >= 4, "itself, two workers and the desk"
    demo.send_signal(signal.SIGTERM)
    assert demo.wait(60) == 0
    assert of_this_demo(tmp_path) == []
    printed = said.read_text()
    assert "articles in" not in printed, "no counters in a pipe"
    assert printed.count(" alert ") >= 15
