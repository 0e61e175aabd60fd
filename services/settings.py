"""In: the environment (NEWSMON_...), and files for secrets. Out: one frozen `Settings`. Nothing else reads either.

A setting's variable is NEWSMON_, its group, its name: NEWSMON_KAFKA_BOOTSTRAP_SERVERS, NEWSMON_WORKER_STATE_DIR
(NEWSMON_KAFKA__BOOTSTRAP_SERVERS means the same). A secret may stand in a file: NEWSMON_KAFKA_SASL_PASSWORD_FILE.
A misspelt name inside a group is an error, so that it cannot be overlooked.
"""

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "newsmon_"
SECRETS = ("newsmon_kafka_sasl_password", "newsmon_kafka_ssl_key_password")

Protocol = Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]
Mechanism = Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]


class Hidden(str):
    """A password for kafka-python, whose admin client writes its whole configuration into a DEBUG log."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'**********'"


class Group(BaseModel):
    """Settings that belong together: frozen, and no name but the declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class KafkaSettings(Group):
    """How to reach Kafka, and what to create there."""

    bootstrap_servers: str | None = Field(
        default=None, description="host:port, comma-separated. Unset: newsmon starts an embedded broker."
    )
    embedded: bool = Field(
        default=False,
        description="The broker at bootstrap_servers is newsmon's embedded one, and needs its settings "
        "(services/broker/quirks.py). Set by newsmon for the workers it starts.",
    )
    security_protocol: Protocol = "PLAINTEXT"
    sasl_mechanism: Mechanism = "SCRAM-SHA-512"
    sasl_username: str | None = None
    sasl_password: SecretStr | None = None
    ssl_cafile: Path | None = Field(default=None, description="PEM. Unset: the system's authorities.")
    ssl_certfile: Path | None = Field(default=None, description="PEM, for mutual TLS.")
    ssl_keyfile: Path | None = None
    ssl_key_password: SecretStr | None = None
    partitions: int = Field(default=4, ge=1, le=1000, description="Of each stream that is spread over many.")
    replication_factor: int = Field(default=1, ge=1, le=9)

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.sasl and (self.sasl_username is None or self.sasl_password is None):
            raise ValueError(f"{self.security_protocol} needs sasl_username and sasl_password")
        if self.ssl_keyfile and not self.ssl_certfile:
            raise ValueError("ssl_keyfile needs ssl_certfile")
        return self

    @property
    def sasl(self) -> bool:
        """Whether a user logs in."""
        return self.security_protocol.startswith("SASL")

    @property
    def tls(self) -> bool:
        """Whether the connection is encrypted."""
        return self.security_protocol.endswith("SSL")

    def ssl_context(self) -> ssl.SSLContext | None:
        """Checks the broker's name and certificate. None without TLS. Raises OSError for an unreadable file."""
        if not self.tls:
            return None
        context = ssl.create_default_context(cafile=str(self.ssl_cafile) if self.ssl_cafile else None)
        if self.ssl_certfile:
            password = self.ssl_key_password
            context.load_cert_chain(
                self.ssl_certfile, self.ssl_keyfile, password.get_secret_value() if password else None
            )
        return context

    def kafka_python_options(self) -> dict[str, Any]:
        """Keyword arguments for kafka-python's producer, consumer and admin client.

        Raises ValueError when there is no broker yet: the embedded one is started first.
        """
        if self.bootstrap_servers is None:
            raise ValueError("no broker: NEWSMON_KAFKA_BOOTSTRAP_SERVERS is not set")
        options: dict[str, Any] = {
            "bootstrap_servers": self.bootstrap_servers.split(","),
            "security_protocol": self.security_protocol,
        }
        if self.tls:
            options["ssl_context"] = self.ssl_context()
        return options | self._login()

    def environment(self) -> dict[str, str]:
        """The same settings as variables, for a process that newsmon starts. Holds secrets: never log it."""
        given = {name: value for name, value in self if value is not None}
        return {f"{PREFIX}kafka_{name}".upper(): _plain(value) for name, value in given.items()}

    def _login(self) -> dict[str, str]:
        if not (self.sasl and self.sasl_username and self.sasl_password):
            return {}
        return {
            "sasl_mechanism": self.sasl_mechanism,
            "sasl_plain_username": self.sasl_username,
            "sasl_plain_password": Hidden(self.sasl_password.get_secret_value()),
        }


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


class WorkerSettings(Group):
    """One monitor process."""

    state_dir: Path = Field(default=Path(".newsmon"), description="Durable tables; one worker per directory.")
    instance_id: str | None = Field(
        default=None,
        description="Static group membership (a StatefulSet's pod name): a restart within the session moves no "
        "partition. Each worker its own.",
    )
    named_entities: bool = Field(
        default=True,
        description="Name persons, bodies and places that are no government actors too (spaCy). Costs two thirds of "
        "the reading time and no alert needs it.",
    )
    web_host: str = Field(default="127.0.0.1", description="Where /metrics and /health listen.")
    web_port: int = Field(default=6066, ge=0, le=65535, description="0: any free port.")


class DeskSettings(Group):
    """The desk: the page, the JSON API, the feed."""

    host: str = Field(default="127.0.0.1", description="It has no log-in: beyond loopback put a proxy before it.")
    port: int = Field(default=8080, ge=1, le=65535)


class Settings(BaseSettings):
    """Everything that can be set. Raises pydantic.ValidationError, which names each wrong variable."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
    )

    kafka: KafkaSettings = KafkaSettings()
    worker: WorkerSettings = WorkerSettings()
    desk: DeskSettings = DeskSettings()

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # pydantic names its sources; the rest is unused
        cls, settings_cls: type[BaseSettings], **sources: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments before the environment; no .env file, no other source."""
        environment = EnvSettingsSource(settings_cls)
        environment.env_vars = prepared(environment.env_vars)
        return sources["init_settings"], environment

    def redacted(self) -> dict[str, Any]:
        """For `newsmon config show`: plain JSON values, secrets as stars."""
        return self.model_dump(mode="json")


def prepared(variables: Mapping[str, str | None]) -> dict[str, str | None]:
    """Our variables under their one spelling, secrets read from their files.

    Raises ValueError naming the variable whose file cannot be read, never showing what is in it.
    """
    ours = {name.replace("__", "_"): value for name, value in variables.items() if name.startswith(PREFIX)}
    for name in SECRETS:
        path = ours.pop(f"{name}_file", None)
        if path:
            ours[name] = _secret(name, Path(path))
    return ours


def _secret(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{name.upper()}_FILE: cannot read {path}") from error
