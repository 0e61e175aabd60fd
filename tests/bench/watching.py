"""A process id in; its CPU seconds over any span of time, and its peak memory, out. Linux: reads /proc."""

import os
import threading
import time
from bisect import bisect_right
from pathlib import Path

PAUSE = 0.05  # seconds between two looks; a look costs 40 us
TICKS = os.sysconf("SC_CLK_TCK")


class Watched:
    """Looks at a process from a thread until the block ends or the process does."""

    def __init__(self, pid: int) -> None:
        self._proc = Path("/proc") / str(pid)
        self._looks: list[tuple[float, float]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep_looking, daemon=True)
        self.peak_mb = 0.0

    def __enter__(self) -> "Watched":
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._over.set()
        self._thread.join()

    def cpu(self, begin: float, end: float) -> float:
        """CPU seconds between two moments of time.time()."""
        return self._at(end) - self._at(begin)

    def _at(self, moment: float) -> float:
        place = bisect_right(self._looks, (moment, float("inf")))
        if place in {0, len(self._looks)}:
            return self._looks[min(place, len(self._looks) - 1)][1]
        (before, spent), (after, more) = self._looks[place - 1 : place + 1]
        return spent + (more - spent) * (moment - before) / (after - before)

    def _keep_looking(self) -> None:
        while not self._over.wait(PAUSE):
            try:
                self._look()
            except (FileNotFoundError, ProcessLookupError):
                return

    def _look(self) -> None:
        fields = (self._proc / "stat").read_text().rsplit(")", 1)[1].split()
        self._looks.append((time.time(), (int(fields[11]) + int(fields[12])) / TICKS))
        for line in (self._proc / "status").read_text().splitlines():
            if line.startswith("VmHWM"):
                self.peak_mb = int(line.split()[1]) / 1024
