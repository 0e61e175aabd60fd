"""Texts that are not news, of any size: what an enemy, or a broken feed, would send."""

import random
from collections.abc import Callable
from itertools import cycle, islice

NEWS = (
    "The United States has suspended military aid to Ukraine, the White House said on Monday. ",
    "Officials in Kyiv said that they had not been told before the announcement was made. ",
    "Prime Minister Keir Starmer will raise defence spending to 2.5% of GDP by 2027, he told parliament. ",
    "The talks went on until late in the evening, and nobody left the room before midnight.\n\n",
    "He said the government would impose a 25% tariff on steel from Canada next week. ",
    "Heavy rain fell on the valley, where thirteen people were rescued from their houses.\n\n",
)
NAMES = ("Germany", "Vladimir Putin", "the Pentagon", "Kyiv", "Mr Trump", "the EU", "Beijing", "defence minister")
TRIGGERS = ("paused", "military aid", "lifted", "tariffs", "sanctions", "will end", "raises", "visas", "suspends")


def repeated(*pieces: str) -> Callable[[int], str]:
    """Text of `size` characters that says the same again and again."""

    def make(size: int) -> str:
        length = sum(map(len, pieces))
        return "".join(islice(cycle(pieces), len(pieces) * (size // length + 1)))[:size]

    return make


def shuffled(words: tuple[str, ...], glue: str) -> Callable[[int], str]:
    """Text of `size` characters of these words in no order, the same each time."""

    def make(size: int) -> str:
        dice = random.Random(1)
        return glue.join(dice.choice(words) for _ in range(size // 4))[:size]

    return make


def numbered(size: int) -> str:
    """News in which no sentence stands twice."""
    plain = cycle(NEWS)
    rows = (f"{next(plain).rstrip()} It was item {number} of the day.\n" for number in range(size // 60))
    return "".join(rows)[:size]


TEXTS: dict[str, Callable[[int], str]] = {
    "news": numbered,
    "one sentence again": repeated(NEWS[0]),
    "no spaces": repeated("policy"),
    "punctuation": repeated("."),
    "quotes and stops": repeated('."”)'),
    "spaces": repeated(". ", " " * 40),
    "capitals": lambda size: numbered(size).upper(),
    "names": shuffled(NAMES, " "),
    "names, one a sentence": shuffled(NAMES, ". "),
    "triggers": shuffled(TRIGGERS, " "),
    "kickers": repeated("Aid: it is "),
    "short lines": repeated("Aid is cut.\n"),
    "zero width": repeated("a\u200b"),
    "blank and zero width": repeated("\u200b \u200b", "\u200b "),
    "right to left": repeated("\u202eUS cuts aid\u202c "),
    "hyphens": repeated("a-"),
    "digits": repeated("1,000.5%"),
    "web addresses": repeated("http://a.b/"),
    "pronouns": repeated("Germany cut aid. ", "He paused military aid. ", "It will lift tariffs. "),
}
