"""In: a tool that a test needs and this machine lacks. Out: a skip with the reason, or a failure where it must run.

NEWSMON_TEST_MUST_RUN names what must: any of kafka, promtool, chromium, kcat, node, separated by spaces.
"""

import os
from typing import NoReturn

import pytest

MUST_RUN = "NEWSMON_TEST_MUST_RUN"  # not NEWSMON_KAFKA_...: that group is settings, where an unknown name is an error


def must_run(what: str) -> bool:
    """Whether a test that needs it may not skip."""
    return what in os.environ.get(MUST_RUN, "").split()


def absent(what: str, why: str) -> NoReturn:
    """End the test: it needs something of that group. Raises pytest's Skipped or Failed."""
    if must_run(what):
        pytest.fail(f"must not skip: {why}")
    pytest.skip(why)
