"""A sentence and all that its report mentions in; what this sentence names, out."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.monitor.analysis.actors.gazetteer import ActorMention, OpenMention
from services.monitor.analysis.claims.sentences import Sentence

_NAME = r"\.? ((?:[A-Z][\w'’-]+ ?){1,3})"
_STRANGER = re.compile(
    r"\b(?:Mr|Mrs|Ms|Sir|Dame|Lord|Lady|MP|MEP|Senator|Dr|Prof|Professor|[Ll]eader|[Ss]pokes(?:man|woman|person)|"
    r"[Aa]nalyst|[Cc]hairman|[Cc]hief executive|[Ee]conomist)" + _NAME
)
M = TypeVar("M", ActorMention, OpenMention)


@dataclass(frozen=True, slots=True)
class Named:
    """What one sentence names."""

    sentence: Sentence
    mentions: tuple[ActorMention, ...]
    opens: tuple[OpenMention, ...]
    stranger: bool
    first: bool = False
    depth: int = 0
    """Sentences since the report or a headline in it began."""


def named(
    sentence: Sentence, mentions: Sequence[ActorMention], opens: Sequence[OpenMention], *, first: bool = False
) -> Named:
    """Sort the report's mentions into one sentence."""
    inside, open_inside = tuple(_within(mentions, sentence)), tuple(_within(opens, sentence))
    return Named(sentence, inside, open_inside, stranger=_stranger(sentence, inside), first=first)


def _within(mentions: Sequence[M], sentence: Sentence) -> Sequence[M]:
    """Those that begin inside; they stand in text order."""
    first = bisect_left(mentions, sentence.start, key=lambda m: m.start)
    return mentions[first : bisect_left(mentions, sentence.end, first, key=lambda m: m.start)]


def _stranger(sentence: Sentence, mentions: Sequence[ActorMention]) -> bool:
    for match in _STRANGER.finditer(sentence.text):
        place = sentence.start + match.start(1)
        if not any(m.start <= place < m.end for m in mentions):
            return True
    return False
