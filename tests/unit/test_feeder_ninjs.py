"""ninjs 2 and 3 items become Articles."""

import json
from datetime import UTC, datetime

import pytest

from schemas import Article, stable_id
from services.feeder.sources import read_lines

URI = "https://example.org/item/7"


def item(**changes):
    full = {
        "uri": URI,
        "standard": {"name": "ninjs", "version": "3.1"},
        "type": "text",
        "language": "en-GB",
        "pubStatus": "usable",
        "firstCreated": "2025-03-05T10:00:00Z",
        "versionCreated": "2025-03-05T12:00:00+00:00",
        "by": "Ann Example",
        "headlines": [{"role": "short", "value": "Aid"}, {"role": "main", "value": "US pauses aid"}],
        "bodies": [
            {"contentType": "text/html", "value": "<p>The US has paused aid.</p>"},
            {"contentType": "text/plain", "value": "The US has paused aid."},
        ],
        "infoSources": [{"name": "Example Agency", "role": "publisher"}],
    }
    return {name: value for name, value in {**full, **changes}.items() if value is not None}


def read(**changes):
    (found,) = read_lines([json.dumps(item(**changes)).encode()], "f")
    return found


def test_the_fields_go_to_their_places():
    assert read() == Article(
        id=stable_id(URI),
        url=URI,
        source="Example Agency",
        title="US pauses aid",
        published_at=datetime(2025, 3, 5, 12, tzinfo=UTC),
        text="The US has paused aid.",
        language="en-GB",
        credit="Ann Example",
    )


def test_html_is_taken_where_there_is_no_plain_text():
    found = read(bodies=[{"contentType": "text/html", "value": "<p>Words.</p>"}])
    assert (found.html, found.text) == ("<p>Words.</p>", None)


def test_the_same_uri_is_the_same_article_whatever_its_words():
    assert read().id == read(bodies=[{"value": "New words."}]).id


def test_a_uri_that_is_no_address_gives_an_id_but_no_url():
    found = read(uri="urn:newsml:example.org:20250305:7")
    assert found.url is None
    assert found.id == stable_id("urn:newsml:example.org:20250305:7")


def test_a_retraction_needs_no_words():
    assert read(pubStatus="canceled", bodies=None).status == "canceled"


def test_the_source_falls_back_to_the_holder_and_the_host():
    assert read(infoSources=None, copyrightHolder="Example House").source == "Example House"
    assert read(infoSources=None).source == "example.org"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"versionCreated": None, "firstCreated": None}, "published_at"),
        ({"pubStatus": "unheard"}, "status"),
        ({"bodies": []}, "text"),
        ({"bodies": "words"}, "text"),
        ({"headlines": [{"value": 7}]}, "title"),
    ],
)
def test_an_item_that_lacks_something_is_a_bad_line_that_says_what(change, field):
    bad = read(**change)
    assert bad.reason == "invalid"
    assert field in bad.detail
