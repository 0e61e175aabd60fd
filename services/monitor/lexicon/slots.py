"""A phrase pattern as the tables write it in; its slots out.

A pattern is slots with spaces between: `a|b` alternatives, `x?` may be absent, `~2` up to two words between,
`~` up to three, `~,9` up to nine that may run over commas, `^x` the head (else: the first slot before an `of`, or the
last slot), `!x` a head that is also an action ("rate !cut"), `=x` this very form, no plural. Words joined by a hyphen
match with or without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.monitor.lexicon.words import words

_PREPS = frozenset(
    {
        "of",
        "on",
        "to",
        "in",
        "for",
        "with",
        "at",
        "along",
        "from",
        "about",
        "over",
        "between",
        "against",
        "inside",
        "into",
    }
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a pattern; `gap` > 0 is a free run of words and has no alternatives."""

    choices: tuple[tuple[tuple[str, bool], ...], ...]
    optional: bool
    gap: int
    over: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern of one instrument."""

    slug: str
    kind: str
    slots: tuple[Slot, ...]
    head: int
    acts: bool
    depth: int
    verbal: bool = False


def compiled(slug: str, kind: str, text: str, depth: int = 0, *, verbal: bool = False) -> Pattern:
    """The pattern that `text` writes. `verbal`: its head is a verb.
    `depth` 1 is narrower than 0 where both match the same words."""
    parts = [part for part in text.split() if part not in {"~0", "~0?"}]
    while parts and parts[-1].startswith("~"):
        parts.pop()
    slots = tuple(_slot(part) for part in parts)
    return Pattern(slug, kind, slots, _head(parts), any(part.startswith("!") for part in parts), depth, verbal)


def _head(parts: Sequence[str]) -> int:
    marked = [i for i, part in enumerate(parts) if part[0] in "^!"]
    if marked:
        return marked[0]
    links = [i for i, part in enumerate(parts) if i and _PREPS.issuperset(part.rstrip("?").split("|"))]
    last = links[0] if links else len(parts)
    return max(i for i in range(last) if not parts[i].startswith("~"))


def _slot(part: str) -> Slot:
    if part.startswith("~"):
        size = part.strip("~?,")
        return Slot((), optional=False, gap=int(size) if size else 3, over="," in part)
    body = part.lstrip("^!")
    choices = tuple(_choice(choice.rstrip("?")) for choice in body.split("|"))
    return Slot(choices, optional=body.endswith("?"), gap=0)


def _choice(text: str) -> tuple[tuple[str, bool], ...]:
    exact = text.startswith("=")
    return tuple((word.lower if exact else word.folded, exact) for word in words(text))


def starts(pattern: Pattern) -> set[str]:
    """First words, folded. Leading optional slots open the next slot too."""
    found: set[str] = set()
    for slot in pattern.slots:
        found |= {words(choice[0][0])[0].folded for choice in slot.choices}
        if not slot.optional:
            break
    return found
