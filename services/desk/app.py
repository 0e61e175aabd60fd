"""The board in, the desk's web application out. Every address stands here."""

import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from schemas import asyncapi
from services.desk import api, filters, openapi
from services.desk.board import Board
from services.desk.events import Events, Feed, as_json, stance_as_json
from services.desk.guard import Guard
from services.desk.names import Names
from services.desk.pages import Pages
from services.desk.templating import environment

STATIC = Path(__file__).parent / "static"

Lifespan = Callable[[Starlette], contextlib.AbstractAsyncContextManager[None]]


@contextlib.asynccontextmanager
async def nothing(_app: Starlette) -> AsyncIterator[None]:
    """A board that others fill."""
    yield


def web(board: Board, names: Names, lifespan: Lifespan = nothing) -> Guard:
    """An ASGI application; `lifespan` keeps the board up to date while it runs."""
    pages = Pages(board, names, environment())
    alerts = Feed(board.journal, filters.asked, {"json": as_json, "card": pages.live})
    stances = Feed(board.changes, filters.asked_standing, {"json": stance_as_json, "row": pages.row})
    events = Events(board.caught_up, {"/events": alerts, "/events/stances": stances})
    routes = [*_pages(pages), *_api(board, events), Mount("/static", StaticFiles(directory=STATIC))]

    def missing(_request: Request, _error: Exception) -> Response:
        return pages.missing("Nothing is at this address.")

    return Guard(Starlette(routes=routes, lifespan=lifespan, exception_handlers={404: missing}))


def _pages(pages: Pages) -> list[BaseRoute]:
    return [
        _get("/", pages.alerts),
        _get("/alerts/{id}", pages.alert),
        _get("/stances", pages.stances),
        _get("/stances/{key}", pages.stance),
        _get("/contract", pages.contract),
        _get("/feed.atom", pages.feed),
    ]


def _api(board: Board, events: Events) -> list[BaseRoute]:
    return [
        _get("/api/v1/alerts", lambda request: api.alerts(board, request)),
        _get("/api/v1/alerts/{id}", lambda request: api.alert(board, request)),
        _get("/api/v1/stances", lambda request: api.stances(board, request)),
        _get("/api/v1/openapi.json", lambda _request: JSONResponse(openapi.document())),
        _get("/asyncapi.json", lambda _request: JSONResponse(asyncapi.document())),
        _get("/health", lambda _request: _health(board, events)),
        *(Route(path, _asynchronous(events), methods=["GET"]) for path in ("/events", "/events/stances")),
    ]


def _get(path: str, answer: Callable[[Request], Response]) -> Route:
    async def on_the_loop(request: Request) -> Response:
        return answer(request)  # not in a thread: the board belongs to the event loop

    return Route(path, on_the_loop, methods=["GET"])


def _asynchronous(events: Events) -> Callable[[Request], object]:
    async def follow(request: Request) -> Response:
        return await events(request)

    return follow


def _health(board: Board, events: Events) -> Response:
    ready = board.caught_up.is_set()
    told = {"ready": ready, "alerts": len(board.alerts), "stances": len(board.stances), "readers": events.readers,
            "unreadable": board.unreadable}  # fmt: skip
    return JSONResponse(told, 200 if ready else 503)
