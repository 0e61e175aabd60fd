"""The dashboards' code in, deploy/grafana/dashboards/newsmon/*.json out: `python -m tools.dashboards.build`."""

from pathlib import Path

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from tools.dashboards.newsroom import newsroom
from tools.dashboards.pipeline import pipeline
from tools.dashboards.worker import worker

FOLDER = Path(__file__).parents[2] / "deploy/grafana/dashboards/newsmon"
BOARDS = {"newsroom": newsroom, "pipeline": pipeline, "worker": worker}


def rendered() -> dict[Path, str]:
    """What each file must hold."""
    encoder = JSONEncoder(sort_keys=True, indent=2)
    return {FOLDER / f"{name}.json": encoder.encode(make()) + "\n" for name, make in BOARDS.items()}


if __name__ == "__main__":
    for path, text in rendered().items():
        path.write_text(text, encoding="utf-8")
        print(path.name, len(text))
