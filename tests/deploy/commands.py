"""Command-line tools that check what is deployed. Absent: skipped with a reason, or failed where they must run."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.absent import absent

APT = {"promtool": "prometheus", "prometheus": "prometheus", "amtool": "prometheus-alertmanager",
       "prometheus-alertmanager": "prometheus-alertmanager"}  # fmt: skip


def tool(name: str) -> str:
    """Its path. Looks beside this Python first, for those that pip installs."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        absent("promtool", f"{name} is not installed (apt-get install {APT.get(name, name)})")
    return found


def run_tool(name: str, *arguments: object, given: bytes | None = None) -> str:
    """Run it at the root of the repository; fails the test with what it said unless it is content. Gives stderr."""
    from tests.deploy.names import ROOT

    done = subprocess.run(
        [tool(name), *map(str, arguments)], check=False, input=given, capture_output=True, cwd=ROOT, timeout=120
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return done.stderr.decode().strip()
