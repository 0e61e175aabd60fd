"""Kafka records in, the board changed, and nothing that cannot be read stops it."""

from types import SimpleNamespace
from typing import Any

import pytest

from schemas import STREAMS
from services.desk.board import Board
from services.desk.reading import take
from tests.alerts import a_stance, an_alert, an_enriched_report
from tests.builders import a_claim


def a_record(stream: str, value: bytes | None, *, offset: int = 0, key: bytes = b"k", headers: Any = ()) -> Any:
    return SimpleNamespace(topic=stream, partition=0, offset=offset, key=key, value=value, headers=headers)


def test_an_alert_comes_with_the_clocks_of_its_envelope():
    board = Board()
    headers = (("ce_time", b"2026-01-02T03:04:05Z"), ("ce_ingestedtime", b"2026-01-02T03:04:04Z"))
    take(a_record(STREAMS.alerts.name, an_alert().to_bytes(), headers=headers), board)
    assert board.alerts["one"].times.emitted.isoformat() == "2026-01-02T03:04:05+00:00"


@pytest.mark.parametrize("value", [None, b"", b"not json", b'{"schema_version": 9}', b"\xff\xfe"])
def test_what_cannot_be_read_is_counted_and_passed(value):
    board = Board()
    take(a_record(STREAMS.alerts.name, value), board)
    take(a_record(STREAMS.alerts.name, an_alert().to_bytes(), offset=1), board)
    assert (board.unreadable, list(board.alerts), board.journal.end) == (1, ["one"], {0: 2})


def test_a_clock_that_is_none_does_not_stop_the_desk():
    board = Board()
    take(a_record(STREAMS.alerts.name, an_alert().to_bytes(), headers=(("ce_time", b"yesterday"),)), board)
    assert board.unreadable == 1


def test_a_stance_and_its_deletion_are_held():
    board = Board()
    take(a_record(STREAMS.stances.name, a_stance().to_bytes()), board)
    assert list(board.stances) == ["k"]
    take(a_record(STREAMS.stances.name, None, offset=1), board)
    assert not board.stances


def test_a_report_without_claims_leaves_nothing_behind():
    board = Board()
    take(a_record(STREAMS.enriched.name, an_enriched_report().to_bytes()), board)
    assert not board.contexts
    take(a_record(STREAMS.enriched.name, an_enriched_report(claims=(a_claim(),)).to_bytes(), offset=1), board)
    assert list(board.contexts) == ["c1"]
