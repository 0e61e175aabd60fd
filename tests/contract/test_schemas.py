"""The contract: what is committed is what the models say, every example decodes, and nothing old breaks."""

import json
import warnings
from itertools import chain
from pathlib import Path

import jsonschema
import pytest

from schemas import STREAMS, EnrichedReport, PolicyShiftAlert, Report, export

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "schemas" / "examples"
RELEASED = Path(__file__).parent / "v1.0"
BY_NAME = {stream.name: stream for stream in STREAMS}


def messages(folder):
    return [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in sorted(folder.glob("*/*.json"))]


@pytest.mark.parametrize("name", BY_NAME)
def test_the_committed_schema_is_the_models_schema(name):
    path = export.FOLDER / f"{name}.json"
    assert path.read_text() == export.files()[path.name], "run `python -m schemas.export` and commit the result"


def test_no_schema_is_left_of_a_stream_that_is_gone():
    assert {path.name for path in export.FOLDER.iterdir()} == set(export.files())


@pytest.mark.parametrize("name", BY_NAME)
def test_every_stream_has_an_example(name):
    assert list((EXAMPLES / name).glob("*.json"))


@pytest.mark.parametrize("path", messages(EXAMPLES))
def test_an_example_decodes_and_keeps_every_field(path):
    message = BY_NAME[path.parent.name].type.from_bytes(path.read_bytes())
    assert json.loads(message.to_bytes()) == json.loads(path.read_text())


@pytest.mark.parametrize("path", messages(EXAMPLES))
def test_an_example_is_valid_by_its_published_schema(path):
    schema = json.loads((export.FOLDER / f"{path.parent.name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(path.read_text()), schema, cls=jsonschema.Draft202012Validator)


def objects(schema):
    """Every object type inside a schema."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        yield from chain.from_iterable(objects(value) for value in schema.values())
    elif isinstance(schema, list):
        yield from chain.from_iterable(objects(value) for value in schema)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_published_object_is_closed_and_every_reader_is_tolerant(name):
    stream = BY_NAME[name]
    assert all(found["additionalProperties"] is False for found in objects(export.schema_of(stream)))
    example = next((EXAMPLES / name).glob("*.json"))
    newer = {**json.loads(example.read_text()), "added_by_a_newer_writer": 1}
    stream.type.from_bytes(json.dumps(newer).encode())


def accepts_all_of(new, old):
    """Whether every value valid by `old` is valid by `new`. The library warns when imported and when used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from jsonsubschema import isSubschema

        return isSubschema(old, new)


@pytest.mark.parametrize("name", BY_NAME)
def test_everything_valid_by_the_released_schema_is_valid_now(name):
    released = json.loads((RELEASED / "schemas" / f"{name}.json").read_text())
    assert accepts_all_of(export.schema_of(BY_NAME[name]), released), "a breaking change needs a .v2 stream"


def released_article(**changes):
    schema = json.loads((RELEASED / "schemas" / f"{STREAMS.raw.name}.json").read_text())
    return {**schema, **changes}


def test_the_comparison_sees_what_breaks_and_what_does_not():
    old, fields = released_article(), released_article()["properties"]
    grown = released_article(properties={**fields, "edition": {"type": "string"}})
    narrowed = released_article(properties={**fields, "status": {"type": "string", "enum": ["usable"]}})
    demanding = released_article(required=[*old["required"], "title"])
    retyped = released_article(properties={**fields, "title": {"type": "integer"}})
    assert accepts_all_of(grown, old)
    assert not any(accepts_all_of(broken, old) for broken in (narrowed, demanding, retyped))


@pytest.mark.parametrize("path", messages(RELEASED / "messages"))
def test_a_released_message_still_decodes(path):
    BY_NAME[path.parent.name].type.from_bytes(path.read_bytes())


def test_quotes_and_mentions_of_the_examples_stand_at_their_offsets():
    report = EnrichedReport.from_bytes((EXAMPLES / STREAMS.enriched.name / "report.json").read_bytes())
    for part in (*report.claims, *chain.from_iterable(entity.mentions for entity in report.entities)):
        words = part.quote if hasattr(part, "quote") else part.text
        assert report.text[part.start : part.end] == words
    alert = PolicyShiftAlert.from_bytes((EXAMPLES / STREAMS.alerts.name / "suspended.json").read_bytes())
    for evidence in alert.evidence:
        assert report.text[evidence.start : evidence.end] == evidence.quote


def test_the_examples_follow_one_article_through_the_streams():
    report = Report.from_bytes((EXAMPLES / STREAMS.unique.name / "report.json").read_bytes())
    article = STREAMS.raw.type.from_bytes((EXAMPLES / STREAMS.raw.name / "article.json").read_bytes())
    assert report.article_id == article.id
    for trace in report.traces:
        there = article.text[trace.article_start : trace.article_start + trace.length]
        assert report.text[trace.report_start : trace.report_start + trace.length] == there


@pytest.mark.parametrize("name", BY_NAME)
def test_a_stream_name_is_legal_hierarchical_and_ends_with_its_version(name):
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert name.startswith("newsmon.")
    assert name.endswith(".v1")
