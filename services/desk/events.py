"""A cursor and a filter in, what follows on the alert stream out as server-sent events, for ever.

Events: `alert` (data: the message as JSON) or, with view=card, `card` (data: id, published, spoken, html) and `gone`
(data: id of an alert that the filter no longer keeps). `reset` says that a gap cannot be filled: load the page anew.
The id of each is a cursor (cursor.py), so a dropped connection resumes without gap or repeat.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from services.desk import cursor, filters
from services.desk.journal import Entry, GapError, Journal
from services.subscriber.subscription import Filter

MOST_READERS = 200
PING_SECONDS = 15
STALLED_SECONDS = 30.0  # a reader that takes nothing for so long is let go; it resumes where it was

Telling = Callable[[Entry, bool], tuple[str, str] | None]
"""(entry, whether the filter keeps it) -> event name and data, or None to say nothing."""


def as_json(entry: Entry, kept: bool) -> tuple[str, str] | None:
    """For programs: the alert as in the stream."""
    return ("alert", entry.alert.model_dump_json()) if kept else None


class Events:
    """The live endpoint; `telling` makes a page's cards."""

    def __init__(self, journal: Journal, caught_up: asyncio.Event, telling: Telling) -> None:
        self._journal = journal
        self._caught_up = caught_up
        self._tellings = {"card": telling, "json": as_json}
        self.readers = 0

    async def __call__(self, request: Request) -> Response:
        """GET /events."""
        telling = self._tellings.get(request.query_params.get("view", "json"))
        start = request.headers.get("last-event-id") or request.query_params.get("after")
        place = cursor.read(start) if start else None
        if telling is None or (start and place is None):
            return PlainTextResponse("view is json or card; after and Last-Event-ID are ids of events.\n", 400)
        if self.readers >= MOST_READERS:
            return PlainTextResponse("Too many readers.\n", 503, {"retry-after": "10"})
        told = self._told(place, filters.asked(request.query_params), telling)
        return EventSourceResponse(told, ping=PING_SECONDS, send_timeout=STALLED_SECONDS)

    async def _told(
        self, place: cursor.Cursor | None, keep: Filter, telling: Telling
    ) -> AsyncIterator[ServerSentEvent]:
        self.readers += 1
        try:
            await self._caught_up.wait()
            async for event in follow(self._journal, place, keep, telling):
                yield event
        finally:
            self.readers -= 1


async def follow(
    journal: Journal, place: cursor.Cursor | None, keep: Filter, telling: Telling
) -> AsyncIterator[ServerSentEvent]:
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
            told = telling(entry, keep.keeps(entry.alert))
            if told:
                yield ServerSentEvent(event=told[0], data=told[1], id=cursor.written(here))
        here = dict(end)
        if journal.end == end:
            await journal.more()
