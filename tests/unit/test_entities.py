"""Canonical entities from the gazetteer and spaCy's spans."""

from datetime import UTC, datetime

import pytest

from services.monitor.analysis.actors.entities import entities
from services.monitor.analysis.actors.gazetteer import Gazetteer
from services.monitor.lexicon.actors import load_actors

WHEN = datetime(2025, 3, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(load_actors())


def read(gazetteer, text, *spans):
    placed = [(text.index(word), text.index(word) + len(word), label) for word, label in spans]
    return {e.id: e for e in entities(text, gazetteer.find(text, WHEN), placed)}


def test_the_gazetteer_overrules_a_wrong_label(gazetteer):
    found = read(gazetteer, "Trump called Kyiv.", ("Trump", "ORG"), ("Kyiv", "PERSON"))
    assert {id_: e.type for id_, e in found.items()} == {"Q22686": "person", "UKR": "country"}


def test_ner_adds_a_place_the_gazetteer_lacks(gazetteer):
    found = read(gazetteer, "Shells fell on Kramatorsk.", ("Kramatorsk", "GPE"))
    assert found["kramatorsk"].type == "place"


def test_a_surname_later_is_the_person_named_before(gazetteer):
    found = read(gazetteer, "Ann Example spoke. Then Example left.", ("Ann Example", "PERSON"))
    assert [m.text for m in found["ann-example"].mentions] == ["Ann Example", "Example"]


def test_every_mention_is_the_text_at_its_offsets(gazetteer):
    text = "US President Donald Trump met Mr Zelensky, and Ukraine's foreign minister, at the White House."
    for entity in entities(text, gazetteer.find(text, WHEN)):
        assert all(text[m.start : m.end] == m.text for m in entity.mentions)


def test_a_capital_where_something_happens_is_a_place(gazetteer):
    assert read(gazetteer, "They met in Kyiv.")["kyiv"].country == "UKR"
