"""Bytes to messages and back; what cannot be read becomes a value, is buried, and never kills a stream."""

from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal, Protocol, TypeVar

import faust
from pydantic import ValidationError

from schemas import DeadLetter, Message, Stream
from schemas.heartbeat import Heartbeat, heartbeat_in
from services.monitor.ports import Outlet, Tally
from services.monitor.relay import Relay

MAX_BURIED_BYTES = 4 * 1024 * 1024  # a dead letter is base64 in JSON and must itself fit into max.message.bytes
MAX_BURIED_KEY = 4096  # newsmon's own keys have at most 256 characters
M = TypeVar("M", bound=Message)
Clock = Callable[[], datetime]
Stage = Literal["deduplicate", "classify", "extract", "alert"]


class PoisonFloodError(RuntimeError):
    """Halt: more than half of the recent messages of a stream are unreadable. Look at `newsmon dlq list`, mend the
    writer or the schema, then start the worker again; nothing after the last acknowledged message was taken."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A message that is not what its stream carries."""

    reason: str
    detail: str
    value: bytes | None


def read(kind: type[M], data: bytes | None) -> M | Unreadable:
    """Decode one value. Never raises: the unreadable is a value."""
    if not data:
        return Unreadable("empty", "no value", data)
    try:
        return kind.from_bytes(data)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False)
        detail = "; ".join(f"{'.'.join(map(str, p['loc'])) or 'value'}: {p['msg']}" for p in problems[:8])
        return Unreadable(_reason(problems[0], data), detail[:2000], data)


def _reason(problem: Any, data: bytes) -> str:
    if problem["type"] == "json_invalid":
        return "not-json" if _is_utf8(data) else "encoding"
    return "unknown-version" if problem["loc"] == ("schema_version",) else "invalid"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


class Wire(faust.Schema[Any, Any]):
    """Faust's view of one stream: keys are UTF-8, values are messages."""

    def __init__(self, stream: Stream) -> None:
        super().__init__()
        self._kind = stream.type

    def loads_key(self, app: Any, message: Any, **_options: Any) -> Any:  # noqa: ARG002 - Faust's shape
        """Keys are only ever routed by, so any bytes do."""
        return message.key

    def loads_value(self, app: Any, message: Any, **_options: Any) -> Any:  # noqa: ARG002 - Faust's shape
        """A message, a Heartbeat, or an Unreadable."""
        return heartbeat_in(message.headers) or read(self._kind, message.value)

    def dumps_key(self, app: Any, key: Any, *, headers: Any, **_options: Any) -> tuple[Any, Any]:  # noqa: ARG002
        """Text to bytes."""
        return key.encode() if isinstance(key, str) else key, headers

    def dumps_value(self, app: Any, value: Any, *, headers: Any, **_options: Any) -> tuple[Any, Any]:  # noqa: ARG002
        """A message to bytes."""
        return value.to_bytes(), headers


class PoisonLimit:
    """Raises PoisonFloodError when over half of the last `window` messages were unreadable (at least `least`).

    Half of 200: a feed that sends one bad line in ten must not stop a worker; a wrong schema must, before the
    stream is emptied into the dead letters. No measurement stands behind it; arroyo's DlqLimit has the same reason.
    """

    def __init__(self, *, window: int = 200, least: int = 50) -> None:
        self._recent: deque[bool] = deque(maxlen=window)
        self._least = least

    def seen(self, *, unreadable: bool) -> None:
        """Count one message."""
        self._recent.append(unreadable)
        bad = sum(self._recent) if unreadable else 0
        if bad >= self._least and bad * 2 > len(self._recent):
            raise PoisonFloodError(f"{bad} of the last {len(self._recent)} messages are unreadable")


class Settling(Protocol):
    """What an agent did and has not settled yet."""

    @property
    def turn(self) -> AbstractAsyncContextManager[None]:
        """Held while a message is in hand."""

    def takes(self, event: Any) -> bool:
        """Whether the message may still be read here."""

    def took(self, event: Any, acknowledge: Callable[[], Awaitable[None]]) -> bool:
        """One more message is open. True: settle before taking another."""

    async def settle(self) -> None:
        """Wait until the broker has acknowledged everything, then acknowledge the messages."""


@dataclass(frozen=True)
class Intact:
    """What `readable` needs to bury and to count."""

    stage: Stage
    dead_letters: Outlet
    tally: Tally
    timed: Callable[[str], AbstractContextManager[None]]
    passed: Callable[[str, Message, datetime], None] = lambda *_: None
    clock: Clock = lambda: datetime.now(UTC)
    relay: Relay | None = None


async def readable(stream: Any, unit: Settling, tools: Intact) -> AsyncGenerator[Any]:
    """The stream's readable messages, one at a time.

    They are settled, and so acknowledged, when nothing more waits in the stream or the unit is full. If the agent
    raises, none of the open ones is acknowledged, and all are read again.
    """
    limit, mine = PoisonLimit(), stream.noack()
    async for event in mine.events():
        async with unit.turn:
            if not unit.takes(event):
                continue
            if isinstance(event.value, Heartbeat):
                await _relay(event, tools)
            else:
                limit.seen(unreadable=isinstance(event.value, Unreadable))
                with tools.timed(tools.stage):
                    if isinstance(event.value, Unreadable):
                        await _bury(event, tools)
                    else:
                        yield event.value
            full = unit.took(event, partial(_acknowledge, stream, event, tools))
            if full or mine.channel.queue.empty():
                await unit.settle()


async def _acknowledge(stream: Any, event: Any, tools: Intact) -> None:
    await stream.ack(event)
    if isinstance(event.value, Heartbeat):
        if tools.relay:
            tools.relay.done(event.value, event.message.partition)
    elif not isinstance(event.value, Unreadable):
        tools.passed(tools.stage, event.value, tools.clock())


async def _relay(event: Any, tools: Intact) -> None:
    if tools.relay:
        await tools.relay.on(event.value, event.message.partition)


async def _bury(event: Any, tools: Intact) -> None:
    bad, at = event.value, event.message
    key, kept = at.key and at.key[:MAX_BURIED_KEY], bad.value[:MAX_BURIED_BYTES] if bad.value else None
    letter = DeadLetter(
        stage=tools.stage,
        reason=bad.reason,
        detail=bad.detail,
        origin=f"{at.topic}[{at.partition}]@{at.offset}",
        stream=at.topic,
        key=key,
        value=kept,
        truncated=len(bad.value or b"") > MAX_BURIED_BYTES or key != at.key,
        failed_at=tools.clock(),
    )
    await tools.dead_letters.send([((key or b"").decode(errors="replace"), letter)])
    tools.tally.event("dead_letters_total", tools.stage, bad.reason)
    tools.tally.outcome(tools.stage, "dead-letter")
