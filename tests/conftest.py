"""Fixtures for every tier. Never import from here: builders.py, brokers.py and pipeline.py are for that."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.absent import must_run
from tests.brokers import abandoned_sockets, broker, embedded, fresh_broker, kafka

__all__ = ["abandoned_sockets", "broker", "embedded", "fresh_broker", "kafka"]


@pytest.fixture(scope="session")
def tools() -> Any:
    """The lexicon and the model, once a session, and only if a test asks."""
    from services.monitor.tools import load_tools

    return load_tools()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where CI says that the tests on a real Kafka must run, a skip is a failure."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and item.get_closest_marker("kafka") and must_run("kafka"):
        report.outcome = "failed"
        report.longrepr = f"must not skip: {report.longrepr}"
