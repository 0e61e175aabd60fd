"""An alert in, what a person sees of it out: a card on a terminal, one line elsewhere."""

from rich.console import Console, Group
from rich.panel import Panel
from rich.text import Text

from schemas import Evidence, PolicyShiftAlert
from services.terminal import visible

COLOURS = {1: "green", -1: "red", 0: "yellow"}


def line(alert: PolicyShiftAlert) -> str:
    """One plain line: date, type, headline, certainty, first quote."""
    first = alert.evidence[0]
    quote = " ".join(first.quote.split())
    return visible(
        f"{alert.times.published:%Y-%m-%d} {alert.type:6} {alert.headline} [{alert.certainty}] “{quote}” {first.source}"
    )


def card(alert: PolicyShiftAlert) -> Panel:
    """A panel with the quote, the source and how sure newsmon is. Text from outside is never read as markup."""
    colour = COLOURS[alert.polarity]
    facts = Text(f"{alert.certainty} · {_plural(alert.origins, 'origin')} · {_plural(alert.reach, 'report')}", "dim")
    return Panel(
        Group(*(_quote(evidence) for evidence in alert.evidence[:2]), facts),
        title=Text(visible(alert.headline), f"bold {colour}"),
        title_align="left",
        subtitle=Text(f"{alert.type} {alert.alert_id[:8]} · {alert.times.published:%d %b %Y %H:%M}Z", "dim"),
        subtitle_align="right",
        border_style=colour,
    )


def _quote(evidence: Evidence) -> Text:
    quote = " ".join(visible(evidence.quote).split())
    source = f"{visible(evidence.source)}, {evidence.published_at:%d %b}"
    return Text.assemble("“", (quote, "italic"), "” ", (source, "dim"))


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def show(alert: PolicyShiftAlert, console: Console) -> None:
    """A card on a terminal, a line in a pipe."""
    if console.is_terminal:
        console.print(card(alert))
    else:
        console.print(line(alert), markup=False, highlight=False, soft_wrap=True)
