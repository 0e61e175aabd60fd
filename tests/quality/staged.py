"""A report in; how many claims reading every sentence finds, and which of them staged reading lost, out.

Staged reading parses only sentences with a trigger and an instrument. It may save time and must not change the result.
"""

from functools import cache
from typing import NamedTuple

from schemas import Claim, Report
from services.monitor.analysis.actors.gazetteer import Gazetteer
from services.monitor.analysis.claims.candidates import MAX_HITS, Candidate
from services.monitor.analysis.claims.reader import Reader
from services.monitor.language import load_reader_nlp
from services.monitor.lexicon import load
from services.monitor.lexicon.policy import Policy
from services.monitor.lexicon.words import words
from tests.quality.corpora import Text
from tests.quality.tally import Tally

FOUND = "staged reading: claims that full reading finds"
SAME = "staged reading: reports with the same claims"


class Everything:
    """A prefilter that lets every sentence through."""

    def __init__(self, policy: Policy) -> None:
        self._phrases, self._sayings = policy.phrases, policy.sayings

    def take(self, text: str) -> Candidate:
        """With the instruments and sayings it holds, if any."""
        row = words(text)
        return Candidate(text, self._phrases.find(row)[:MAX_HITS], self._sayings.find(row))


class Both(NamedTuple):
    """The two ways to read."""

    staged: Reader
    full: Reader


@cache
def readers() -> Both:
    """Loaded once."""
    lexicon, nlp = load(), load_reader_nlp()
    gazetteer = Gazetteer(lexicon.actors)
    staged, full = (Reader(nlp, gazetteer, lexicon.policy) for _ in range(2))
    full._prefilter = Everything(lexicon.policy)  # type: ignore[assignment]
    return Both(staged, full)


def difference(report: Report, both: Both) -> tuple[list[Claim], list[Claim], int]:
    """Claims lost, claims that only staged reading makes, and how many full reading finds."""
    staged, full = ({claim.id: claim for claim in reader.read(report).claims} for reader in both)
    lost = [claim for key, claim in full.items() if key not in staged]
    return lost, [claim for key, claim in staged.items() if key not in full], len(full)


def score(text: Text, tally: Tally) -> None:
    """One text; what it lost is shown for the tune half alone."""
    lost, extra, found = difference(text.report, readers())
    if found:
        tally.count(FOUND, text.side, [True] * (found - len(lost)) + [False] * len(lost))
    tally.count(SAME, text.side, not lost and not extra)
    for claim in lost:
        tally.fail(text.side, "staged reading lost a claim", id=text.name, text=claim.quote)
