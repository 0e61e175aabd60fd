"""The seeds are as they were given, and their manifest reads without a fault."""

import hashlib

import pytest

from services.feeder.sources import read_articles
from tests.brokers import ROOT

SEEDS = ROOT / "seeds"
GIVEN = {
    "000_f2ec2a2ac0fc457c.txt": "1c16a829bbfa18e62143565f021561e288a50db4d5a49019f0143dc12a4b8631",
    "001_450a662b1bea24d4.txt": "6c498558efecde1b5f26303fcd13aa20a8a50a23cd1f05585c3a056733c3dd2f",
    "002_012e947ba14fd4bd.txt": "92811b50c6e27474da92e4a1e336947d52cbc0559cb68c79d1c56b4222646cab",
    "003_64c514c56518682c.txt": "4f3a2a796259cad056a936dd166a231050b85709fcb4f46113fe90f0f71db831",
    "004_8d113f2a5cab081e.txt": "8e6ddd5edb5d93b90ae0cb2ea9f7cee32c0cc42a6949ca438f936a88457d58ed",
}


@pytest.mark.parametrize("name", GIVEN)
def test_a_seed_is_byte_for_byte_as_given(name):
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == GIVEN[name]


def test_the_manifest_gives_every_document_once_in_the_order_of_publication():
    articles = list(read_articles(SEEDS))
    texts = {(SEEDS / name).read_text(encoding="utf-8") for name in GIVEN}
    assert {article.text for article in articles} == texts
    assert len(articles) == len({article.id for article in articles}) == len({article.source for article in articles})
    assert [article.published_at for article in articles] == sorted(article.published_at for article in articles)


def test_the_fourth_document_is_a_page_of_four_items_with_times_of_their_own():
    page = list(read_articles(SEEDS))[-1]
    starts = [(page.text[entry.start :][:12], entry.published_at.date().isoformat()) for entry in page.entries]
    assert starts == [
        ("US troops wi", "2025-02-12"),
        ("13 people ha", "2025-07-04"),
        ("Vladimir Put", "2025-07-03"),
        ("Donald Trump", "2025-07-03"),
    ]
    assert all(entry.start == 0 or page.text[entry.start - 1] == "\n" for entry in page.entries)
