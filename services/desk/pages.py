"""The board and a request in, HTML out. What a page says is decided in cards.py and timeline.py, not here."""

import json
from itertools import groupby

from jinja2 import Environment
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from schemas import PolicyShiftAlert, Stance, asyncapi
from services.desk import contract, cursor, filters
from services.desk.atom import atom
from services.desk.board import Board
from services.desk.cards import MARKS, card
from services.desk.events import stance_as_json
from services.desk.journal import Entry
from services.desk.names import Names
from services.desk.timeline import timeline

ON_A_PAGE = 40
IN_A_FEED = 50


class Pages:
    """Every page, and the pieces of one that come live."""

    def __init__(self, board: Board, names: Names, templates: Environment) -> None:
        self._board = board
        self._names = names
        self._templates = templates
        self._live: tuple[int, dict[int, str]] = (0, {})  # cards of this moment: many readers, one laying out

    def alerts(self, request: Request) -> Response:
        """GET /: the newest alerts, with filters."""
        keep = filters.asked(request.query_params)
        every = self._board.newest_first()
        found = [alert for alert in every if keep.keeps(alert)]
        page = min(_page(request), max(1, -(-len(found) // ON_A_PAGE)))
        shown = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        return self._page(
            "alerts.html", "Alerts",
            cards=[card(alert, self._board, self._names) for alert in shown],
            choices=filters.choices(every, keep, self._names),
            total=len(found), page=page, pages=-(-len(found) // ON_A_PAGE), every=len(every),
            filtered=bool(filters.query(keep)), link=lambda **more: filters.query(keep, **more),
            cursor=cursor.written(self._board.journal.end), live=page == 1, caught_up=self._board.caught_up.is_set(),
        )  # fmt: skip

    def alert(self, request: Request) -> Response:
        """GET /alerts/{id}: one alert with all its quotes and reasons."""
        found = self._board.alerts.get(request.path_params["id"])
        if found is None:
            return self.missing("There is no such alert, or it is so old that the desk has put it away.")
        return self._page("alert.html", found.headline, card=card(found, self._board, self._names))

    def stances(self, request: Request) -> Response:
        """GET /stances: what stands now, actor by instrument."""
        keep = filters.asked_standing(request.query_params)
        every = self._board.stances.values()
        found = sorted(filter(keep.keeps, every), key=self._place)
        return self._page(
            "stances.html", "Stances", total=len(found), every=len(every), link=filters.query(keep),
            actors=[(name, list(held)) for name, held in groupby(found, lambda stance: stance.actor.name)],
            choices=filters.standing_choices(every, keep, self._names), names=self._names, marks=MARKS,
            cursor=cursor.written(self._board.changes.end), caught_up=self._board.caught_up.is_set(),
        )  # fmt: skip

    def row(self, entry: Entry[Stance], kept: bool) -> tuple[str, str]:
        """A row for pages that are open, under its actor, or the word that it is no longer among what they show."""
        stance = entry.message
        if not kept:
            return stance_as_json(entry, kept)
        html = self._templates.get_template("row.html").render(stance=stance, names=self._names, marks=MARKS)
        said = f"{stance.actor.name}, {self._names.instrument(stance.instrument)}: {self._names.state(stance.state)}"
        return "row", json.dumps({"key": stance.key, "said": said, "html": html})

    def stance(self, request: Request) -> Response:
        """GET /stances/{key}: how one stance came to be."""
        key = request.path_params["key"]
        shifts = self._board.line(key)
        stance = self._board.stances.get(key)
        if stance and not shifts:
            return self._page("talk.html", self._names.instrument(stance.instrument), stance=stance, names=self._names)
        if not shifts:
            return self.missing("No shift of this stance is known.")
        told = card(shifts[-1], self._board, self._names)
        picture = self._picture(f"{told.title}, {told.instrument}", shifts)
        cards = [card(shift, self._board, self._names) for shift in reversed(shifts[-100:])]
        return self._page("stance.html", f"{told.title}: {told.instrument}", told=told, stance=stance, cards=cards,
                          picture=picture, names=self._names)  # fmt: skip

    def contract(self, _request: Request) -> Response:
        """GET /contract: the AsyncAPI document, for people."""
        found = asyncapi.document()
        return self._page("contract.html", "Contract", info=found["info"], channels=contract.channels(found),
                          shapes=contract.shapes(found), headers=contract.headers(found))  # fmt: skip

    def feed(self, request: Request) -> Response:
        """GET /feed.atom, with the filters of the page."""
        keep = filters.asked(request.query_params)
        found = [alert for alert in self._board.newest_first() if keep.keeps(alert)][:IN_A_FEED]
        cards = [card(alert, self._board, self._names) for alert in found]
        told = atom(cards, home=str(request.base_url), me=str(request.url))
        return Response(told, media_type="application/atom+xml")

    def missing(self, why: str) -> Response:
        """404."""
        return self._page("missing.html", "Not here", why=why, status=404)

    def live(self, entry: Entry[PolicyShiftAlert], kept: bool) -> tuple[str, str]:
        """A card for pages that are open, or the word that it is no longer among what they show."""
        alert = entry.message
        if not kept:
            return "gone", json.dumps({"id": alert.alert_id})
        now = self._board.journal.serial
        if self._live[0] != now:
            self._live = (now, {})
        known = self._live[1]
        if entry.serial not in known:
            known[entry.serial] = self._laid(alert)
        return "card", known[entry.serial]

    def _laid(self, alert: PolicyShiftAlert) -> str:
        told = card(alert, self._board, self._names)
        html = self._templates.get_template("one.html").render(card=told)
        said = f"{'Withdrawn' if told.withdrawn else told.alert.transition}: {alert.headline}"
        return json.dumps({"id": alert.alert_id, "published": alert.times.published.timestamp(),
                                   "said": said, "first": alert.type == "alert", "html": html})  # fmt: skip

    def _place(self, stance: Stance) -> tuple[str, str, str]:
        return stance.actor.name, self._names.instrument(stance.instrument), stance.key

    def _picture(self, title: str, shifts: list[PolicyShiftAlert]) -> Markup:
        drawn = timeline(shifts, self._names)
        return Markup(self._templates.get_template("timeline.svg").render(title=title, line=drawn))  # noqa: S704 - escaped there

    def _page(self, template: str, title: str, *, status: int = 200, **told: object) -> Response:
        return HTMLResponse(self._templates.get_template(template).render(title=title, **told), status)


def _page(request: Request) -> int:
    word = request.query_params.get("page", "1")
    return int(word) if word.isascii() and word.isdigit() and 0 < len(word) < 6 and int(word) else 1
