"""How each monitor process fares: for whoever sizes and starts them."""

from typing import Any

from tools.dashboards import panels as p


def worker() -> Any:
    """The dashboard."""
    return p.board("newsmon-worker", "Worker", "Processes: which are up, what they use, what they remember.",
                   {"Processes": _processes(), "Use": _use(), "Memory": _memory()})  # fmt: skip


def _processes() -> list[Any]:
    started = f"max by (instance) (process_start_time_seconds{{{p.SCOPE}}}) * 1000"
    version = f"max by (instance, version, model) ({p.of('build_info')})"
    return [
        p.number("Up", "Workers that answered the last scrape.", "short", f"sum(up{{{p.SCOPE}}})"),
        p.number("Partitions read", "Partitions that some worker has; all stages together.", "short",
                 f"count(count by (stage, partition) ({p.of('consumer_lag_messages')}))"),
        p.rows("Versions", "What each worker runs.", "short", version,
               [("organize", {"excludeByName": {"Time": True, "Value": True}})]).span(p.QUARTER).height(4),
        p.rows("Started", "When each process began.", "dateTimeFromNow", started,
               [("organize", {"excludeByName": {"Time": True}})]).span(p.QUARTER).height(4),
        p.graph("Share of the work", "Messages finished by each worker.", "mps",
                (f"sum by (instance) ({p.rate('articles_total')})", "{{instance}}")),
        p.graph("Partitions held", "How many partitions each worker reads. A step is a rebalance.", "short",
                (f"count by (instance) ({p.of('consumer_lag_messages')})", "{{instance}}")),
    ]  # fmt: skip


def _use() -> list[Any]:
    cpu = f"rate(process_cpu_seconds_total{{{p.SCOPE}}}[$__rate_interval])"
    return [
        p.graph("CPU", "Cores used. One is all that Python's reading can use.", "short", (cpu, "{{instance}}")),
        p.graph("Resident memory", "Bytes of memory of the process; the language model is most of it.", "bytes",
                (f"process_resident_memory_bytes{{{p.SCOPE}}}", "{{instance}}")),
        p.graph("Event loop delay, 99th percentile", "How much later than asked the event loop woke. Above the "
                "session timeout partitions are taken away.", "s",
                (p.quantile(0.99, "loop_delay_seconds", "instance"), "{{instance}}")),
        p.graph("Open files", "File descriptors; RocksDB keeps some for each table and partition.", "short",
                (f"process_open_fds{{{p.SCOPE}}}", "{{instance}}")),
    ]  # fmt: skip


def _memory() -> list[Any]:
    return [
        p.graph("Rows by table", "What the stages remember, all workers together (RocksDB's estimate).", "short",
                (f"sum by (table) ({p.of('table_rows')})", "{{table}}")),
        p.graph("State on disk", "Bytes of each worker's state directory.", "bytes",
                (p.of("state_bytes"), "{{instance}}")),
        p.graph("Free disk", "Bytes left where the state is.", "bytes", (p.of("state_free_bytes"), "{{instance}}")),
        p.graph("Garbage collections", "Python's collections of the oldest generation.", "short",
                (f'increase(python_gc_collections_total{{{p.SCOPE}, generation="2"}}[$__rate_interval])',
                 "{{instance}}")),
    ]  # fmt: skip
