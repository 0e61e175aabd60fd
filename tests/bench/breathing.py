"""A worker's port in; how fast it answers while it works, and how late its event loop woke, out."""

import statistics
import threading
import time
import urllib.request


class Scrapes:
    """Asks a worker for its metrics from a thread: how long each answer took."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}/metrics"
        self.seconds: list[float] = []
        self.last = ""
        self._over = threading.Event()

    def __enter__(self) -> "Scrapes":
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._over.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._over.wait(0.2):
            began = time.perf_counter()
            with urllib.request.urlopen(self._url, timeout=60) as answer:
                self.last = answer.read().decode()
            self.seconds.append(time.perf_counter() - began)


def answered(scrapes: Scrapes) -> dict[str, float]:
    """Answers of /metrics, and the loop's own histogram of how late it woke."""
    late = 0.0
    for line in scrapes.last.splitlines():
        if line.startswith("newsmon_loop_delay_seconds_sum"):
            late = float(line.rsplit(" ", 1)[1])
    count = next(
        (float(line.rsplit(" ", 1)[1]) for line in scrapes.last.splitlines() if "loop_delay_seconds_count" in line), 1.0
    )
    return {
        "/metrics answers, p50 s": statistics.median(scrapes.seconds),
        "/metrics answers, worst s": max(scrapes.seconds),
        "loop woken late, mean s": late / max(1.0, count),
        "loop woken late, worst at most s": _worst(scrapes.last),
    }


def _worst(metrics: str) -> float:
    """The upper bound of the last histogram bucket that anything fell into."""
    before, worst = 0.0, 0.0
    for line in metrics.splitlines():
        if line.startswith("newsmon_loop_delay_seconds_bucket"):
            bound, count = line.split('le="')[1].split('"')[0], float(line.split("} ")[1].split(" ")[0])
            worst, before = (float(bound), count) if count > before else (worst, before)
    return worst
