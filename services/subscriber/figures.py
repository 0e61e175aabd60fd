"""Figures of a run in; the panel that stands beneath the alerts on a terminal out. Pure but for rich."""

from collections import deque

from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from services.operations.lag import Figures

WINDOW_SECONDS = 10.0
UNKNOWN = "–"


class Rate:
    """Articles read a second, over the last ten seconds; None before there are two looks."""

    def __init__(self) -> None:
        self._looks: deque[tuple[float, int]] = deque()

    def seen(self, now: float, read: int) -> None:
        """One look at the clock and the count."""
        self._looks.append((now, read))
        while len(self._looks) > 2 and now - self._looks[0][0] > WINDOW_SECONDS:
            self._looks.popleft()

    def a_second(self) -> float | None:
        """The slope from the oldest look kept to the newest."""
        if len(self._looks) < 2 or self._looks[-1][0] <= self._looks[0][0]:
            return None
        (then, before), (now, read) = self._looks[0], self._looks[-1]
        return (read - before) / (now - then)


def panel(figures: Figures | None, rate: float | None, alerts: int) -> Panel:
    """Counters side by side, the number above its name; what cannot be known is a dash."""
    behind = None if figures is None else sum(figures.behind.values())
    cells = [
        ("articles in", _count(figures.articles if figures else None), "bold"),
        ("a second", UNKNOWN if rate is None else f"{rate:,.1f}", "bold"),
        ("alerts", _count(alerts), "bold cyan"),
        ("behind", _count(behind), "bold yellow" if behind else "bold green"),
        ("dead letters", _count(figures.dead_letters if figures else None), "bold red" if _bad(figures) else "bold"),
    ]
    grid = Table.grid(padding=(0, 3), expand=True)
    for _ in cells:
        grid.add_column(justify="center", ratio=1)
    grid.add_row(*(Text(number, style) for _, number, style in cells))
    grid.add_row(*(Text(name, "dim") for name, _, _ in cells))
    return Panel(grid, subtitle=_stages(figures), border_style="dim")


def _stages(figures: Figures | None) -> Text | None:
    """Where the messages wait, while they do."""
    waiting = {stage: count for stage, count in (figures.behind if figures else {}).items() if count}
    if figures and not figures.read and waiting:
        return Text("nothing read yet: a worker takes some seconds to load its models", "yellow")
    return Text(" · ".join(f"{stage} {count}" for stage, count in waiting.items()), "yellow") if waiting else None


def _bad(figures: Figures | None) -> bool:
    return figures is not None and figures.dead_letters > 0


def _count(number: int | None) -> str:
    return UNKNOWN if number is None else f"{number:,}"
