"""History told as if it were new: what an article of 24 November 2025 says happened long before is no shift."""

import pytest

from tests.telling import AUTUMN, shifts_in

LEDE = "Farmers met in the capital to talk about the harvest. "


@pytest.mark.parametrize(
    "text",
    [
        "After the attack in 2019 India raised tariffs on Pakistani goods to 200%.",
        "In September Canada suspended military aid to Mali, and raised tariffs on steel.",
        "Denmark raised its defence spending and abolished conscription a year later.",
        "In the spring Japan lifted its ban on imports of British beef.",
        "Poland closed its border with Belarus on October 3.",
        "Peru withdrew its ambassador from Mexico two months later.",
        "Chile promised during the campaign to cut income tax.",
        "Hours earlier Kenya had closed its border with Somalia and suspended aid.",
    ],
)
def test_what_is_dated_well_before_the_article_is_history(text: str) -> None:
    assert not shifts_in(LEDE + text, AUTUMN)


@pytest.mark.parametrize(
    "text",
    [
        "Canada on Friday suspended military aid to Mali.",
        "Poland closed its border with Belarus on November 22.",
        "In November Canada suspended military aid to Mali.",
        "Canada will suspend military aid to Mali in March.",
        "Canada raised its defence budget by 13% from last year.",
        "Canada lifted the tariffs on steel that it had imposed in 2019.",
    ],
)
def test_what_is_dated_days_before_or_ahead_is_news(text: str) -> None:
    assert shifts_in(LEDE + text, AUTUMN)
