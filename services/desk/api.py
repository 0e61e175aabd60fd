"""The JSON API, version 1: the board in, alerts and stances as in the streams out. It only grows; see openapi.json."""

from typing import Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from schemas import PolicyShiftAlert, Stance
from services.desk import cursor, filters
from services.desk.board import Board

MOST_ITEMS = 500
ITEMS = 100


class Alerts(BaseModel):
    """One page of alerts, newest published first. `type` is cancel for one that was taken back."""

    total: int = Field(description="How many match, on all pages.")
    next: int | None = Field(description="Offset of the next page; null on the last.")
    cursor: str = Field(description="Give it to /events?after= to hear what comes after this answer.")
    items: list[PolicyShiftAlert]


class Stances(BaseModel):
    """One page of present stances, by key."""

    total: int
    next: int | None
    cursor: str = Field(description="Give it to /events/stances?after= to hear what comes after this answer.")
    items: list[Stance]


class Problem(BaseModel):
    """Why not."""

    error: str


class BadQueryError(ValueError):
    """A query the API does not understand; says which word."""


def alerts(board: Board, request: Request) -> Response:
    """GET /api/v1/alerts."""
    try:
        first, most = _page(request, {*filters.FIELDS, "offset", "limit"})
    except BadQueryError as error:
        return answer(Problem(error=str(error)), 400)
    keep = filters.asked(request.query_params)
    found = [alert for alert in board.newest_first() if keep.keeps(alert)]
    items, following = _cut(found, first, most)
    place = cursor.written(board.journal.end)
    return answer(Alerts(total=len(found), next=following, cursor=place, items=items))


def alert(board: Board, request: Request) -> Response:
    """GET /api/v1/alerts/{id}."""
    found = board.alerts.get(request.path_params["id"])
    return answer(found) if found else answer(Problem(error="no such alert"), 404)


def stances(board: Board, request: Request) -> Response:
    """GET /api/v1/stances."""
    try:
        first, most = _page(request, {*filters.STANDING, "offset", "limit"})
    except BadQueryError as error:
        return answer(Problem(error=str(error)), 400)
    keep = filters.asked_standing(request.query_params)
    found = sorted(filter(keep.keeps, board.stances.values()), key=lambda stance: stance.key)
    items, following = _cut(found, first, most)
    place = cursor.written(board.changes.end)
    return answer(Stances(total=len(found), next=following, cursor=place, items=items))


def answer(message: BaseModel, status: int = 200) -> Response:
    """As JSON."""
    return Response(message.model_dump_json(), status, media_type="application/json")


def _page(request: Request, known: set[str]) -> tuple[int, int]:
    given = request.query_params
    if unknown := set(given) - known:
        raise BadQueryError(f"unknown: {', '.join(sorted(unknown))}")
    return _number(given.get("offset", "0"), 10**9, "offset"), _number(
        given.get("limit", str(ITEMS)), MOST_ITEMS, "limit"
    )


def _number(word: str, most: int, name: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) < 12 and int(word) <= most):
        raise BadQueryError(f"{name} is a number from 0 to {most}")
    return int(word)


def _cut(found: list[Any], first: int, most: int) -> tuple[list[Any], int | None]:
    return found[first : first + most], first + most if first + most < len(found) else None
