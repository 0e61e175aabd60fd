"""The committed dashboards, their panels and queries, and what their code would write."""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.deploy.names import ROOT

FOLDER = ROOT / "deploy/grafana/dashboards/newsmon"
NAMES = ("newsroom", "pipeline", "worker")
STEP = "30s"


class Query(NamedTuple):
    """One query of one panel."""

    board: str
    panel: str
    expression: str
    instant: bool

    def plain(self, *, job: str = "newsmon", span: str = "10m") -> str:
        """As Prometheus understands it: Grafana's variables filled in."""
        filled = self.expression.replace("$__rate_interval", STEP).replace("$__range", span)
        return filled.replace("$job", job).replace("$instance", ".+")


def rendered() -> dict[Path, str]:
    """What the code would write now. The SDK warns that its classic builders are not its newest ones."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from tools.dashboards.build import rendered as made

        return made()


def parsed(text: str) -> Any:
    """JSON through the SDK's types and back: what it does not know is lost."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from grafana_foundation_sdk.cog.encoder import JSONEncoder
        from grafana_foundation_sdk.models.dashboard import Dashboard

        return json.loads(JSONEncoder().encode(Dashboard.from_json(json.loads(text))))


def board(name: str) -> dict[str, Any]:
    """A committed dashboard."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def panels(name: str) -> list[dict[str, Any]]:
    """Its panels without the rows that divide them."""
    return [panel for panel in board(name)["panels"] if panel["type"] != "row"]


def queries() -> Iterator[Query]:
    """Every query of every dashboard."""
    for name in NAMES:
        for panel in panels(name):
            for target in panel["targets"]:
                yield Query(name, panel["title"], target["expr"], bool(target.get("instant")))
