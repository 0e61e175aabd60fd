"""One act told in every construction of the news is one claim; what only sounds like it is none."""

import pytest

from services.monitor.lexicon.ledger import load_ledger
from tests.telling import shifts_in

ALERT = load_ledger().confidence.alert
ACTS = {
    ("military-aid", -1): (
        "suspend",
        "suspended",
        "suspends",
        "suspending",
        "military aid",
        "to Ukraine",
        "suspension",
    ),
    ("steel-tariffs", 1): ("raise", "raised", "raises", "raising", "tariffs", "on Chinese steel", "increase"),
    ("sanctions", -1): ("lift", "lifted", "lifts", "lifting", "sanctions", "on Syria", "lifting"),
    ("arms-exports", 1): ("resume", "resumed", "resumes", "resuming", "arms exports", "to Kuwait", "resumption"),
}
TOLD = """
Norway {past} {thing} {to} on Monday.
Norway is {ing} {thing} {to}.
Norway {third} {thing} {to}
Norway to {base} {thing} {to}
Oslo {third} {thing} {to} after talks
Norwegian MPs have backed the {noun} of {thing} {to}.
Norwegian lawmakers voted 90-60 on Tuesday to {base} {thing} {to}.
Norway's parliament passed a law that will {base} {thing} {to}.
Norway's ruling coalition has agreed to {base} {thing} {to}.
Norwegian coalition agrees to {base} {thing} {to}
Norway's government said on Monday it had {past} {thing} {to}.
Norway will {base} {thing} {to}, its foreign minister told reporters.
The prime minister of Norway announced on Monday that the country would {base} {thing} {to}.
The {noun} of {thing} {to} by Norway took effect on Monday.
The {noun} of {thing} {to}, announced by Norway on Monday, takes effect next week.
A new law {ing} {thing} {to} came into force in Norway on Monday.
Norway has become the latest country to {base} {thing} {to}.
Norway on Monday became the third country to {base} {thing} {to}.
Norway, citing security concerns, {past} {thing} {to} on Monday.
Norway recalled its envoy on Monday, {ing} {thing} {to} in protest.
"We have decided to {base} {thing} {to}," Norway's prime minister told parliament.
Norway's senate gave final approval to the {noun} of {thing} {to}.
"""
TALK = """
Norway may {base} {thing} {to}.
Norway came close to {ing} {thing} {to}.
Norway stopped short of {ing} {thing} {to}.
Norway promised before the election to {base} {thing} {to}.
Norwegian lawmakers debated a bill to {base} {thing} {to}.
Norwegian opposition parties called on the government to {base} {thing} {to}.
Norway would {base} {thing} {to} under a proposal by the Greens.
Norway may recall its envoy, {ing} {thing} {to} in protest.
Critics fear Norway will recall its envoy, {ing} {thing} {to} in protest.
A bill to {base} {thing} {to} was introduced in Norway's parliament.
Norway's government introduced a bill to {base} {thing} {to}.
Norwegian ministers defended plans to {base} {thing} {to}.
Norwegians went to the polls in a referendum on {ing} {thing} {to}.
Norway will likely press its case and {base} {thing} {to}.
Norway denied a report that it would {base} {thing} {to}.
No decision has been made on {ing} {thing} {to}, Norway's government said.
The visit is aimed at {ing} {thing} {to}, Norway's government said.
Norway is toying with {ing} {thing} {to}.
Statoil of Norway recalled its boss, announcing that it was {ing} {thing} {to}.
Statoil of Norway said it would {base} {thing} {to}.
"""


def _sentences(construction: str) -> dict[tuple[str, int], str]:
    names = ("base", "past", "third", "ing", "thing", "to", "noun")
    return {act: construction.format(**dict(zip(names, words, strict=True))) for act, words in ACTS.items()}


@pytest.mark.parametrize("construction", TOLD.strip().splitlines())
def test_a_construction_tells_every_act(construction: str) -> None:
    missed = {s for (slug, sign), s in _sentences(construction).items() if ("NOR", slug, sign) not in shifts_in(s)}
    assert not missed


@pytest.mark.parametrize("construction", TALK.strip().splitlines())
def test_talk_tells_no_act(construction: str) -> None:
    assert not {s for (slug, sign), s in _sentences(construction).items() if ("NOR", slug, sign) in shifts_in(s)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Norwegian fees for student visas will jump from July, the government said.", ("NOR", "visas", -1)),
        ("EU ambassadors agreed a new package of sanctions against Russia.", ("EUU", "sanctions", 1)),
        ("The Norwegian parliament tightened its abortion law.", ("NOR", "abortion-access", -1)),
        ("Norway put off by 18 months an increase in fuel tax.", ("NOR", "fuel-tax", -1)),
        ("Norway has ruled out sending soldiers to Ukraine.", ("NOR", "troop-deployment", -1)),
        ("Norway reversed its ban on imports of Chilean salmon.", ("NOR", "import-ban", -1)),
    ],
)
def test_a_hurdle_a_body_and_a_reversal_have_their_direction(text: str, told: tuple[str, str, int]) -> None:
    assert told in shifts_in(text)


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        ("Norway suspended military aid to Ukraine on Monday.", "It has now lifted the pause.", ("military-aid", 1)),
        ("Norway suspended military aid to Ukraine.", "The government reversed the decision.", ("military-aid", 1)),
        ("Norway imposed tariffs on Chinese cars.", "On Tuesday Oslo lifted the measures.", ("car-tariffs", -1)),
        ("Norway banned imports of Russian gas.", "The ban was lifted on Tuesday.", ("energy-imports", 1)),
        ("Norway will withdraw troops from Mali.", "It halted the withdrawal on Monday.", ("troop-deployment", 1)),
        ("Norway proposed a law to cut fuel tax.", "Parliament passed the bill on Friday.", ("fuel-tax", -1)),
    ],
)
def test_a_definite_noun_stands_for_what_was_told_before(before: str, text: str, told: tuple[str, int]) -> None:
    assert ("NOR", *told) in shifts_in(f"{before} {text}") - shifts_in(before)


@pytest.mark.parametrize(
    "text",
    [
        "Campaigners welcomed the decision.",
        "The move ended years of support.",
        "The pause could be lifted in May.",
        "The company lifted the suspension of its boss.",
        "Sweden lifted the pause.",
        "The decision was announced on Monday.",
    ],
)
def test_what_is_only_spoken_of_again_is_not_told_again(text: str) -> None:
    before = "Norway suspended military aid to Ukraine."
    assert shifts_in(f"{before} {text}") == shifts_in(before)
