"""Ten times the text costs ten times the work, whatever is in it. `python -m tests.growth` draws the curves."""

from collections.abc import Mapping

import pytest

from services.monitor.tools import Tools
from tests.growth import Stage, seconds, stages
from tests.hostile import TEXTS

MOST = 15.0
"""Ten would be linear; a quadratic stage takes a hundred. The rest is room for a busy machine's caches."""

CASES = [
    ("intake", "news", 4_000), ("intake", "short lines", 4_000), ("intake", "zero width", 4_000),
    ("intake", "capitals", 2_000), ("fingerprint", "news", 10_000), ("topics", "triggers", 10_000),
    ("names", "names", 5_000), ("names", "right to left", 5_000), ("entities", "names", 5_000),
    ("entities", "short lines", 10_000), ("sentences", "punctuation", 20_000), ("sentences", "kickers", 10_000),
    ("sentences", "spaces", 20_000), ("context", "pronouns", 10_000), ("context", "short lines", 10_000),
    ("claims", "no spaces", 20_000), ("claims", "short lines", 1_500), ("claims", "triggers", 1_500),
]  # fmt: skip


@pytest.fixture(scope="module")
def works(tools: Tools) -> Mapping[str, Stage]:
    return stages(tools)


@pytest.mark.parametrize(("stage", "text", "size"), CASES)
def test_ten_times_the_text_costs_about_ten_times_the_work(
    works: Mapping[str, Stage], stage: str, text: str, size: int
) -> None:
    work = works[stage]
    work(TEXTS["news"](1000))
    for _ in range(3):
        ratio = seconds(work, TEXTS[text](10 * size)) / seconds(work, TEXTS[text](size), times=3)
        if ratio <= MOST:
            return
    pytest.fail(f"{stage} took {ratio:.0f} times as long for ten times the {text}")
