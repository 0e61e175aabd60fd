"""Rows of a bench in; tests/bench/results/NAME.json, one table on the screen, and docs/performance.md's tables out.

Figures are generated, never typed: a bench with --write-docs keeps its rows, with the machine and the day, and rewrites
what stands between `<!-- NAME -->` and `<!-- /NAME -->` of the page.
"""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
RESULTS = Path(__file__).parent / "results"
Rows = list[dict[str, Any]]


def publish(name: str, rows: Rows, *, title: str, write: bool) -> None:
    """Show the rows; keep them and write the page when asked."""
    show(title, rows)
    if write:
        keep(name, rows, title=title)
        write_page(name)


def show(title: str, rows: Rows) -> None:
    """One table."""
    table = Table(title=title, title_justify="left")
    for column in rows[0]:
        table.add_column(column, justify="left" if isinstance(rows[0][column], str) else "right")
    for row in rows:
        table.add_row(*(plain(value) for value in row.values()))
    Console(width=160).print(table)


def keep(name: str, rows: Rows, *, title: str) -> None:
    """As JSON, with where and when."""
    RESULTS.mkdir(exist_ok=True)
    told = {"title": title, "machine": machine(), "day": f"{datetime.now(UTC):%Y-%m-%d}", "rows": rows}
    (RESULTS / f"{name}.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def kept(name: str) -> dict[str, Any]:
    """What `keep` wrote. Raises FileNotFoundError."""
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def write_page(name: str) -> None:
    """Rewrite the table of this name. Raises ValueError when the page has lost its markers."""
    text, marked = PAGE.read_text(encoding="utf-8"), re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not marked.search(text):
        raise ValueError(f"{PAGE.name}: no <!-- {name} --> ... <!-- /{name} -->")
    PAGE.write_text(marked.sub(lambda found: f"{found[1]}\n{markdown(kept(name))}\n\n{found[2]}", text), "utf-8")


def markdown(told: dict[str, Any]) -> str:
    """The table as Markdown, under a line that says what, where and when."""
    columns = list(told["rows"][0])
    lines = [f"{told['title']}. {told['machine']}, {told['day']}.", ""]
    lines += [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    return "\n".join(lines + [f"| {' | '.join(plain(row[column]) for column in columns)} |" for row in told["rows"]])


def plain(value: Any) -> str:
    """Three digits that matter, thousands apart."""
    if not isinstance(value, float):
        return f"{value:,}" if isinstance(value, int) else str(value)
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3g}"


def machine() -> str:
    """Processor, cores, Python."""
    import platform

    info = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.*)", info.read_text()) if info.exists() else []
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
