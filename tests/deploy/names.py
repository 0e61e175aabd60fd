"""Paths, and the metric names that a rule or a dashboard may use."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser as promql
import yaml

from services.monitor.declarations import DECLARATIONS

ROOT = Path(__file__).resolve().parents[2]
PROMETHEUS = ROOT / "deploy/prometheus"
BY_OTHERS = {"up", "ALERTS", "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds",
             "process_start_time_seconds", "python_gc_collections_total"}  # fmt: skip


def series() -> set[str]:
    """Every series name our worker serves, Prometheus adds or a recording rule makes."""
    names = set(BY_OTHERS)
    for declared in DECLARATIONS:
        if declared.kind == "histogram":
            names |= {f"{declared.full_name}_{part}" for part in ("bucket", "sum", "count")}
        else:
            names.add(declared.full_name)
    return names | {rule["record"] for rule in rules("recording")}


def rules(kind: str) -> list[dict]:
    """The rules of rules/<kind>.yml."""
    groups = yaml.safe_load((PROMETHEUS / f"rules/{kind}.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def nodes(tree: Any) -> Iterator[Any]:
    """Every node of a parsed expression."""
    yield tree
    for part in ("lhs", "rhs", "expr", "vector_selector", "args"):
        below = getattr(tree, part, None)
        for child in below if isinstance(below, list) else [below] if below is not None else []:
            yield from nodes(child)


def selectors(expression: str) -> list[Any]:
    """Its vector selectors. Raises ValueError if it does not parse."""
    return [node for node in nodes(promql.parse(expression)) if isinstance(node, promql.VectorSelector)]


def named(expression: str) -> set[str]:
    """Series that an expression names."""
    return {selector.name for selector in selectors(expression)}
