"""When two texts are the same, near copies, or have nothing to do with each other."""

import random

import pytest

from services.monitor.analysis.intake.copies import COPY, judge
from services.monitor.analysis.intake.fingerprints import containment, fingerprint
from services.monitor.analysis.intake.memory import CopyMemory, pack, row_fingerprint, text_row, unpack
from services.monitor.analysis.intake.similarity import similarity
from services.monitor.lexicon.boilerplate import load_stopwords

WORDS = [
    f"{a}{b}{c}"
    for a in ("ba", "ke", "li", "mo", "nu")
    for b in ("ra", "so", "ti", "vu")
    for c in ("n", "k", "st", "l")
]


def a_text(seed, words=300):
    rng = random.Random(seed)
    return "\n".join(" ".join(rng.choice(WORDS) for _ in range(25)) + "." for _ in range(words // 25))


def remembered(*texts):
    memory = CopyMemory({})
    for n, text in enumerate(texts):
        seen = fingerprint(text)
        memory.apply({f"r:a{n}.1": text_row(seen, e=n, g=f"a{n}.1", o=f"origin-{n}")})
    return memory


def verdict(text, memory, article="new"):
    return judge(fingerprint(text), memory, article)


def test_layout_case_and_punctuation_do_not_matter():
    assert fingerprint("The US, he said, PAUSED aid.").digest == fingerprint("the us he\nsaid paused   aid").digest


def test_a_fingerprint_survives_its_row():
    seen = fingerprint(a_text(1))
    again = row_fingerprint(text_row(seen, e=1, g="g", o="o"))
    assert (again.level, again.shingles.tolist(), again.sentences.tolist()) == (
        seen.level, seen.shingles.tolist(), seen.sentences.tolist(),
    )  # fmt: skip
    assert unpack(pack(seen.shingles)).tolist() == seen.shingles.tolist()


@pytest.mark.parametrize("words", [25, 100, 300, 1000, 8000])
def test_half_of_a_text_is_contained_in_it_whatever_the_samples(words):
    text = a_text(2, words)
    share, _ = containment(fingerprint(text[: len(text) // 2]), fingerprint(text))
    assert share > 0.85


def test_texts_of_the_same_words_in_another_order_share_little():
    share, _ = containment(fingerprint(a_text(3)), fingerprint(a_text(4)))
    assert share < COPY / 4


def test_a_shuffled_reprint_is_a_copy_of_the_first():
    text = a_text(5)
    found = verdict("\n".join(reversed(text.split("\n"))), remembered(a_text(6), text))
    assert (found.kind, found.of, found.group, found.origin) == ("copy", "a1.1", "a1.1", "origin-1")


def test_a_sentence_of_its_own_makes_an_update():
    text = a_text(7)
    found = verdict(text + "\nThe ministry resumed the shipments on Friday.", remembered(text))
    assert (found.kind, found.fresh) == ("update", 1)


def test_a_copy_of_an_update_is_a_copy_in_the_same_group():
    text = a_text(8)
    memory = remembered(text)
    update = text + "\nThe ministry resumed the shipments on Friday."
    memory.apply({"r:b.1": text_row(fingerprint(update), e=9, g="a0.1", o="origin-0")})
    found = verdict(update, memory)
    assert (found.kind, found.of, found.group) == ("copy", "b.1", "a0.1")


def test_an_articles_own_earlier_text_is_no_witness():
    text = a_text(9)
    assert verdict(text, remembered(text), article="a0").kind == "original"


def test_other_texts_are_originals():
    assert verdict(a_text(10), remembered(*(a_text(n) for n in range(11, 40)))).kind == "original"


@pytest.mark.parametrize("text", ["", "Aid", "Aid paused."])
def test_texts_of_few_words_are_compared_without_harm(text):
    assert verdict(text, remembered(a_text(41))).kind == "original"


def test_applying_writes_twice_is_applying_them_once():
    memory = remembered(a_text(42))
    writes = {"r:b.1": text_row(fingerprint(a_text(43)), e=5, g="b.1", o="o"), "r:a0.1": None}
    memory.apply(writes)
    memory.apply(writes)
    assert len(memory) == 1
    assert verdict(a_text(43), memory).kind == "copy"
    assert verdict(a_text(42), memory).kind == "original"


def test_similarity_knows_the_same_story_in_other_words():
    stopwords = load_stopwords()
    one = "Trump pauses military aid to Ukraine after a row with Zelensky in the White House."
    other = "Military aid for Ukraine is on hold, the White House says, days after Zelensky and Trump argued."
    third = "Shares in London closed higher as oil companies gained on rising crude prices."
    assert similarity(one, one, stopwords) == pytest.approx(1.0)
    assert similarity(one, other, stopwords) > 0.4 > 0.1 > similarity(one, third, stopwords)
    assert similarity("", one, stopwords) == 0.0
