"""Two texts in, how much they tell the same story out, 0 to 1."""

import math
import re
from collections import Counter

_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*\d|\d")
_READ = 4_000
"""Code points of each text that are compared: what a story is about is said at its beginning."""

_NAME, _NUMBER, _STEM = 2.5, 1.2, 6


def similarity(one: str, other: str, stopwords: frozenset[str]) -> float:
    """Cosine of weighted words: names count more, repeats less, function words nothing."""
    left, right = _weights(one, stopwords), _weights(other, stopwords)
    shared = sum(left[word] * right[word] for word in left.keys() & right.keys())
    norm = math.sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
    return min(1.0, shared / norm) if norm else 0.0


def _weights(text: str, stopwords: frozenset[str]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for token in _TOKEN.findall(text[:_READ]):
        word = token.lower()
        if word in stopwords or len(word) < 2:
            continue
        key = word[:_STEM] if word[0].isalpha() else word
        counts[key] += 1
        names[key] += token[0].isupper()
    return {key: (1 + math.log(n)) * _kind(key, names[key] / n) for key, n in counts.items()}


def _kind(word: str, capitals: float) -> float:
    if word[0].isdigit():
        return _NUMBER
    return 1.0 + (_NAME - 1.0) * capitals
