"""In: the registry, the models, the examples. Out: docs/asyncapi.json, AsyncAPI 3.0. `python -m schemas.asyncapi`.

It is told from newsmon's point of view, as AsyncAPI asks: newsmon receives articles and sends alerts. A subscriber
receives what is sent here. Schemas are open: a reader must tolerate fields that a newer writer adds.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from schemas.heartbeat import HEADER
from schemas.streams import STREAMS, Stream

PAGE = Path(__file__).parents[1] / "docs/asyncapi.json"
EXAMPLES = Path(__file__).parent / "examples"
KAFKA = {"bindingVersion": "0.5.0"}
OUTSIDE = ("subscribers",)
ABOUT = (
    "newsmon reads news and tells its subscribers when a government changes a policy. Values are JSON in UTF-8; keys "
    "are UTF-8. Delivery is at least once: keep, per alert_id, the last message in the order of the stream. Contracts "
    "only grow; a breaking change is a new stream whose name ends in .v2. Between the stages, a record with the header "
    f"{HEADER} is a sign of life that says nothing: leave it out. No stream of subscribers carries one."
)
EVENT_HEADERS = {
    "content-type": "application/json",
    "ce_specversion": "Always 1.0.",
    "ce_id": "alert_id, revision and type: the same event sent twice has the same id.",
    "ce_source": "Always /newsmon/monitor.",
    "ce_type": "Always org.newsmon.policy-shift.v1.",
    "ce_time": "When it was emitted (RFC 3339).",
    "ce_subject": "actor/instrument/target, - for no target.",
    "ce_partitionkey": "alert_id, the Kafka key.",
    "ce_causationid": "Id of the claim that made it.",
    "ce_transition": "As in the value: filter without parsing.",
    "ce_alerttype": "alert, update or cancel.",
    "ce_certainty": "possible or confirmed.",
    "ce_ingestedtime": "When the feeder sent the article behind it, if known (RFC 3339).",
}
"""CloudEvents 1.0 in binary mode, on the alert stream (services/monitor/envelope.py; a test compares)."""


def document() -> dict[str, Any]:
    """The whole document; equal registries give equal documents."""
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "newsmon", "version": "1.0.0", "description": ABOUT, "license": {"name": "Apache-2.0"}},
        "defaultContentType": "application/json",
        "servers": {"compose": {"host": "localhost:9092", "protocol": "kafka",
                                "description": "As docker-compose.yml publishes it, on this machine only."}},
        "channels": {_id(stream): _channel(stream) for stream in STREAMS},
        "operations": dict(operation for stream in STREAMS for operation in _operations(stream)),
        "components": {"messages": {s.type.__name__: _message(s) for s in STREAMS}, "schemas": _schemas()},
    }  # fmt: skip


def text() -> str:
    """What docs/asyncapi.json must hold."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _id(stream: Stream) -> str:
    """newsmon.alerts.policy-shift.v1 -> alerts-policy-shift-v1."""
    return stream.name.removeprefix("newsmon.").replace(".", "-")


def _channel(stream: Stream) -> dict[str, Any]:
    name = stream.type.__name__
    config: dict[str, Any] = {"cleanup.policy": [stream.cleanup], "max.message.bytes": 8 * 1024 * 1024}
    if stream.cleanup == "delete":
        config["retention.ms"] = int(stream.config()["retention.ms"])
    return {
        "address": stream.name,
        "description": f"Key: {stream.key} ({stream.why_this_key}). Written by {stream.writer}, read by "
        f"{', '.join(stream.readers)}. Partitions: {stream.partitions}.",
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "bindings": {"kafka": {"topic": stream.name, "topicConfiguration": config} | KAFKA},
    }


def _operations(stream: Stream) -> Iterator[tuple[str, dict[str, Any]]]:
    yield f"{_id(stream)}.send", _operation(stream, "send", stream.writer)
    inside = [reader for reader in stream.readers if reader not in OUTSIDE]
    if inside:
        yield f"{_id(stream)}.receive", _operation(stream, "receive", ", ".join(inside))


def _operation(stream: Stream, action: str, who: str) -> dict[str, Any]:
    channel = f"#/channels/{_id(stream)}"
    return {
        "action": action,
        "channel": {"$ref": channel},
        "summary": f"{who} {action}s {stream.type.__name__}",
        "messages": [{"$ref": f"{channel}/messages/{stream.type.__name__}"}],
    }


def _message(stream: Stream) -> dict[str, Any]:
    name = stream.type.__name__
    made: dict[str, Any] = {
        "name": name,
        "title": (stream.type.__doc__ or name).strip().partition("\n")[0],
        "contentType": "application/json",
        "payload": {"$ref": f"#/components/schemas/{name}"},
        "bindings": {"kafka": {"key": {"type": "string", "description": stream.key}} | KAFKA},
        "examples": [{"name": path.stem, "payload": json.loads(path.read_text(encoding="utf-8"))}
                     for path in sorted((EXAMPLES / stream.name).glob("*.json"))],
    }  # fmt: skip
    return made | ({"headers": _headers()} if stream is STREAMS.alerts else {})


def _headers() -> dict[str, Any]:
    optional = {"ce_ingestedtime"}
    return {
        "type": "object",
        "required": [name for name in EVENT_HEADERS if name not in optional],
        "properties": {name: {"type": "string", "description": said} for name, said in EVENT_HEADERS.items()},
    }


def _schemas() -> dict[str, Any]:
    types = list(dict.fromkeys(stream.type for stream in STREAMS))
    asked = [(kind, "validation") for kind in types]
    _, schema = models_json_schema(asked, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    found: dict[str, Any] = schema["$defs"]
    return found


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
