"""The tables of `data/policy/sayings` in; phrases that tell an instrument and what is done to it in one, out.

"Will need a licence to ship abroad" names neither a ban nor an act on one. A pattern is written as in `patterns.py`;
beside that `@x` is any form of the verb x and `$x` any word of the list x. Its head (`^`) is the word that says it.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.monitor.lexicon.inflection import inflect
from services.monitor.lexicon.instruments import data_folder, read_table
from services.monitor.lexicon.patterns import Hit, Pattern, Phrases, compiled
from services.monitor.lexicon.words import Word

_WORDS = "words.toml"


@dataclass(frozen=True, slots=True)
class Saying:
    """What a phrase says. `ruled`: its subject is who must live with it, not who decides."""

    instrument: str
    action: str
    polarity: int
    ruled: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A saying found in a text; hit.slug is its instrument."""

    hit: Hit
    saying: Saying


class Sayings:
    """All sayings, found together: the longest of overlapping ones counts."""

    def __init__(self, patterns: Mapping[Pattern, Saying]) -> None:
        self._saying = {pattern.kind: saying for pattern, saying in patterns.items()}
        self._phrases = Phrases.of(patterns)

    def find(self, row: Sequence[Word]) -> tuple[Said, ...]:
        """In text order, never overlapping."""
        return tuple(Said(hit, self._saying[hit.kind]) for hit in self._phrases.find(row))


def load_sayings() -> Sayings:
    """Read every file of the folder. Raises KeyError for an unknown list of words."""
    folder = data_folder() / "sayings"
    lists = tomllib.loads((folder / _WORDS).read_text(encoding="utf-8"))["words"]
    spelling = _Spelling(lists, read_table("forms.toml")["forms"])
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    rows = [row for file in files if file.name != _WORDS
            for row in tomllib.loads(file.read_text(encoding="utf-8"))["saying"]]  # fmt: skip
    return Sayings(dict(_patterns(rows, spelling)))


def _patterns(rows: Sequence[Mapping[str, Any]], spelling: "_Spelling") -> Iterator[tuple[Pattern, Saying]]:
    for i, row in enumerate(rows):
        saying = Saying(row["instrument"], row["action"], row["polarity"], bool(row.get("ruled")))
        for j, text in enumerate(row["patterns"]):
            yield compiled(saying.instrument, f"saying {i}.{j}", spelling.out(text)), saying


class _Spelling:
    """Writes `@x` and `$x` out."""

    def __init__(self, lists: Mapping[str, Sequence[str]], irregular: Mapping[str, str]) -> None:
        self._lists = lists
        self._irregular = irregular

    def out(self, text: str) -> str:
        """The same pattern without `@` and `$`."""
        return " ".join(self._slot(part) for part in text.split())

    def _slot(self, part: str) -> str:
        mark = part[0] if part[0] in "^!" else ""
        optional = "?" if part.endswith("?") else ""
        choices = part.removeprefix(mark).removesuffix("?").split("|")
        return mark + "|".join(word for choice in choices for word in self._words(choice)) + optional

    def _words(self, choice: str) -> Sequence[str]:
        if choice.startswith("$"):
            return [word for entry in self._lists[choice[1:]] for word in self._words(entry)]
        if not choice.startswith("@"):
            return [choice]
        base, _, rest = choice[1:].partition("-")
        return [f"{form}-{rest}" if rest else form for form in inflect([base], self._irregular)]
