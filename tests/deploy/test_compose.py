"""docker-compose.yml: valid, careful, and of one mind with the code it starts. It is not started here: no Docker."""

import importlib.util
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from typer.main import get_command

from services.cli import app
from services.settings import Settings, prepared
from tests.deploy.commands import run_tool
from tests.deploy.names import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = {name: s for name, s in SERVICES.items() if s["image"].startswith("newsmon:")}
OBSERVABILITY = {"prometheus", "grafana", "alertmanager", "heartbeat"}
each_service = pytest.mark.parametrize("name", SERVICES)
each_of_ours = pytest.mark.parametrize("name", OURS)


def test_it_is_a_compose_file():
    """The schema that check-jsonschema carries; its command line needs a newer click than Faust allows."""
    home = Path(importlib.util.find_spec("check_jsonschema").submodule_search_locations[0])
    schema = json.loads((home / "builtin_schemas/vendor/compose-spec.json").read_text(encoding="utf-8"))
    jsonschema.validate(COMPOSE, schema)


def test_yamllint_has_nothing_to_say():
    files = ["docker-compose.yml", *sorted((ROOT / "deploy").rglob("*.yml"))]
    run_tool("yamllint", "--strict", "-c", ".yamllint.yml", *files)


@each_service
def test_the_image_is_pinned_to_a_version(name):
    assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+\.\d+", SERVICES[name]["image"])


@each_service
def test_nothing_is_reachable_from_outside_this_machine(name):
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", ()))
    assert "network_mode" not in SERVICES[name]


@each_service
def test_the_service_has_few_rights_and_limited_resources(name):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert {"cpus", "mem_limit", "pids_limit"} <= set(service)
    if name != "kafka":  # its image writes below /opt/kafka, and names its user itself
        assert service["read_only"]
        assert service["user"].split(":")[0] not in {"", "0", "root"}


@each_service
def test_the_service_is_watched_or_ends_by_itself(name):
    check = SERVICES[name]["healthcheck"]
    assert check.get("test") or (check == {"disable": True} and name in {"provision", "feeder", "heartbeat"})


@each_service
def test_who_waits_for_another_waits_until_it_is_ready(name):
    for other, how in SERVICES[name].get("depends_on", {}).items():
        assert how["condition"] == "service_completed_successfully" if other == "provision" else "service_healthy"
        assert other in SERVICES


@each_service
def test_plain_up_starts_what_a_newcomer_needs_and_profiles_add_the_rest(name):
    profile = ["observability"] if name in OBSERVABILITY else ["debug"] if name == "operator" else None
    assert SERVICES[name].get("profiles") == profile


@each_of_ours
def test_the_command_is_one_that_newsmon_has(name):
    service = OURS[name]
    command = service["command"]
    if "entrypoint" in service:
        assert importlib.util.find_spec(service["entrypoint"][2])
        return
    known = get_command(app).commands
    if name == "desk" and "desk" not in known:
        pytest.skip("the desk is not merged yet")
    options = {option for parameter in known[command[0]].params for option in parameter.opts}
    assert {word for word in command[1:] if word.startswith("--")} <= options


@each_of_ours
def test_every_variable_is_a_setting_and_takes_its_value(name):
    variables = {key.lower(): value for key, value in OURS[name].get("environment", {}).items()}
    for variable, value in prepared(variables).items():
        _, group, field = variable.split("_", 2)
        if group == "desk" and "desk" not in Settings.model_fields:
            pytest.skip("the desk is not merged yet")
        model = Settings.model_fields[group].annotation
        assert field in model.model_fields, variable
        assert str(getattr(model(**{field: value}), field)) == value


def test_all_services_agree_on_kafka():
    settings = [{k: v for k, v in s["environment"].items() if "_KAFKA_" in k} for s in OURS.values()]
    assert all(one == settings[0] for one in settings)
    host, port = settings[0]["NEWSMON_KAFKA_BOOTSTRAP_SERVERS"].split(":")
    assert SERVICES[host]["environment"]["KAFKA_ADVERTISED_LISTENERS"].endswith(f"PLAINTEXT://{host}:{port}")


def test_kafka_is_the_version_the_tests_run_on():
    pom = (ROOT / "deploy/kafka/pom.xml").read_text(encoding="utf-8")
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{re.search(r'<kafka.version>(.+)</kafka.version>', pom)[1]}"


def test_prometheus_scrapes_every_monitor_where_it_listens():
    scraped = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text(encoding="utf-8"))["scrape_configs"]
    ours = next(job for job in scraped if job["job_name"] == "newsmon")["static_configs"][0]["targets"]
    assert ours == [f"{name}:{s['expose'][0]}" for name, s in SERVICES.items() if name.startswith("monitor-")]
    image = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    assert {f"NEWSMON_WORKER_WEB_PORT={target.split(':')[1]}" in image for target in ours} == {True}


def test_every_monitor_has_a_state_directory_of_its_own():
    places = [SERVICES[name]["volumes"][0] for name in SERVICES if name.startswith("monitor-")]
    assert len(set(places)) == len(places) >= 2
    image = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    assert all(f"NEWSMON_WORKER_STATE_DIR={place.split(':')[1]} " in image for place in places)


def test_monitors_are_no_more_than_the_partitions_they_share():
    monitors = [name for name in SERVICES if name.startswith("monitor-")]
    assert len(monitors) <= int(SERVICES["monitor-1"]["environment"]["NEWSMON_KAFKA_PARTITIONS"])


@each_service
def test_files_that_are_mounted_exist_and_are_not_written(name):
    for volume in SERVICES[name].get("volumes", ()):
        source, _, rest = volume.partition(":")
        if source.startswith("./"):
            assert (ROOT / source).exists()
            assert rest.endswith(":ro")
        else:
            assert source in COMPOSE["volumes"]


def test_the_alertmanager_prometheus_knows_and_the_webhook_it_knows_are_services_with_those_ports():
    prometheus = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text(encoding="utf-8"))
    target = prometheus["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"][0]
    host, port = target.split(":")
    assert SERVICES[host]["ports"] == [f"127.0.0.1:{port}:{port}"]
    alertmanager = yaml.safe_load((ROOT / "deploy/alertmanager/alertmanager.yml").read_text(encoding="utf-8"))
    url = alertmanager["receivers"][0]["webhook_configs"][0]["url"]
    host, port = re.fullmatch(r"http://(\w+):(\d+)/", url).groups()
    assert SERVICES[host]["expose"] == [port]
    assert SERVICES[host]["entrypoint"][-1].endswith(f":{port}")


def test_grafana_is_given_the_folders_its_provisioning_names():
    provisioning = ROOT / "deploy/grafana/provisioning"
    source = yaml.safe_load((provisioning / "datasources/prometheus.yml").read_text(encoding="utf-8"))["datasources"][0]
    grafana = SERVICES["grafana"]
    assert source["url"] == "${PROMETHEUS_URL}"
    assert grafana["environment"]["PROMETHEUS_URL"].endswith(SERVICES["prometheus"]["ports"][0].rpartition(":")[2])
    boards = yaml.safe_load((provisioning / "dashboards/newsmon.yml").read_text(encoding="utf-8"))["providers"][0]
    place = boards["options"]["path"]
    assert f"./deploy/grafana/dashboards:{place}:ro" in grafana["volumes"]
    home = grafana["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert (ROOT / "deploy/grafana/dashboards" / home.removeprefix(f"{place}/")).exists()


def test_no_secret_stands_in_the_file():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert not re.search(r"(?i)(password|secret|token)\s*:\s*\S", text)
