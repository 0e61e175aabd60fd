"""A Prometheus in, one PNG a dashboard out: what its queries answered, plainly drawn. It is not Grafana's drawing.

`python -m tools.dashboards.picture http://127.0.0.1:9090 docs/pictures [minutes]` (needs playwright and a Chromium).
"""

import html
import json
import math
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

BOARDS = Path(__file__).parents[2] / "deploy/grafana/dashboards/newsmon"
CHROMIUM = "/usr/bin/chromium"
COLOURS = ("#3274d9", "#e0752d", "#56a64b", "#a352cc", "#e02f44", "#b8860b", "#37872d", "#8f3bb8", "#0a50a1", "#777")
COLUMN, ROW, STEPS = 50, 34, 120
STYLE = """body{font:12px system-ui,sans-serif;margin:0;background:#f4f5f5;color:#24292e;position:relative}
section{position:absolute;background:#fff;border:1px solid #d8d9da;box-sizing:border-box}
section{padding:4px 8px;overflow:hidden} h2{font-size:13px;margin:0 0 2px} .n{font-size:30px;text-align:center}
h1{font-size:15px;position:absolute;margin:0;padding:10px 8px} ul{margin:0;padding:0}
li{display:inline;margin-right:8px;font-size:10px} td{padding:0 10px 0 0;font-size:11px}"""


class Answers:
    """What a Prometheus says about the last minutes."""

    def __init__(self, url: str, minutes: float) -> None:
        self._url, self._end, self._span = url, time.time(), minutes * 60

    def ask(self, target: dict[str, Any]) -> list[dict[str, Any]]:
        """Series of (time, value), labelled."""
        instant = target.get("instant", False)
        expression = target["expr"].replace("$__rate_interval", "30s").replace("$__range", f"{self._span:.0f}s")
        asked: dict[str, Any] = {"query": expression.replace("$job", ".+").replace("$instance", ".+")}
        asked |= {"time": self._end} if instant else {
            "start": self._end - self._span, "end": self._end, "step": self._span / STEPS}  # fmt: skip
        what = "query" if instant else "query_range"
        with urllib.request.urlopen(f"{self._url}/api/v1/{what}?{urllib.parse.urlencode(asked)}", timeout=20) as answer:
            return json.load(answer)["data"]["result"]


def shown(value: float, unit: str) -> str:
    """A value with its unit, for people."""
    if unit == "dateTimeFromNow":
        return f"{max(0.0, time.time() - value / 1000):.0f} s ago"
    if unit == "percentunit":
        return f"{value:.1%}"
    for size, prefix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size and unit != "s":
            return f"{value / size:.1f} {prefix}{'B' if unit == 'bytes' else ''}"
    return f"{value:.3g}{ {'s': ' s', 'mps': '/s', 'bytes': ' B'}.get(unit, '') }"


def panel(one: dict[str, Any], answers: Answers) -> str:
    """One panel as HTML."""
    at = one["gridPos"]
    place = f"left:{at['x'] * COLUMN}px;top:{at['y'] * ROW}px;width:{at['w'] * COLUMN}px;height:{at['h'] * ROW}px"
    if one["type"] == "row":
        return f'<h1 style="{place}">{html.escape(one["title"])}</h1>'
    unit = one["fieldConfig"]["defaults"]["unit"]
    found = [(_name(series, target), series) for target in one["targets"] for series in answers.ask(target)]
    size = (at["w"] * COLUMN - 20, at["h"] * ROW - 60)
    body = _values(found, unit) if one["targets"][0].get("instant") else _lines(found, unit, size)
    return f'<section style="{place}"><h2>{html.escape(one["title"])}</h2>{body}</section>'


def _name(series: dict[str, Any], target: dict[str, Any]) -> str:
    labels, legend = series["metric"], target.get("legendFormat") or ""
    if not legend:
        return "  ".join(str(v) for k, v in sorted(labels.items()) if k != "__name__")
    for label, value in labels.items():
        legend = legend.replace(f"{{{{{label}}}}}", value)
    return str(legend)


def _values(found: list[tuple[str, Any]], unit: str) -> str:
    values = sorted(((float(series["value"][1]), name) for name, series in found), reverse=True)
    if len(values) == 1 and not values[0][1]:
        return f'<p class="n">{shown(values[0][0], unit)}</p>'
    lines = "".join(f"<tr><td>{html.escape(name)}<td>{shown(value, unit)}" for value, name in values[:13])
    return f"<table>{lines}</table>"


def _lines(found: list[tuple[str, Any]], unit: str, size: tuple[int, int]) -> str:
    points = [(name, [(float(t), float(v)) for t, v in s["values"] if not math.isnan(float(v))]) for name, s in found]
    flat = [point for _, line in points for point in line]
    if not flat:
        return "no data"
    top, first, last = max(v for _, v in flat) or 1.0, min(t for t, _ in flat), max(t for t, _ in flat)
    drawn, names = [], []
    for number, (name, line) in enumerate(points):
        colour = COLOURS[number % len(COLOURS)]
        dots = " ".join(f"{(t - first) / max(1, last - first) * size[0]:.1f},{size[1] - v / top * (size[1] - 4):.1f}"
                        for t, v in line)  # fmt: skip
        drawn.append(f'<polyline points="{dots}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        names.append(f'<li style="color:{colour}">{html.escape(name)}')
    graph = f'<svg width="{size[0]}" height="{size[1]}">{"".join(drawn)}<text y="10" font-size="10">{shown(top, unit)}'
    return f"{graph}</text></svg><ul>{''.join(names[:16])}</ul>"


def page(board: dict[str, Any], answers: Answers) -> tuple[str, int]:
    """A dashboard as HTML, and its height in pixels."""
    height = max(p["gridPos"]["y"] + p["gridPos"]["h"] for p in board["panels"]) * ROW
    return f"<meta charset=utf-8><style>{STYLE}</style>" + "".join(panel(p, answers) for p in board["panels"]), height


def main(url: str, folder: Path, minutes: float) -> None:
    """Write one picture a board."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for path in sorted(BOARDS.glob("*.json")):
            text, height = page(json.loads(path.read_text(encoding="utf-8")), Answers(url, minutes))
            view = browser.new_page(viewport={"width": 24 * COLUMN, "height": height})
            view.set_content(text)
            view.screenshot(path=folder / f"dashboard-{path.stem}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 10.0)
