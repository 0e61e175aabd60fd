"""A worker's port in; how fast it answers for its metrics while it works, out."""

import statistics
import threading
import time
import urllib.request


class Scrapes:
    """Asks a worker for its metrics from a thread: how long each answer took."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}/metrics"
        self.seconds: list[float] = []
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
                answer.read()
            self.seconds.append(time.perf_counter() - began)


def answered(scrapes: Scrapes) -> dict[str, float]:
    """How fast /metrics answered."""
    return {
        "/metrics answers, p50 s": statistics.median(scrapes.seconds),
        "/metrics answers, worst s": max(scrapes.seconds),
    }
