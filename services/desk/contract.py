"""The AsyncAPI document in; the streams and their fields, as the contract page shows them, out."""

from typing import Any, NamedTuple


class Field(NamedTuple):
    """One field of a message."""

    name: str
    type: str
    required: bool
    said: str


class Shape(NamedTuple):
    """A message, or a part of one."""

    name: str
    said: str
    fields: tuple[Field, ...]


class Channel(NamedTuple):
    """One stream."""

    address: str
    said: str
    message: str
    cleanup: str


def channels(document: dict[str, Any]) -> tuple[Channel, ...]:
    """In the order of the pipeline."""
    return tuple(_channel(channel) for channel in document["channels"].values())


def shapes(document: dict[str, Any]) -> tuple[Shape, ...]:
    """By name: messages first, then their parts."""
    messages = document["components"]["messages"]
    found = document["components"]["schemas"]
    return tuple(_shape(name, found[name]) for name in sorted(found, key=lambda name: (name not in messages, name)))


def headers(document: dict[str, Any]) -> tuple[Field, ...]:
    """Of an alert: its CloudEvents envelope."""
    schema = document["components"]["messages"]["PolicyShiftAlert"]["headers"]
    return _shape("headers", schema).fields


def _channel(channel: dict[str, Any]) -> Channel:
    config = channel["bindings"]["kafka"]["topicConfiguration"]
    kept = f"{config['retention.ms'] // 86_400_000} days" if "retention.ms" in config else "the last of each key"
    return Channel(channel["address"], channel["description"], next(iter(channel["messages"])), kept)


def _shape(name: str, schema: dict[str, Any]) -> Shape:
    required = set(schema.get("required", ()))
    fields = (
        Field(field, kind(found), field in required, found.get("description", ""))
        for field, found in schema.get("properties", {}).items()
    )
    return Shape(name, schema.get("description", ""), tuple(fields))


def kind(schema: dict[str, Any]) -> str:
    """A JSON Schema in a few words: `list of Evidence`, `Party or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return f"always {schema['const']}"
    if "enum" in schema:
        return " | ".join(str(word) for word in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(kind(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {kind(schema.get('items', {}))}"
    return str(schema.get("format", schema.get("type", "any")))
