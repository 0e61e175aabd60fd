"""What the desk remembers: the latest telling of each alert, within bounds, and the way back to any moment."""

import pytest

from services.desk import board as bounds
from services.desk import cursor
from services.desk.board import Board, Heard
from services.desk.journal import GapError, Journal
from tests.alerts import a_stance, an_alert, an_enriched_report
from tests.builders import a_claim


def told(board: Board, alert, offset: int, partition: int = 0) -> None:
    board.tell(alert, partition, offset, size=len(alert.to_bytes()))


def test_the_last_telling_of_an_alert_counts():
    board = Board()
    told(board, an_alert(), 0)
    told(board, an_alert(type="update", certainty="confirmed", revision="r2"), 1)
    assert [alert.certainty for alert in board.newest_first()] == ["confirmed"]


def test_a_withdrawn_alert_stays_to_be_seen_as_withdrawn():
    board = Board()
    told(board, an_alert(), 0)
    told(board, an_alert(type="cancel"), 1)
    assert [alert.type for alert in board.newest_first()] == ["cancel"]


def test_a_message_that_the_broker_hands_out_again_changes_nothing():
    board = Board()
    told(board, an_alert(type="update", certainty="confirmed"), 1)
    told(board, an_alert(), 0)
    told(board, an_alert(), 1)
    assert board.alerts["one"].certainty == "confirmed"
    assert len(list(board.journal.after({}))) == 1


def test_alerts_stand_newest_first_whatever_order_they_arrived_in():
    board = Board()
    for offset, days in enumerate([2, 0, 1]):
        told(board, an_alert(f"day-{days}", days=days), offset)
    assert [alert.alert_id for alert in board.newest_first()] == ["day-2", "day-1", "day-0"]


def test_memory_is_bounded_by_number_and_the_longest_untold_go_first():
    board = Board(most_alerts=3)
    for offset in range(10):
        told(board, an_alert(f"a{offset}", references=(f"a{offset - 1}",)), offset)
    assert list(board.alerts) == ["a7", "a8", "a9"]
    assert board.followers("a2") == []
    assert [alert.alert_id for alert in board.followers("a8")] == ["a9"]


def test_memory_is_bounded_by_bytes(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_ALERT_BYTES", 5_000)
    board = Board()
    for offset in range(20):
        told(board, an_alert(f"a{offset}", headline="x" * 2_000), offset)
    assert 1 <= len(board.alerts) <= 2


def test_an_update_moves_its_link_to_what_it_supersedes():
    board = Board()
    told(board, an_alert("two", references=("one",)), 0)
    told(board, an_alert("two", references=("zero",), type="update"), 1)
    assert board.followers("one") == []
    assert [alert.alert_id for alert in board.followers("zero")] == ["two"]


def test_a_stance_that_was_taken_back_or_deleted_no_longer_stands():
    board = Board()
    board.hold("k", a_stance(), 0, 0, size=1)
    assert len(board.stances) == 1
    board.hold("k", a_stance(state=None), 0, 1, size=1)
    assert not board.stances
    board.hold("k", a_stance(), 0, 2, size=1)
    board.hold("k", None, 0, 3, size=0)
    assert not board.stances
    board.hold("k", a_stance(), 0, 2, size=1)  # told again after a lost connection
    assert not board.stances


def test_of_a_report_only_the_words_around_its_quotes_are_kept():
    text = "a" * 500 + " QUOTE " + "b" * 500
    claim = a_claim(quote="QUOTE", start=501, end=506)
    report = an_enriched_report(text=text, claims=(claim,))
    board = Board()
    board.overhear(Heard.model_validate_json(report.to_bytes()))
    context = board.contexts[claim.id]
    assert len(context.before) == len(context.after) == bounds.AROUND
    assert (context.cut_before, context.cut_after) == (True, True)


@pytest.mark.parametrize("word", ["0-0", "0-5", "0-5.3-17", "999-1"])
def test_a_cursor_survives_the_journey_to_the_browser_and_back(word):
    assert cursor.written(cursor.read(word)) == word


@pytest.mark.parametrize(
    "word", ["", "x", "0", "0-", "-1-2", "0-1.", "0-1,1-2", "0-1\n", "0-" + "9" * 16, ".".join(["0-1"] * 5_000), "٣-٣"]
)
def test_a_word_that_is_no_cursor_is_refused(word):
    assert cursor.read(word) is None


def test_the_beginning_is_a_cursor_too_for_an_empty_event_id_would_be_none():
    assert cursor.written({}) == "0-0"


def test_a_journal_that_forgot_says_so_instead_of_leaving_a_gap():
    journal = Journal(most=2)
    for offset in range(4):
        journal.add(0, offset, an_alert())
    assert [entry.offset for entry in journal.after({0: 2})] == [2, 3]
    with pytest.raises(GapError):
        list(journal.after({0: 1}))


def test_a_cursor_from_a_longer_stream_is_a_gap_for_the_stream_was_made_anew():
    journal = Journal()
    journal.add(0, 0, an_alert())
    with pytest.raises(GapError):
        list(journal.after({0: 7}))


def test_the_journal_is_bounded_by_bytes_too(monkeypatch):
    monkeypatch.setattr("services.desk.journal.MOST_BYTES", 1_000)
    journal = Journal()
    for offset in range(10):
        journal.add(0, offset, an_alert(), size=400)
    assert [entry.offset for entry in journal.after(journal.end | {0: 8})] == [8, 9]
    with pytest.raises(GapError):
        list(journal.after({0: 7}))
