"""`python -m tests.bench.unseen worker`: a worker that nobody can see, for tests.bench.cost_of_watching alone.

No metrics of ours, no sensor of Faust beyond its own, no looks, no page.
"""

from unittest import mock

import faust

from services.monitor import app, mend
from services.monitor.tools import load_tools
from services.settings import Settings
from tests.bench.cost_of_metrics import Nothing


def main() -> None:
    """Until it is killed."""
    settings = Settings()
    settings.worker.state_dir.mkdir(parents=True, exist_ok=True)
    mend.mend_faust()
    with (
        mock.patch.object(app, "PrometheusMonitor", return_value=faust.Monitor()),
        mock.patch.object(app, "FaustMetrics"),
        mock.patch.object(app, "_watched"),
    ):
        made = app.create_app(settings, load_tools(), Nothing())  # type: ignore[arg-type]
    faust.Worker(made, loglevel="WARNING", quiet=True, redirect_stdouts=False).execute_from_commandline()


if __name__ == "__main__":
    main()
