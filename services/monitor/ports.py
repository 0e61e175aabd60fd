"""The shapes an agent needs and nothing more: where to send, what to remember, where to count."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from schemas import Message, PolicyShiftAlert

V = TypeVar("V")


class Outlet(Protocol):
    """One stream to write to."""

    async def send(self, messages: Sequence[tuple[str, Message]], *, cause: Message | None = None) -> None:
        """Send (key, message) pairs.

        Nothing that the agent remembers or acknowledges afterwards is stored before the broker has acknowledged every
        one (services/monitor/unit.py); a refused send halts the worker. `cause` is the message they follow from: its
        times travel in the envelope.
        """


class Memory(Protocol[V]):
    """What one agent remembers between messages: a Faust table when live, a dict offline."""

    def get(self, key: str, /) -> V | None:
        """The row, or None."""

    def __setitem__(self, key: str, row: V, /) -> None:
        """Keep the row; durable once the message being processed is acknowledged."""


class Tally(Protocol):
    """Counts what became of each message. Outcomes are a closed set, declared in declarations.py."""

    def outcome(self, stage: str, outcome: str, *, amount: int = 1) -> None:
        """One message of a stage ended so."""

    def event(self, name: str, *labels: str, amount: float = 1, exemplar: Mapping[str, str] | None = None) -> None:
        """Count something else that is declared in declarations.py, by its name without the prefix."""

    def about(self, topics: Sequence[str]) -> None:
        """A report has these topic codes."""

    def told(self, alert: PolicyShiftAlert) -> None:
        """An alert message was sent."""
