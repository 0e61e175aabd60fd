"""What the monitor counts: declared once, closed, at zero from the start, and told to people on one page."""

import re
import urllib.request
from pathlib import Path

import pytest
from prometheus_client import start_http_server
from prometheus_client.exposition import generate_latest
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.parser import text_string_to_metric_families

from services.monitor.declarations import DECLARATIONS, OUTCOMES, TOPICS
from services.monitor.metrics import MOST_SHIFTS, Metrics
from services.monitor.metrics_table import PAGE, page
from tests.deploy.commands import run_tool
from tests.deploy.names import ROOT

SOURCES = [path.read_text(encoding="utf-8") for path in (ROOT / "services").rglob("*.py")]


def samples(metrics: Metrics) -> dict[tuple[str, tuple[str, ...]], float]:
    families = text_string_to_metric_families(generate_latest(metrics.registry).decode())
    return {(s.name, tuple(s.labels.values())): s.value for family in families for s in family.samples}


def test_every_declared_label_set_is_at_zero_before_anything_happens():
    found = samples(Metrics())
    for declared in DECLARATIONS:
        if declared.kind in ("counter", "gauge"):
            values = declared.values or (() if declared.labels else ((),))
            by_name = {frozenset(labels) for name, labels in found if name == declared.full_name}
            assert {frozenset(v) for v in values} == by_name, declared.name
    assert not any(value for (name, _), value in found.items() if not name.endswith(("_created", "_info")))


def test_an_undeclared_name_or_label_value_is_an_error():
    metrics = Metrics()
    for call in (
        lambda: metrics.event("nonsense_total"),
        lambda: metrics.event("dead_letters_total", "classify", "bad mood"),
        lambda: metrics.outcome("classify", "alert"),
        lambda: metrics.set("table_rows", 1, "unknown"),
        lambda: metrics.event("consumer_lag_messages", "extract"),
    ):
        with pytest.raises(KeyError):
            call()


def test_shifts_beyond_the_bound_are_told_under_other():
    from tests.deploy.messages import an_alert

    metrics = Metrics()
    for number in range(MOST_SHIFTS + 3):
        metrics.told(an_alert(instrument=f"i{number}"))
    shifts = [labels for name, labels in samples(metrics) if name == "newsmon_last_shift_timestamp_seconds"]
    assert len(shifts) == MOST_SHIFTS + 1
    assert ("other", "other", "other") in shifts


def test_an_alert_is_named_as_the_exemplar_of_its_count():
    from tests.deploy.messages import an_alert

    metrics = Metrics()
    metrics.told(an_alert(alert_id="a" * 24))
    assert '# {alert_id="aaaaaaaaaaaaaaaaaaaaaaaa"} 1.0' in openmetrics.generate_latest(metrics.registry).decode()


@pytest.mark.parametrize(
    ("accepted", "kind", "exemplars"),
    [
        ("application/openmetrics-text;version=1.0.0,text/plain;q=0.5", "application/openmetrics-text", 3),
        ("text/plain;version=0.0.4", "text/plain", 0),
    ],
)
def test_who_asks_for_openmetrics_gets_it_with_exemplars_and_who_does_not_gets_text(accepted, kind, exemplars):
    from tests.deploy.messages import an_alert

    metrics = Metrics()
    metrics.told(an_alert(alert_id="a" * 24))
    server, thread = start_http_server(0, "127.0.0.1", registry=metrics.registry)
    try:
        url = f"http://127.0.0.1:{server.server_port}/metrics"
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": accepted})) as answer:
            page, said = answer.read().decode(), answer.headers["Content-Type"]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert said.startswith(kind)
    assert page.count('# {alert_id="') == exemplars
    assert page.endswith("# EOF\n") == (exemplars > 0)


def test_a_report_without_a_top_level_topic_is_counted_once_under_none():
    metrics = Metrics()
    metrics.about(["medtop:20000587"])
    metrics.about(["medtop:11000000", "medtop:16000000", "medtop:20000587"])
    found = {labels[0]: v for (name, labels), v in samples(metrics).items() if name == "newsmon_topics_total" and v}
    assert found == {"none": 1, "medtop:11000000": 1, "medtop:16000000": 1}


def test_the_topics_are_the_top_level_of_the_vocabulary():
    from tools.dashboards.topics import topic_names

    assert set(topic_names()) == set(TOPICS)


def test_every_declared_metric_is_set_somewhere():
    quoted = {name for source in SOURCES for name in re.findall(r'"([a-z_]+)"', source)}
    declarations = (ROOT / "services/monitor/declarations.py").read_text(encoding="utf-8")
    elsewhere = {name for source in SOURCES if source != declarations for name in re.findall(r'"([a-z_]+)"', source)}
    assert {d.name for d in DECLARATIONS} <= quoted
    assert {d.name for d in DECLARATIONS} - elsewhere == set()


def test_names_follow_the_conventions():
    for declared in DECLARATIONS:
        assert (declared.kind == "counter") == declared.name.endswith("_total"), declared.name
        assert declared.meaning.endswith("."), declared.name
        assert len(declared.labels) == len(set(declared.labels))


def test_promtool_finds_nothing_to_say_about_the_page():
    metrics = Metrics()
    metrics.describe(version="0", model="m")
    assert run_tool("promtool", "check", "metrics", given=generate_latest(metrics.registry)) == ""


def test_outcomes_of_deduplicate_are_those_of_the_intake():
    from typing import get_args

    from services.monitor.analysis.intake.taken import Outcome, Reason

    assert {*get_args(Outcome), "dead-letter"} == set(OUTCOMES["deduplicate"])
    dropped = next(d for d in DECLARATIONS if d.name == "parts_dropped_total")
    assert {(reason,) for reason in get_args(Reason)} == set(dropped.values)


def test_the_page_of_metrics_is_what_the_declarations_say():
    assert Path(PAGE).read_text(encoding="utf-8") == page(), "run: python -m services.monitor.metrics_table"
