"""The shifts of one stance in, oldest first; where everything stands in its picture out. Pure; no clock.

The picture is drawn by templates/timeline.svg: a bar of states from left to right, above it what changed, below it
one dot for each quote that says so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas import PolicyShiftAlert
from services.desk.cards import MARKS
from services.desk.names import Names

WIDTH = 960
MARGIN = 24
ROW = 40  # a label: two lines of text
LETTER = 6.6  # mean width of a letter at 13 px, a little generous
DOT = 11
MOST_SHIFTS = 40  # drawn; the page lists all
MOST_DOTS_HIGH = 8


@dataclass(frozen=True, slots=True)
class Label:
    """What changed, and when."""

    id: str
    x: float
    text_x: float
    width: float
    row: int
    said: str
    when: datetime
    mark: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the bar during which one state held."""

    x: float
    width: float
    mark: str
    said: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One quote."""

    x: float
    row: int
    said: str
    mark: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything a template needs; sizes in pixels of a 960 wide picture."""

    labels: tuple[Label, ...]
    pieces: tuple[Piece, ...]
    dots: tuple[Dot, ...]
    months: tuple[tuple[float, str], ...]
    bar: int
    height: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Instants to pixels, with room before the first and after the last."""

    first: datetime
    last: datetime

    def x(self, when: datetime) -> float:
        """Inside the margins."""
        share = (when - self.first) / (self.last - self.first)
        return round(MARGIN + min(1.0, max(0.0, share)) * (WIDTH - 2 * MARGIN), 1)


def timeline(shifts: list[PolicyShiftAlert], names: Names) -> Timeline:
    """Draws the last 40 shifts, `left_out` says how many there are before."""
    drawn = shifts[-MOST_SHIFTS:]
    scale = _scale(drawn)
    labels = _labels(drawn, scale, names)
    bar = 16 + ROW * (1 + max((label.row for label in labels), default=0)) + 8
    dots = _dots(drawn, scale)
    height = bar + 44 + DOT * (1 + max((dot.row for dot in dots), default=0)) + 26
    pieces = _pieces([shift for shift in drawn if shift.type != "cancel"], scale, names)
    return Timeline(labels, pieces, dots, _months(scale), bar, height, len(shifts) - len(drawn))


def _scale(shifts: list[PolicyShiftAlert]) -> Scale:
    times = [e.published_at for s in shifts for e in s.evidence] + [s.times.published for s in shifts]
    first, last = min(times), max(times)
    room = max((last - first) * 0.12, timedelta(days=2))
    return Scale(first - room, last + room)


def _labels(shifts: list[PolicyShiftAlert], scale: Scale, names: Names) -> tuple[Label, ...]:
    """Each in the lowest row where it touches no other."""
    ends: list[float] = []
    made = []
    for shift in shifts:
        said = names.state(shift.after)[:48]
        x, width = scale.x(shift.times.published), round(LETTER * max(len(said), 12) + 12, 1)
        text_x = min(x, WIDTH - width)
        row = next((n for n, end in enumerate(ends) if end <= text_x), len(ends))
        ends[row : row + 1] = [text_x + width]
        mark, gone = MARKS[shift.polarity], shift.type == "cancel"
        made.append(Label(shift.alert_id, x, text_x, width, row, said, shift.times.published, mark, gone))
    return tuple(made)


def _pieces(shifts: list[PolicyShiftAlert], scale: Scale, names: Names) -> tuple[Piece, ...]:
    """Before the first shift: what was before it, as far as it is known."""
    marks = [(float(MARGIN), "unknown" if not shifts or shifts[0].before is None else MARKS[shifts[0].before.polarity],
              names.state(shifts[0].before) if shifts else "not known")]  # fmt: skip
    marks += [(scale.x(s.times.published), MARKS[s.polarity], names.state(s.after)) for s in shifts]
    edges = [x for x, _, _ in marks[1:]] + [WIDTH - MARGIN]
    return tuple(Piece(x, round(end - x, 1), mark, said) for (x, mark, said), end in zip(marks, edges, strict=True))


def _dots(shifts: list[PolicyShiftAlert], scale: Scale) -> tuple[Dot, ...]:
    """Quotes of the same hours stand above each other; a flood of them stops at a height."""
    heights: dict[int, int] = {}
    made = []
    for shift in shifts:
        for evidence in shift.evidence:
            x = scale.x(evidence.published_at)
            column = int(x // DOT)
            row = heights.get(column, 0)
            heights[column] = row + 1
            if row < MOST_DOTS_HIGH:
                made.append(Dot(x, row, f"{evidence.source}: {evidence.quote}"[:200], MARKS[shift.polarity]))
    return tuple(made)


def _months(scale: Scale) -> tuple[tuple[float, str], ...]:
    """Where the axis is written on: at most eight equal steps, each a date."""
    span = scale.last - scale.first
    steps = max(1, min(6, span.days))
    days = [scale.first + span * (n + 0.5) / steps for n in range(steps)]
    return tuple((scale.x(day), f"{day:%-d %b %Y}") for day in days)
