"""Alerts and figures in; out: on a terminal cards that scroll above live counters, elsewhere plain lines."""

import contextlib
import time
from collections.abc import Callable
from typing import Self

from kafka.errors import KafkaError
from rich.console import Console
from rich.live import Live

from schemas import PolicyShiftAlert
from services.operations.lag import Figures, Lag
from services.settings import KafkaSettings
from services.subscriber.cards import show
from services.subscriber.figures import Rate, panel
from services.subscriber.subscription import Filter, Subscription, follow

LOOK_SECONDS = 1.0


class Screen:
    """A block: cards above, counters below until it ends. Not a terminal: `show` prints lines, `tell` nothing."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._live = Live(console=console, auto_refresh=False) if console.is_terminal else None
        self._rate = Rate()
        self._told: set[str] = set()

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._live:
            self._live.stop()

    @property
    def live(self) -> bool:
        """Whether somebody sees the counters."""
        return self._live is not None

    def show(self, alert: PolicyShiftAlert) -> None:
        """One more message about an alert."""
        self._told.add(alert.alert_id)
        show(alert, self._console)

    def tell(self, figures: Figures | None) -> None:
        """Where the run stands now; None: the broker does not say."""
        if self._live is None:
            return
        if figures is not None:
            self._rate.seen(self._clock(), figures.read)
        self._live.update(panel(figures, self._rate.a_second(), len(self._told)), refresh=True)


class Looks:
    """Asks the broker once a second for the figures of a screen. A subscriber who may not know them sees dashes."""

    def __init__(self, kafka: KafkaSettings, screen: Screen, clock: Callable[[], float] = time.monotonic) -> None:
        self._kafka = kafka
        self._screen = screen
        self._clock = clock
        self._due = clock()
        self._lag: Lag | None = None

    def __call__(self) -> None:
        """Look, if somebody watches and it is time."""
        if not self._screen.live or self._clock() < self._due:
            return
        self._due = self._clock() + LOOK_SECONDS
        self._screen.tell(self._figures())

    def close(self) -> None:
        """Leave the broker."""
        if self._lag:
            self._lag.__exit__()

    def _figures(self) -> Figures | None:
        with contextlib.suppress(KafkaError):
            self._lag = self._lag or Lag(self._kafka)
            return self._lag.look()
        return None


def follow_on(
    subscription: Subscription, keep: Filter, kafka: KafkaSettings, *, idle_seconds: float | None = None
) -> None:
    """Show matching alerts until none came for so long, or Ctrl-C."""
    with (
        Screen(Console()) as screen,
        contextlib.closing(Looks(kafka, screen)) as looks,
        contextlib.suppress(KeyboardInterrupt),
    ):
        for alert in follow(subscription, keep, idle_seconds=idle_seconds, each_poll=looks):
            screen.show(alert)
