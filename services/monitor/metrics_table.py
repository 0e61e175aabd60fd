"""The declarations in, docs/metrics.md out: `python -m services.monitor.metrics_table`."""

from collections.abc import Iterator
from pathlib import Path

from services.monitor.declarations import DECLARATIONS, Declaration

PAGE = Path(__file__).parents[2] / "docs/metrics.md"
HEAD = """# Metrics

Every worker serves these at `/metrics` (`NEWSMON_WORKER_WEB_HOST`, `NEWSMON_WORKER_WEB_PORT`), as text or, when asked,
as OpenMetrics with exemplars: an alert id behind a count. Beside them stand Python's and the process's own
(`process_…`, `python_gc_…`). Label sets are closed and begin at zero, but for those marked *appears*.

What they cost: counting takes 0.06 ms an article, 0.3% of the reading's CPU; a scrape takes 8 ms
(`python -m tests.bench.cost_of_metrics`; on a broker `python -m tests.bench.cost_of_watching kafka`).

This page is made from `services/monitor/declarations.py` by `python -m services.monitor.metrics_table`.

| metric | kind | meaning | labels |
|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(f"| `{d.full_name}` | {d.kind} | {d.meaning} | {_labels(d)} |\n" for d in DECLARATIONS)


def _labels(declared: Declaration) -> str:
    if declared.values is None:
        return f"{', '.join(f'`{label}`' for label in declared.labels)}: *appears* ({declared.bound})"
    return "; ".join(_closed(declared))


def _closed(declared: Declaration) -> Iterator[str]:
    for at, label in enumerate(declared.labels):
        values = list(dict.fromkeys(row[at] for row in declared.values or ()))
        shown = ", ".join(values) if len(values) <= 20 else f"{values[0]} … {values[-1]} ({len(values)})"
        yield f"`{label}`: {shown}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
