"""`newsmon worker` with two probes: how long its event loop stands still, and how far apart its heartbeats are.

Writes both as JSON to the file that BENCH_TURNS names, every second. The probe wakes a hundred times a second.
"""

import asyncio
import json
import os
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import faust
from aiokafka.consumer.group_coordinator import GroupCoordinator
from prometheus_client import start_http_server

from services.monitor.app import create_app
from services.monitor.mend import mend_faust
from services.monitor.tools import load_tools
from services.monitor.worker import observed_process
from services.settings import Settings

PAUSE = 0.01
gaps: list[float] = []
beats: list[float] = []


async def turn() -> None:
    """Sleep, and note how much longer it took."""
    told = Path(os.environ["BENCH_TURNS"])
    shown = time.monotonic()
    while True:
        began = time.monotonic()
        await asyncio.sleep(PAUSE)
        gaps.append(time.monotonic() - began - PAUSE)
        if time.monotonic() - shown > 1.0:
            shown = time.monotonic()
            _written(told)


def _written(told: Path) -> None:
    told.write_text(json.dumps(figures()))


def figures() -> dict[str, float]:
    """Seconds."""
    ranked = sorted(gaps)
    apart = [after - before for before, after in pairwise(beats)]
    return {
        "loop stands still, p50 s": ranked[len(ranked) // 2],
        "loop stands still, p99 s": ranked[len(ranked) * 99 // 100],
        "loop stands still, worst s": ranked[-1],
        "between heartbeats, worst s": max(apart, default=0.0),
    }


def main() -> None:
    """As services.monitor.worker.run_worker."""
    settings, metrics = Settings(), observed_process()
    settings.worker.state_dir.mkdir(parents=True, exist_ok=True)
    mend_faust()
    _watch_heartbeats()
    start_http_server(settings.worker.web_port, settings.worker.web_host, registry=metrics.registry)
    app = create_app(settings, load_tools(named_entities=settings.worker.named_entities), metrics)
    app.task(turn)
    faust.Worker(app, loglevel="INFO", quiet=True, redirect_stdouts=False).execute_from_commandline()


def _watch_heartbeats() -> None:
    sent: Any = GroupCoordinator._do_heartbeat

    async def noted(self: Any) -> Any:
        beats.append(time.monotonic())
        return await sent(self)

    GroupCoordinator._do_heartbeat = noted


if __name__ == "__main__":
    main()
