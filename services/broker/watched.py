"""In: a command. Out: a process that ends with us, however we end, and its pid."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STOP_SECONDS = 5.0

# The shell watches our end of a pipe: when this process ends, however it ends (kill -9 too), the read returns and the
# command is killed. A parent-death signal would do it on Linux only, and when the starting thread ends.
WATCHER = '"$@" >&2 & echo $!; exec 1>&-; cat >/dev/null; kill -9 $! 2>/dev/null; wait'


@dataclass(frozen=True)
class Watched:
    """A running command. `pid` is its own, not the watcher's."""

    pid: int
    watcher: subprocess.Popen[str]

    def stop(self) -> None:
        """Kill it and wait until it is gone. Twice is harmless."""
        if self.watcher.stdin and not self.watcher.stdin.closed:
            self.watcher.stdin.close()
        try:
            self.watcher.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.watcher.kill()
            self.watcher.wait()


def start_watched(command: Sequence[str], *, env: Mapping[str, str], cwd: Path, log: Path) -> Watched:
    """Start it in `cwd` with `env` alone; what it prints is appended to `log`. Raises OSError."""
    with log.open("ab") as out:
        watcher = subprocess.Popen(
            ["/bin/sh", "-c", WATCHER, "sh", *command],
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=out,
            start_new_session=True,  # Ctrl-C stops us first, and we stop the command
            text=True,
        )
    if watcher.stdout is None:
        raise OSError("no pipe to the watcher")
    with watcher.stdout as announced:
        return Watched(int(announced.readline()), watcher)


def lives(pid: int) -> bool:
    """Whether the process runs; one that only waits to be reaped does not (told on Linux alone)."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return sys.platform != "linux"
