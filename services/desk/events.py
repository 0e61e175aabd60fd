"""A cursor and a filter in, what follows on the alert or the stance stream out as server-sent events, for ever.

Events of alerts: `alert` (data: the message as JSON) or, with view=card, `card` (data: id, published, spoken, html) and
`gone` (data: id of an alert that the filter no longer keeps). Of stances: `stance` (the message) or, with view=row,
`row` (data: key, spoken, html), and `gone` (key of a stance that stands no more, or that the filter does not keep).
`reset` says that a gap cannot be filled: load the page anew. The id of each is a cursor (cursor.py), so a dropped
connection resumes without gap or repeat.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from schemas import PolicyShiftAlert, Stance
from services.desk import cursor
from services.desk.journal import Entry, GapError, Journal, M

MOST_READERS = 200
PING_SECONDS = 15
STALLED_SECONDS = 30.0  # a reader that takes nothing for so long is let go; it resumes where it was

Telling = Callable[[Entry[M], bool], tuple[str, str] | None]
"""(entry, whether the filter keeps it) -> event name and data, or None to say nothing."""


Kept_contra = TypeVar("Kept_contra", contravariant=True)


class Keeps(Protocol[Kept_contra]):
    """A filter."""

    def keeps(self, message: Kept_contra, /) -> bool:
        """Whether it is asked for."""


def as_json(entry: Entry[PolicyShiftAlert], kept: bool) -> tuple[str, str] | None:
    """For programs: the alert as in the stream."""
    return ("alert", entry.message.model_dump_json()) if kept else None


def stance_as_json(entry: Entry[Stance], kept: bool) -> tuple[str, str]:
    """For programs: the stance as in the stream, or the key of one that is not to be shown."""
    return ("stance", entry.message.model_dump_json()) if kept else ("gone", json.dumps({"key": entry.message.key}))


@dataclass(frozen=True)
class Feed(Generic[M]):
    """One stream that can be followed: its messages, how a query becomes a filter, and the views of it."""

    journal: Journal[M]
    asked: Callable[[Mapping[str, str]], Keeps[M]]
    views: Mapping[str, Telling[M]]


class Events:
    """The live endpoints, by their address; all readers together are bounded."""

    def __init__(self, caught_up: asyncio.Event, feeds: Mapping[str, Feed[Any]]) -> None:
        self._caught_up = caught_up
        self._feeds = feeds
        self.readers = 0

    async def __call__(self, request: Request) -> Response:
        """GET /events and its like."""
        feed = self._feeds[request.url.path]
        telling = feed.views.get(request.query_params.get("view", "json"))
        start = request.headers.get("last-event-id") or request.query_params.get("after")
        place = cursor.read(start) if start else None
        if telling is None or (start and place is None):
            return PlainTextResponse(
                f"view is {' or '.join(feed.views)}; after and Last-Event-ID are ids of events.\n", 400
            )
        if self.readers >= MOST_READERS:
            return PlainTextResponse("Too many readers.\n", 503, {"retry-after": "10"})
        told = self._told(follow(feed.journal, place, feed.asked(request.query_params), telling))
        return EventSourceResponse(told, ping=PING_SECONDS, send_timeout=STALLED_SECONDS)

    async def _told(self, events: AsyncIterator[ServerSentEvent]) -> AsyncIterator[ServerSentEvent]:
        self.readers += 1
        try:
            await self._caught_up.wait()
            async for event in events:
                yield event
        finally:
            self.readers -= 1


async def follow(
    journal: Journal[M], place: cursor.Cursor | None, keep: Keeps[M], telling: Telling[M]
) -> AsyncGenerator[ServerSentEvent]:
    """Events after `place` (None: from now), then those that come."""
    here = dict(journal.end if place is None else place)
    yield ServerSentEvent(event="hello", data="", id=cursor.written(here), retry=1000)
    serial = 0
    while True:
        end = journal.end  # before the first await: what comes meanwhile is for the next turn
        try:
            entries = list(journal.after(here, serial))
        except GapError as error:
            entries = []
            yield ServerSentEvent(event="reset", data=json.dumps(str(error)), id=cursor.written(end))
        for entry in entries:
            here[entry.partition] = entry.offset + 1
            serial = entry.serial + 1
            told = telling(entry, keep.keeps(entry.message))
            if told:
                yield ServerSentEvent(event=told[0], data=told[1], id=cursor.written(here))
        here = dict(end)
        if journal.end == end:
            await journal.more()
