"""Every promise in docs/guarantees.md names tests, and each of them is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
NAMED = re.findall(r"\[`(tests/[\w/.]+)::(\w+)`\]", PAGE)


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _, name in NAMED])
def test_the_test_that_a_promise_names_exists(file: str, name: str) -> None:
    assert re.search(rf"^(async )?def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_promise_names_a_test() -> None:
    promises = re.findall(r"^- .*?(?=^- |^#|^$)", PAGE.split("## Not promised")[0], re.MULTILINE | re.DOTALL)
    assert len(promises) > 20
    assert [promise for promise in promises if "`tests/" not in promise] == []
