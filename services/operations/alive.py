"""A worker's address in; exit status 0 if its event loop turns, out. For health checks: standard library only, fast.

`python -m services.operations.alive`: 0 when the worker has its tables and its loop turned in the last 30 s.
`--starting-ok` is for Kubernetes' liveness: a worker that is still recovering its tables is not to be killed.
"""

import os
import sys
import time
import urllib.request

LATE_SECONDS = 30.0  # it turns every second; a long article has kept it for 2 s (findings: 1.6 s in batches)
NAME = "newsmon_loop_timestamp_seconds "


def turned(url: str) -> float:
    """When the loop last turned (Unix time), 0 while the tables recover. Raises OSError or ValueError."""
    with urllib.request.urlopen(url, timeout=4) as answer:  # noqa: S310 - our own worker's address
        for line in answer.read().decode().splitlines():
            if line.startswith(NAME):
                return float(line.removeprefix(NAME))
    raise ValueError(f"no {NAME.strip()} at {url}")


def verdict(last: float, now: float, *, starting_ok: bool) -> str | None:
    """Why it is not well, or None."""
    if last == 0:
        return None if starting_ok else "recovering its tables"
    late = now - last
    return f"the event loop has not turned for {late:.0f} s" if late > LATE_SECONDS else None


def main(arguments: list[str]) -> int:
    """Exit status."""
    port = os.environ.get("NEWSMON_WORKER_WEB_PORT", "6066")  # not through Settings: they cost 0.5 s of CPU each time
    try:
        wrong = verdict(
            turned(f"http://127.0.0.1:{port}/metrics"), time.time(), starting_ok="--starting-ok" in arguments
        )
    except (OSError, ValueError) as error:
        wrong = str(error)
    if wrong:
        sys.stderr.write(f"{wrong}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
