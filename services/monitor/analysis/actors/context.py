"""A hit and the text around it in; whether the name is an actor here at all, out."""

import re

from services.monitor.analysis.actors.aliases import Hit
from services.monitor.analysis.actors.vocabulary import Vocabulary
from services.monitor.lexicon.actors import Ambiguity

WINDOW = 80
"""Characters each side in which the words of ambiguous.csv decide. From reading examples, not tuned."""

_WORD_BEFORE = re.compile(r"(?:^|(?P<gap>[^\w'-]+))(?P<word>[\w'.-]+) $")
_WORD_AFTER = re.compile(r" (?P<word>[A-Z][\w'-]+)")
_ATTACHED = re.compile(r"\b(?:pro|anti|non|un|mid|sub|trans|intra|extra)-$", re.IGNORECASE)


def plausible(hit: Hit, plain: str, vocabulary: Vocabulary) -> bool:
    """False for Georgia in Atlanta, Michael Jordan, anti-American."""
    if hit.get("title", "prefix", "blocked"):
        return True
    if _ATTACHED.search(plain, max(0, hit.start - 6), hit.start):
        return False
    row = vocabulary.ambiguities.get(plain[hit.start : hit.end])
    return row is None or _meant(hit, plain, row, vocabulary)


def _meant(hit: Hit, plain: str, row: Ambiguity, vocabulary: Vocabulary) -> bool:
    around = plain[max(0, hit.start - WINDOW) : hit.start] + " " + plain[hit.end : hit.end + WINDOW]
    if row.support and any(word in around for word in row.support):
        return True
    if any(word in around for word in row.against) or (row.shouted and _shouted(plain, hit)):
        return False
    return not (row.person and _beside_name(hit, plain, vocabulary))


def _shouted(plain: str, hit: Hit) -> bool:
    """Whether most letters around are capitals."""
    letters = [c for c in plain[max(0, hit.start - 30) : hit.start] + plain[hit.end : hit.end + 30] if c.isalpha()]
    return sum(c.isupper() for c in letters) > len(letters) / 2


def _beside_name(hit: Hit, plain: str, vocabulary: Vocabulary) -> bool:
    """An unknown capitalised word directly before (not opening the sentence) or after it: a person's name."""
    before = _WORD_BEFORE.search(plain, max(0, hit.start - 40), hit.start)
    if before and before["word"][0].isupper() and before["word"][-1].islower() and before["gap"] == " ":
        return not _known(before["word"], vocabulary)
    after = _WORD_AFTER.match(plain, hit.end)
    return after is not None and not _known(after["word"], vocabulary)


def _known(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is a name or title of the data; a mere surname is not: Chad Smith."""
    return any(
        entry.kind not in {"surname", "current"} for hit in vocabulary.aliases.find(word) for entry in hit.entries
    )
