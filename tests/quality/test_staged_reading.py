"""Staged reading parses few sentences and loses no claim: sampled here, over every corpus in the scoreboard."""

from itertools import islice

from tests.builders import a_report
from tests.quality.corpora import corpora, seeds
from tests.quality.staged import Both, Everything, difference, readers

TUNE = 400  # texts, evenly over the corpora; the test half is only ever counted (scoreboard, part "staged")


def test_staged_reading_finds_every_claim_that_full_reading_finds() -> None:
    texts = [text for text in corpora() if text.side == "tune"]
    sample = islice(texts, 0, None, max(1, len(texts) // TUNE))
    differences = [difference(text.report, readers()) for text in [*sample, *seeds()]]
    assert [claim.quote for lost, _, _ in differences for claim in lost] == []
    assert [claim.quote for _, extra, _ in differences for claim in extra] == []
    assert sum(found for _, _, found in differences) > 100


def test_a_claim_that_is_not_found_is_seen_as_lost() -> None:
    class Blind(Everything):
        def take(self, _text: str) -> None:  # type: ignore[override]
            return None

    staged, full = readers()
    blind = type(staged)(staged._parser._nlp, staged._gazetteer, staged._policy)
    blind._prefilter = Blind(staged._policy)  # type: ignore[assignment]
    lost, extra, found = difference(a_report(), Both(blind, full))
    assert (len(lost), extra, found) == (1, [], 1)
