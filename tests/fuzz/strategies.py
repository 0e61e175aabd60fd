"""What Hypothesis and atheris send: nasty texts, JSON of any shape, and messages with one value replaced."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from schemas import STREAMS, Stream

EXAMPLES = Path(__file__).parents[2] / "schemas" / "examples"
PIECES = (
    "The United States has suspended military aid to Ukraine. ", "He ", "it will lift tariffs", "Germany's ", "U.S. ",
    "President Trump", "Mr ", "the defence minister ", "25%", "$1.5bn", "by 2027", "\n", "\n\n", " ", ". ", "...", "?",
    "“", "”", "’s ", "\u200b", "\u202e", "\ufeff", "\u0130", "\x00", "\x1b[31m", "\r", "\u2028", "ß", "中国宣布", "🇺🇸",
    "e\u0301", "(Reuters) - ", "LONDON — ", "Read more: ", "AID: ", "10:15 ", "and ", "to Kyiv", "paused", "not ",
    "<b>", "&amp;", "-", "--", "–", "http://x.y/", "@a", "\t", "\xad", "ﬁ", "Ⅷ", "１２", "has never ruled out ",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30).map("".join)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.sampled_from(PIECES)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
days = st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2199, 12, 30))  # noqa: DTZ001 - zone is added


def examples(stream: Stream) -> list[Any]:
    """The committed examples of a stream, parsed."""
    return [json.loads(path.read_bytes()) for path in sorted((EXAMPLES / stream.name).glob("*.json"))]


def paths(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where every value of a parsed JSON document stands."""
    yield above
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from paths(inner, (*above, key))


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with another value at `path`."""
    if not path:
        return new
    if isinstance(value, dict):
        return {k: replaced(v, path[1:], new) if k == path[0] else v for k, v in value.items()}
    return [replaced(v, path[1:], new) if i == path[0] else v for i, v in enumerate(value)]


@st.composite
def mutants(draw: st.DrawFn, seeds: list[Any] | None = None) -> tuple[Stream, bytes]:
    """A stream, and one of its examples in which up to three values are something else."""
    stream = draw(st.sampled_from(tuple(STREAMS)))
    message = draw(st.sampled_from(seeds or examples(stream)))
    for _ in range(draw(st.integers(0, 3))):
        message = replaced(message, draw(st.sampled_from(list(paths(message)))), draw(values))
    return stream, json.dumps(message).encode(errors="surrogatepass")
