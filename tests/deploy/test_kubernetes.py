"""The manifests: valid by Kubernetes' own schemas, careful, and of one mind with the code. No cluster is started here.

Strimzi's, KEDA's and the Prometheus operator's kinds are not in those schemas; of them only what touches us is tested.
"""

import re
import warnings

import pytest
import yaml

from schemas import STREAMS
from services.operations.lag import GROUP
from services.settings import Settings, prepared
from tests.deploy.names import ROOT

DOCUMENTS = [(path.name, document) for path in sorted((ROOT / "deploy/k8s").glob("*.yml"))
             for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))]  # fmt: skip
CORE = ("v1", "apps/v1", "batch/v1", "policy/v1", "networking.k8s.io/v1")
KNOWN = [document for _, document in DOCUMENTS if document["apiVersion"] in CORE]
PODS = [(d["metadata"]["name"], d["spec"]["template"]["spec"]) for _, d in DOCUMENTS if "template" in d.get("spec", {})]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


def of(kind: str, name: str):
    return next(d for _, d in DOCUMENTS if (d["kind"], d["metadata"]["name"]) == (kind, name))


@pytest.mark.parametrize("document", KNOWN, ids=lambda d: f"{d['kind']}-{d['metadata']['name']}")
def test_kubernetes_schema_accepts_it(document):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        validate = pytest.importorskip("kubernetes_validate").validate
        validate(document, "1.34", strict=True)


@pytest.mark.parametrize(("name", "pod"), PODS)
def test_a_pod_has_few_rights_and_limited_resources(name, pod):
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False
    for container in pod["containers"]:
        rights = container["securityContext"]
        assert rights["readOnlyRootFilesystem"]
        assert not rights["allowPrivilegeEscalation"]
        assert rights["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["limits"]["memory"]
        assert container["image"] == COMPOSE["monitor-1"]["image"]


@pytest.mark.parametrize(("name", "pod"), PODS)
def test_every_variable_is_a_setting(name, pod, tmp_path):
    shared = of("ConfigMap", "newsmon-kafka")["data"]
    own = {one["name"]: one["value"] for one in pod["containers"][0]["env"]}
    secret = tmp_path / "password"
    secret.write_text("x")
    variables = {key.lower(): value for key, value in (shared | own).items()}
    variables["newsmon_kafka_sasl_password_file"] = str(secret)
    for variable in prepared(variables):
        _, group, field = variable.split("_", 2)
        if group == "desk" and "desk" not in Settings.model_fields:
            pytest.skip("the desk is not merged yet")
        assert field in Settings.model_fields[group].annotation.model_fields, variable


@pytest.mark.parametrize(("name", "pod"), PODS)
def test_what_is_mounted_is_where_the_settings_say(name, pod):
    shared = of("ConfigMap", "newsmon-kafka")["data"]
    mounts = {mount["mountPath"] for mount in pod["containers"][0]["volumeMounts"]}
    for setting in ("NEWSMON_KAFKA_SASL_PASSWORD_FILE", "NEWSMON_KAFKA_SSL_CAFILE"):
        assert shared[setting].rpartition("/")[0] in mounts
    assert {mount["name"] for mount in pod["containers"][0]["volumeMounts"]} <= {
        *(volume["name"] for volume in pod["volumes"]), "state"}  # fmt: skip


@pytest.mark.parametrize(("name", "pod"), PODS)
def test_its_kafka_user_exists_and_its_secret_is_that_users(name, pod):
    user = next(one["value"] for one in pod["containers"][0]["env"] if one["name"].endswith("SASL_USERNAME"))
    assert of("KafkaUser", user)
    assert {"name": "user", "secret": {"secretName": user}} in pod["volumes"]


def test_the_scaler_counts_what_the_monitors_read_and_stays_within_the_partitions():
    scaler = of("ScaledObject", "monitor")["spec"]
    kafka = scaler["triggers"][0]["metadata"]
    assert kafka["consumerGroup"] == GROUP
    assert kafka["topic"] == STREAMS.classified.name
    partitions = int(of("ConfigMap", "newsmon-kafka")["data"]["NEWSMON_KAFKA_PARTITIONS"])
    assert 1 <= scaler["minReplicaCount"] <= scaler["maxReplicaCount"] <= partitions
    assert kafka["bootstrapServers"] == of("ConfigMap", "newsmon-kafka")["data"]["NEWSMON_KAFKA_BOOTSTRAP_SERVERS"]


def test_rights_on_topics_name_streams_that_exist():
    streams = {stream.name for stream in STREAMS}
    for _, document in DOCUMENTS:
        for acl in document["spec"]["authorization"]["acls"] if document["kind"] == "KafkaUser" else ():
            resource = acl["resource"]
            if resource["type"] == "topic":
                assert resource["name"] in streams or (resource["patternType"], resource["name"]) == (
                    "prefix",
                    "newsmon",
                )


def test_the_scraped_job_has_the_name_the_rules_expect():
    endpoint = of("PodMonitor", "newsmon")["spec"]["podMetricsEndpoints"][0]
    assert endpoint["relabelings"] == [{"targetLabel": "job", "replacement": "newsmon"}]
    assert endpoint["port"] in {
        port["name"] for port in of("StatefulSet", "monitor")["spec"]["template"]["spec"]["containers"][0]["ports"]
    }


def test_kafka_is_the_version_of_compose():
    assert of("Kafka", "newsmon")["spec"]["kafka"]["version"] == re.sub(".*:", "", COMPOSE["kafka"]["image"])
