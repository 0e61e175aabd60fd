"""A text in, its fingerprint out: sampled shingles for likeness, sentence hashes for news, a digest for sameness."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest, xxh3_128_hexdigest

Hashes = NDArray[np.uint32]

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n")

SHINGLE = 4
"""Words per shingle (findings 3b: unrelated texts share at most .39 of them, copies with 10 % other words .67)."""

_LEVELS = ((80, 1), (400, 2), (6_000, 4), (24_000, 16))
"""Below so many words one shingle in so many is kept; short texts keep all (a half article needs hits enough)."""

_COARSEST = 64
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_SENTENCE_WORDS = 4
"""A shorter sentence ("He declined.") says nothing that tells two texts apart."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`shingles`: sorted 32-bit hashes below 2**32 / level. `sentences`: likewise, all. `digest`: of the words."""

    digest: str
    level: int
    shingles: Hashes
    sentences: Hashes


def fingerprint(text: str) -> Fingerprint:
    """Case, punctuation and layout do not matter. About 10,000 news texts a second."""
    sentences = _sentences(text)
    words = [word for sentence in sentences for word in sentence]
    level = next((level for limit, level in _LEVELS if len(words) < limit), _COARSEST)
    told = [" ".join(sentence) for sentence in sentences if len(sentence) >= _SENTENCE_WORDS]
    hashes = np.fromiter(
        (xxh3_64_intdigest(sentence.encode()) & 0xFFFFFFFF for sentence in told), dtype=np.uint32, count=len(told)
    )
    return Fingerprint(xxh3_128_hexdigest(" ".join(words).encode()), level, _sampled(words, level), np.unique(hashes))


def containment(one: Fingerprint, other: Fingerprint) -> tuple[float, int]:
    """Share of the smaller text's shingles that the other has (0 to 1), and how many sampled ones that are."""
    level = max(one.level, other.level)
    left, right = at_level(one.shingles, level), at_level(other.shingles, level)
    hits = int(np.intersect1d(left, right, assume_unique=True).size)
    smaller = min(left.size, right.size)
    return (hits / smaller if smaller else 0.0), hits


def at_level(shingles: Hashes, level: int) -> Hashes:
    """The shingles a coarser sample would have kept: the smallest ones."""
    return shingles[: int(np.searchsorted(shingles, np.uint32((1 << 32) // level - 1), side="right"))]


def _sentences(text: str) -> list[list[str]]:
    return [_WORD.findall(sentence.lower()) for sentence in _SENTENCE.split(text)]


def _sampled(words: list[str], level: int) -> Hashes:
    """Hash of every run of SHINGLE words; the smallest 1/level of the range of values is kept."""
    if not words:
        return np.empty(0, dtype=np.uint32)
    words = words + [""] * (SHINGLE - len(words))
    single = np.fromiter(map(xxh3_64_intdigest, map(str.encode, words)), dtype=np.uint64, count=len(words))
    count = len(words) - SHINGLE + 1
    mixed: NDArray[Any] = single[:count] * _FACTORS[0]
    for place in range(1, SHINGLE):
        mixed = mixed + single[place : place + count] * _FACTORS[place]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _FACTORS[1]
    values = (mixed >> np.uint64(32)).astype(np.uint32)
    return np.unique(values[values <= np.uint32((1 << 32) // level - 1)])
