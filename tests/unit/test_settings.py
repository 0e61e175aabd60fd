"""Settings: the environment in, one frozen model out."""

import ssl
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.settings import KafkaSettings, Settings


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch):
    import os

    for name in [name for name in os.environ if name.upper().startswith("NEWSMON_")]:
        monkeypatch.delenv(name)


def test_nothing_set_means_an_embedded_broker_and_loopback():
    settings = Settings()
    assert settings.kafka.bootstrap_servers is None
    assert settings.worker.web_host == "127.0.0.1"
    with pytest.raises(ValueError, match="NEWSMON_KAFKA_BOOTSTRAP_SERVERS"):
        settings.kafka.kafka_python_options()


@pytest.mark.parametrize("name", ["NEWSMON_KAFKA_BOOTSTRAP_SERVERS", "NEWSMON_KAFKA__BOOTSTRAP_SERVERS"])
def test_one_or_two_underscores_name_the_same_setting(monkeypatch, name):
    monkeypatch.setenv(name, "one:9092,two:9092")
    options = Settings().kafka.kafka_python_options()
    assert options == {"bootstrap_servers": ["one:9092", "two:9092"], "security_protocol": "PLAINTEXT"}


def test_a_misspelt_name_inside_a_group_is_an_error_that_names_it(monkeypatch):
    monkeypatch.setenv("NEWSMON_KAFKA_BOOTSTRAP_SERVER", "one:9092")
    with pytest.raises(ValidationError, match=r"kafka\.bootstrap_server\b"):
        Settings()


def test_variables_of_other_groups_are_not_ours_to_judge(monkeypatch):
    monkeypatch.setenv("NEWSMON_TEST_KAFKA", "one:9092")
    assert Settings().kafka == KafkaSettings()


def sasl(monkeypatch, **more):
    values = {"bootstrap_servers": "one:9093", "security_protocol": "SASL_PLAINTEXT", "sasl_username": "ann", **more}
    for name, value in values.items():
        monkeypatch.setenv(f"NEWSMON_KAFKA_{name.upper()}", str(value))


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
def test_a_login_reaches_kafka_python_under_its_names(monkeypatch, mechanism):
    sasl(monkeypatch, sasl_password="s3cret", sasl_mechanism=mechanism)
    assert Settings().kafka.kafka_python_options() == {
        "bootstrap_servers": ["one:9093"],
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": mechanism,
        "sasl_plain_username": "ann",
        "sasl_plain_password": "s3cret",
    }


def test_a_password_may_stand_in_a_file_and_its_newline_is_not_part_of_it(monkeypatch, tmp_path):
    (tmp_path / "password").write_text("s3cret\n")
    sasl(monkeypatch, sasl_password_file=tmp_path / "password")
    assert Settings().kafka.kafka_python_options()["sasl_plain_password"] == "s3cret"


def test_a_password_file_that_is_not_there_is_named(monkeypatch, tmp_path):
    sasl(monkeypatch, sasl_password_file=tmp_path / "absent")
    with pytest.raises(ValueError, match=r"NEWSMON_KAFKA_SASL_PASSWORD_FILE: cannot read .*absent"):
        Settings()


def test_a_login_without_a_password_is_an_error(monkeypatch):
    sasl(monkeypatch)
    with pytest.raises(ValidationError, match="needs sasl_username and sasl_password"):
        Settings()


def test_no_secret_is_shown_in_a_dump_a_repr_or_an_error(monkeypatch):
    sasl(monkeypatch, sasl_password="s3cret")
    settings = Settings()
    assert settings.redacted()["kafka"]["sasl_password"] == "**********"
    assert "s3cret" not in repr(settings)
    assert "s3cret" not in str(settings.redacted())
    monkeypatch.setenv("NEWSMON_KAFKA_PARTITIONS", "many")
    with pytest.raises(ValidationError) as error:
        Settings()
    assert "s3cret" not in str(error.value)


def test_settings_cannot_be_changed():
    with pytest.raises(ValidationError):
        Settings().kafka.partitions = 2


def test_tls_checks_the_name_and_the_certificate():
    context = KafkaSettings(bootstrap_servers="one:9093", security_protocol="SSL").ssl_context()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


def test_without_tls_there_is_no_context():
    assert KafkaSettings().ssl_context() is None


def test_a_key_without_its_certificate_is_an_error():
    with pytest.raises(ValidationError, match="ssl_keyfile needs ssl_certfile"):
        KafkaSettings(ssl_keyfile=Path("key.pem"))
