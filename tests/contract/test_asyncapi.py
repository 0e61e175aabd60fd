"""docs/asyncapi.json: what the registry says, valid AsyncAPI 3.0, and true of the messages that are really sent."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from schemas import STREAMS
from schemas.asyncapi import EVENT_HEADERS, PAGE, document, text
from services.monitor.envelope import cloudevent
from tests.builders import WHEN, a_claim
from tests.deploy.messages import an_alert

DOCUMENT = document()
SPECIFICATION = os.environ.get("NEWSMON_ASYNCAPI_SPECS", "node_modules/@asyncapi/specs")


def resolved(reference: str):
    assert reference.startswith("#/")
    found = DOCUMENT
    for part in reference[2:].split("/"):
        found = found[part]
    return found


def references(part):
    if isinstance(part, dict):
        yield from [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        for below in part.values():
            yield from references(below)
    elif isinstance(part, list):
        for below in part:
            yield from references(below)


def test_the_committed_document_is_what_the_registry_says():
    assert PAGE.read_text(encoding="utf-8") == text(), "run: python -m schemas.asyncapi"


def test_the_specifications_own_schema_accepts_it():
    """npm install --no-save @asyncapi/specs, or NEWSMON_ASYNCAPI_SPECS=<where it was unpacked>."""
    path = Path(SPECIFICATION) / "schemas/3.0.0-without-$id.json"
    if not path.exists():
        pytest.skip("npm's @asyncapi/specs is not here")
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(DOCUMENT)


def test_every_reference_leads_somewhere():
    found = set(references(DOCUMENT))
    assert len(found) > 30
    assert all(resolved(reference) for reference in found)


def test_every_stream_is_a_channel_with_its_message_its_writer_and_its_readers():
    assert [channel["address"] for channel in DOCUMENT["channels"].values()] == [stream.name for stream in STREAMS]
    for (name, channel), stream in zip(DOCUMENT["channels"].items(), STREAMS, strict=True):
        assert list(channel["messages"]) == [stream.type.__name__]
        configured = channel["bindings"]["kafka"]["topicConfiguration"]
        assert {k: str(v[0] if isinstance(v, list) else v) for k, v in configured.items()} == stream.config()
        actions = {o["action"] for o in DOCUMENT["operations"].values() if o["channel"]["$ref"].endswith(f"/{name}")}
        assert actions == ({"send"} if stream.readers == ("subscribers",) else {"send", "receive"})


def test_every_message_has_examples_that_its_schema_accepts():
    definitions = {"components": DOCUMENT["components"]}
    for message in DOCUMENT["components"]["messages"].values():
        assert message["examples"]
        for example in message["examples"]:
            jsonschema.Draft202012Validator(message["payload"] | definitions).validate(example["payload"])


def test_the_headers_told_are_the_headers_sent():
    sent = cloudevent(an_alert(), a_claim(ingested_at=WHEN), WHEN)
    assert set(sent) == set(EVENT_HEADERS)
    for name in ("ce_specversion", "ce_source", "ce_type"):
        assert EVENT_HEADERS[name] == f"Always {sent[name].decode()}."


def test_what_is_required_of_the_headers_is_sent_when_nothing_is_known():
    sent = cloudevent(an_alert(), a_claim(ingested_at=None), WHEN)
    headers = DOCUMENT["components"]["messages"]["PolicyShiftAlert"]["headers"]
    jsonschema.validate({name: value.decode() for name, value in sent.items()}, headers)
    assert set(headers["required"]) == set(sent)


def test_the_cloudevents_package_reads_what_is_sent():
    from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
    from cloudevents.core.formats.json import JSONFormat

    alert = an_alert()
    message = KafkaMessage(headers=cloudevent(alert, a_claim(), WHEN), key=alert.alert_id, value=alert.to_bytes())
    event = from_binary_event(message, JSONFormat())
    assert event.get_type() == "org.newsmon.policy-shift.v1"
    assert event.get_id() == f"{alert.alert_id}-{alert.revision}-alert"
    assert event.get_extension("partitionkey") == alert.alert_id
