"""The terminal: cards above live counters for people, plain lines and nothing else for pipes."""

import io

import pytest
from kafka.errors import TopicAuthorizationFailedError
from rich.console import Console

from services.operations.lag import Figures
from services.settings import KafkaSettings
from services.subscriber import screen as module
from services.subscriber.figures import UNKNOWN, Rate, panel
from services.subscriber.screen import Looks, Screen
from tests.deploy.messages import an_alert

BUSY = Figures(articles=1250, dead_letters=2, behind={"deduplicate": 50, "classify": 0, "extract": 7, "alert": 0})
CALM = Figures(articles=1250, dead_letters=0, behind={"deduplicate": 0, "classify": 0, "extract": 0, "alert": 0})
FRESH = Figures(articles=5, dead_letters=0, behind={"deduplicate": 5, "classify": 0, "extract": 0, "alert": 0})


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def drawn(figures: Figures | None, rate: float | None = 4.25, alerts: int = 3, width: int = 100) -> str:
    console = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=width)
    console.print(panel(figures, rate, alerts))
    return console.file.getvalue()


def a_terminal() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=100)


def test_every_counter_stands_above_its_name() -> None:
    _, numbers, names, _ = drawn(BUSY).splitlines()
    assert numbers.strip("│ ").split() == ["1,250", "4.2", "3", "57", "2"]
    assert [names.index(word) for word in ("articles in", "a second", "alerts", "behind", "dead letters")] == sorted(
        names.index(word) for word in ("articles in", "a second", "alerts", "behind", "dead letters")
    )


def test_where_messages_wait_is_named_only_while_they_do() -> None:
    assert "deduplicate 50 · extract 7" in drawn(BUSY)
    assert "deduplicate" not in drawn(CALM)


def test_before_the_first_article_is_read_it_says_why_nothing_moves() -> None:
    assert "nothing read yet" in drawn(FRESH)


def test_what_a_subscriber_may_not_know_is_a_dash() -> None:
    _, numbers, *_ = drawn(None, None).splitlines()
    assert numbers.strip("│ ").split() == [UNKNOWN, UNKNOWN, "3", UNKNOWN, UNKNOWN]


def test_a_narrow_terminal_still_shows_every_counter() -> None:
    assert all(word in drawn(BUSY, width=60) for word in ("1,250", "4.2", "57"))


def test_the_rate_is_that_of_the_last_ten_seconds() -> None:
    rate = Rate()
    assert rate.a_second() is None
    for second in range(31):
        rate.seen(float(second), 0 if second < 20 else (second - 20) * 5)
    assert rate.a_second() == 5.0


def test_a_terminal_gets_the_card_and_the_counters() -> None:
    console = a_terminal()
    with Screen(console) as shown:
        shown.show(an_alert())
        shown.show(an_alert(type="update"))
        shown.tell(CALM)
    said = console.file.getvalue()
    assert "╭" in said
    assert "articles in" in said
    assert "1,250" in said


def test_a_pipe_gets_a_line_an_alert_and_no_counter() -> None:
    console = Console(file=io.StringIO())
    with Screen(console) as shown:
        shown.show(an_alert())
        shown.tell(CALM)
    assert console.file.getvalue().count("\n") == 1
    assert "articles in" not in console.file.getvalue()


class Broker:
    """A Lag as the test says."""

    answers: list[Figures | Exception]

    def __init__(self, _kafka: KafkaSettings) -> None:
        self.closed = False

    def look(self) -> Figures:
        answer = Broker.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def __exit__(self, *_exc: object) -> None:
        self.closed = True


def test_the_broker_is_asked_once_a_second_and_a_refusal_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Lag", Broker)
    Broker.answers = [CALM, TopicAuthorizationFailedError("not yours"), BUSY]
    clock, console = Clock(), a_terminal()
    with Screen(console, clock) as shown:
        looks = Looks(KafkaSettings(), shown, clock)
        for now in (0.0, 0.5, 1.0, 1.5, 2.0):
            clock.now = now
            looks()
        looks.close()
    assert Broker.answers == []


def test_nobody_asks_the_broker_for_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Lag", Broker)
    Broker.answers = []
    with Screen(Console(file=io.StringIO())) as shown:
        Looks(KafkaSettings(), shown)()
