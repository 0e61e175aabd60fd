"""docs/asyncapi.json: what the registry says, valid AsyncAPI 3.0, and true of the messages that are really sent."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from schemas import STREAMS
from schemas.asyncapi import EVENT_HEADERS, PAGE, document, text
from services.monitor.envelope import cloudevent
from tests.absent import absent
from tests.builders import WHEN, a_claim
from tests.deploy.messages import an_alert

DOCUMENT = document()
PARSER = Path(__file__).parents[2] / "tools/asyncapi"
Parser = Callable[[Path], "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def parser() -> Parser:
    """AsyncAPI's own parser, installed once as the lock says (node and npm, 10 s)."""
    if not shutil.which("node") or not shutil.which("npm"):
        absent("node", "node and npm are not installed")
    digest = hashlib.sha256((PARSER / "package-lock.json").read_bytes()).hexdigest()[:12]
    home = Path.home() / ".cache/newsmon" / f"asyncapi-{digest}"
    if not (home / "node_modules").exists():
        _install(home)
    shutil.copy(PARSER / "check.mjs", home)
    return lambda file: subprocess.run(
        ["node", home / "check.mjs", file], capture_output=True, text=True, check=False, timeout=60
    )


def _install(home: Path) -> None:
    """Beside its place first, so that it is there whole or not at all."""
    fresh = home.with_name(f"{home.name}.part.{os.getpid()}")
    shutil.copytree(PARSER, fresh, ignore=shutil.ignore_patterns("node_modules"))
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=fresh, capture_output=True, text=True, check=False, timeout=240)
    if done.returncode:
        shutil.rmtree(fresh)
        absent("node", f"npm ci: {done.stderr[-500:]}")
    with contextlib.suppress(OSError):  # another test run was first
        fresh.rename(home)


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


def test_the_official_parser_accepts_it(parser: Parser) -> None:
    done = parser(PAGE)
    said = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout
    assert said[-1] == f"3.0.0 {len(list(STREAMS))} channels, {len(list(STREAMS))} messages"
    assert [line.split()[:2] for line in said[:-1]] == [["information", "asyncapi-latest-version"]], "3.0 is meant"


def test_the_official_parser_refuses_what_is_wrong(parser: Parser, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(DOCUMENT | {"channels": {"a": {"messages": {"m": {"$ref": "#/nowhere"}}}}}))
    assert parser(wrong).returncode == 1


def test_the_parser_is_pinned_with_its_hashes_and_without_addresses() -> None:
    lock = json.loads((PARSER / "package-lock.json").read_text(encoding="utf-8"))
    fetched = {name: package for name, package in lock["packages"].items() if name}
    assert all(package["integrity"] for package in fetched.values())
    assert not any("resolved" in package for package in fetched.values())


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
