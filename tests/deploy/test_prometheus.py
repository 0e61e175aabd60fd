"""Prometheus and Alertmanager: what they are told holds together, with the code and with the runbook."""

import re

import pytest
import yaml

from tests.deploy.commands import run_tool
from tests.deploy.names import PROMETHEUS, ROOT, named, rules, series

ALERTS = rules("alerting")
RUNBOOK = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
each_alert = pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])


def test_promtool_accepts_the_configuration():
    run_tool("promtool", "check", "config", "deploy/prometheus/prometheus.yml")


def test_promtool_accepts_the_rules_and_has_nothing_to_say():
    assert run_tool("promtool", "check", "rules", "--lint-fatal", *sorted((PROMETHEUS / "rules").glob("*.yml"))) == ""


def test_the_unit_tests_of_the_rules_pass():
    run_tool("promtool", "test", "rules", *sorted((PROMETHEUS / "tests").glob("*.yml")))


def test_every_alert_has_a_unit_test():
    tested = "".join(path.read_text(encoding="utf-8") for path in (PROMETHEUS / "tests").glob("*.yml"))
    assert [rule["alert"] for rule in ALERTS if rule["alert"] not in tested] == []


def test_amtool_accepts_the_configuration():
    run_tool("amtool", "check-config", "deploy/alertmanager/alertmanager.yml")


@pytest.mark.parametrize("severity", ["page", "ticket"])
def test_every_severity_reaches_the_operator(severity):
    config = ("--config.file", "deploy/alertmanager/alertmanager.yml")
    run_tool("amtool", "config", "routes", "test", *config, "--verify.receivers=operator", f"severity={severity}")


@each_alert
def test_the_alert_names_only_series_that_exist(rule):
    assert named(rule["expr"]) <= series()


@each_alert
def test_the_alert_has_a_section_in_the_runbook_that_says_what_to_look_at_and_do(rule):
    path, _, anchor = rule["annotations"]["runbook_url"].partition("#")
    assert (path, anchor) == ("docs/operations.md", rule["alert"].lower())
    section = re.search(rf"### {rule['alert']}\n(.*?)(\n### |\Z)", RUNBOOK, re.DOTALL)
    assert section, rule["alert"]
    assert "Look:" in section[1]
    assert "Do:" in section[1]


@each_alert
def test_the_alert_waits_and_says_how_urgent_it_is(rule):
    assert rule["for"]
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["summary"].endswith((".", "?"))


@pytest.mark.parametrize("rule", rules("recording"), ids=lambda rule: rule["record"])
def test_a_recording_rule_is_named_level_metric_operations_and_used(rule):
    assert re.fullmatch(r"[a-z_]+:newsmon_[a-z0-9_]+:[a-z0-9_]+", rule["record"])
    assert named(rule["expr"]) <= series()
    assert any(rule["record"] in named(alert["expr"]) for alert in ALERTS)


def test_the_runbook_has_no_section_for_an_alert_that_is_gone():
    assert set(re.findall(r"^### (Newsmon\w+)", RUNBOOK, re.MULTILINE)) == {rule["alert"] for rule in ALERTS}


def test_dashboards_named_in_the_runbook_exist():
    from tests.deploy.boards import NAMES, panels

    alarms = RUNBOOK.partition("\n## Dead letters")[0]
    titles = {panel["title"] for name in NAMES for panel in panels(name)} | {name.capitalize() for name in NAMES}
    told = {re.sub(r"\s+", " ", name) for name in re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", alarms)}
    short = {title.partition(",")[0] for title in titles}
    assert told <= titles | short


def test_the_newest_rule_file_is_among_those_that_are_loaded():
    loaded = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text(encoding="utf-8"))["rule_files"]
    assert loaded == ["rules/*.yml"]
