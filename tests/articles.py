"""Generated news whose right answer is known: storylines of pauses and resumptions, reprints and noise, from a seed."""

import random
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from schemas import Article

START = datetime(2025, 3, 1, 8, tzinfo=UTC)
ACTORS = ("The United States", "Germany", "France", "Japan", "Canada", "Australia", "Norway", "Italy")
TARGETS = ("Ukraine", "Egypt", "Kenya", "Pakistan", "Jordan", "Georgia", "Moldova", "Armenia")
ACTS = ("suspended", "resumed")
OUTLETS = ("Harbour Post", "Northern Courier", "Daily Ledger", "Evening Dispatch", "City Herald", "Morning Wire")
THINGS = ("library", "river", "harbour", "orchard", "museum", "bridge", "garden", "station", "kitchen",
          "theatre", "meadow", "workshop", "lighthouse", "market", "choir", "ferry", "chapel", "quarry", "vineyard",
          "stadium")  # fmt: skip
PEOPLE = ("baker", "painter", "teacher", "sailor", "gardener", "farmer", "violinist", "carpenter", "nurse", "cyclist",
          "potter", "weaver", "captain", "student", "shepherd", "drummer")  # fmt: skip
DEEDS = ("watched", "photographed", "crossed", "admired", "sketched", "visited", "described", "remembered", "painted",
         "measured", "forgot", "praised", "found", "left")  # fmt: skip


def news(count: int, *, seed: int = 1, sentences: int = 6) -> list[Article]:
    """`count` articles in order of publication: about 4 in 10 say a shift, 3 are reprints, 3 are about other things.

    Six sentences of 19 words are a short item; 22 are as long as the BBC's news (383 words, ../shared/evaluation).
    """
    dice = random.Random(seed)
    made: list[Article] = []
    for number, article in enumerate(_stories(dice, sentences)):
        if number >= count:
            return made
        made.append(article)
    return made


def _stories(dice: random.Random, sentences: int) -> Iterator[Article]:
    turn: dict[tuple[str, str], int] = {}
    last: Article | None = None
    number = 0
    while True:
        number += 1
        at = START + timedelta(minutes=47 * number)
        kind = dice.random()
        if kind < 0.3 and last is not None:
            yield _article(number, at, dice, last.text or "")
        elif kind < 0.6:
            yield _article(number, at, dice, _filler(dice, sentences))
        else:
            pair = dice.choice(ACTORS), dice.choice(TARGETS)
            turn[pair] = turn.get(pair, -1) + 1
            last = _article(number, at, dice, _story(pair, ACTS[turn[pair] % 2], at, _filler(dice, sentences)))
            yield last


def _story(pair: tuple[str, str], act: str, at: datetime, filler: str) -> str:
    actor, target = pair
    shift = f"{actor} has {act} military aid to {target}, the government announced on {at:%A}."
    return f"{shift}\n\n{filler}"


def _filler(dice: random.Random, sentences: int) -> str:
    """Sentences that no other text has: nobody's policy, and no two texts are alike."""
    return "\n\n".join(
        f"The {_one(dice, PEOPLE)} {_one(dice, DEEDS)} the {_one(dice, THINGS)} beside the {_one(dice, THINGS)}, and "
        f"the {_one(dice, PEOPLE)} {_one(dice, DEEDS)} {dice.randrange(20, 900)} stones near the {_one(dice, THINGS)}."
        for _ in range(sentences)
    )


def _one(dice: random.Random, words: tuple[str, ...]) -> str:
    return dice.choice(words)


def _article(number: int, at: datetime, dice: random.Random, text: str) -> Article:
    outlet = dice.choice(OUTLETS)
    url = f"https://{outlet.lower().replace(' ', '')}.example/{number}"
    return Article(source=outlet, url=url, title=f"Item {number}", published_at=at, text=text, language="en")


def mixed(count: int, *, seed: int = 1) -> Iterator[Article]:
    """A large feed: 7 of 10 are copies of a recent item by other houses, 1 of 20 items tells a shift.

    Four a minute, so that 200,000 are five weeks and the window of copies moves on. Nothing is kept.
    """
    dice = random.Random(seed)
    turn: dict[tuple[str, str], int] = {}
    recent: deque[str] = deque(maxlen=500)
    for number in range(count):
        at = START + timedelta(seconds=15 * number)
        if dice.random() < 0.7 and recent:
            yield _article(number, at, dice, _edited(dice.choice(recent), dice))
            continue
        filler = _filler(dice, 6)
        pair = dice.choice(ACTORS), dice.choice(TARGETS)
        told = dice.random() < 0.05
        if told:
            turn[pair] = turn.get(pair, -1) + 1
        recent.append(_story(pair, ACTS[turn[pair] % 2], at, filler) if told else filler)
        yield _article(number, at, dice, recent[-1])


def _edited(text: str, dice: random.Random) -> str:
    """A reprint: whole, its first half, or without one paragraph; the lede stays."""
    lede, *rest = text.split("\n\n")
    kind = dice.randrange(3)
    if kind == 1:
        rest = rest[: len(rest) // 2 + 1]
    elif kind == 2 and len(rest) > 1:
        rest.pop(dice.randrange(len(rest)))
    return "\n\n".join((lede, *rest))
