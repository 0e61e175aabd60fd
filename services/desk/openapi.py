"""In: the models of the API. Out: its OpenAPI 3.1 document."""

from typing import Any

from pydantic.json_schema import models_json_schema

from schemas import PolicyShiftAlert, Stance
from services.desk.api import ITEMS, MOST_ITEMS, Alerts, Problem, Stances
from services.desk.filters import FIELDS, STANDING
from services.desk.names import CERTAINTIES, TRANSITIONS

REF = "#/components/schemas/{model}"
SAID = {
    "actor": "ISO 3166-1 alpha-3, or an organisation's code.",
    "target": "The same, of the other side.",
    "instrument": "Slug: military-aid, tariffs, ...",
    "topic": "IPTC Media Topic: medtop:NNNNNNNN.",
    "transition": "What the shift does to the stance.",
    "certainty": "Confirmed: two independent origins, or one that is sure.",
}
ALERT_EVENTS = "alert (data: PolicyShiftAlert)"
STANCE_EVENTS = "stance (data: Stance), gone (data: key of one that stands no more or that the filter does not keep)"
WORDS = {"transition": TRANSITIONS, "certainty": CERTAINTIES}


def document() -> dict[str, Any]:
    """The same at every call."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "newsmon desk",
            "version": "1.0.0",
            "description": "Policy shifts and stances, read-only. Contracts only grow: ignore fields you do not know.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/v1/alerts": _get("listAlerts", "Alerts, newest first", Alerts, [*_filters(FIELDS), *_paging()]),
            "/api/v1/alerts/{id}": _get("getAlert", "One alert in its latest telling", PolicyShiftAlert, [_id()], 404),
            "/api/v1/stances": _get("listStances", "Present stances", Stances, [*_filters(STANDING), *_paging()]),
            "/events": {"get": _events("followAlerts", ALERT_EVENTS, FIELDS, "alerts")},
            "/events/stances": {"get": _events("followStances", STANCE_EVENTS, STANDING, "stances")},
            "/health": {"get": _health()},
        },
        "components": {"schemas": _schemas()},
    }


def _get(name: str, said: str, model: type, parameters: list[dict[str, Any]], problem: int = 400) -> dict[str, Any]:
    answers = {"200": _json(said, model.__name__), str(problem): _json("Why not.", "Problem")}
    return {"get": {"operationId": name, "summary": said, "parameters": parameters, "responses": answers}}


def _json(said: str, name: str) -> dict[str, Any]:
    return {"description": said, "content": {"application/json": {"schema": {"$ref": REF.format(model=name)}}}}


def _filters(names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_query(name, SAID[name], {"type": "string"} | _enum(name)) for name in names]


def _enum(name: str) -> dict[str, Any]:
    return {"enum": list(WORDS[name])} if name in WORDS else {}


def _query(name: str, said: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": said, "schema": schema}


def _paging() -> list[dict[str, Any]]:
    number = {"type": "integer", "minimum": 0}
    return [
        _query("offset", "How many to leave out.", number | {"default": 0, "maximum": 10**9}),
        _query("limit", "How many to give.", number | {"default": ITEMS, "maximum": MOST_ITEMS}),
    ]


def _id() -> dict[str, Any]:
    return {"name": "id", "in": "path", "required": True, "description": "alert_id.", "schema": {"type": "string"}}


def _events(name: str, said: str, fields: tuple[str, ...], beside: str) -> dict[str, Any]:
    after = f"Id of an event or `cursor` of /api/v1/{beside}: what came after it, then live. Without it: from now."
    word = {"type": "string"}
    resume = {"name": "Last-Event-ID", "in": "header", "description": "As after, and before it.", "schema": word}
    return {
        "operationId": name,
        "summary": f"Server-sent events: hello, {said}, reset (a gap: read /api/v1/{beside})",
        "parameters": [*_filters(fields), _query("after", after, word), resume],
        "responses": {
            "200": {"description": "For ever.", "content": {"text/event-stream": {"schema": word}}},
            "400": {"description": "after is not an id."},
            "503": {"description": "Too many readers; see Retry-After."},
        },
    }


def _health() -> dict[str, Any]:
    answers = {"200": {"description": "Up to date."}, "503": {"description": "Still reading the streams."}}
    return {"operationId": "health", "summary": "Has the desk read the streams to their end?", "responses": answers}


def _schemas() -> dict[str, Any]:
    models = [(kind, "serialization") for kind in (Alerts, Stances, PolicyShiftAlert, Stance, Problem)]
    _, schema = models_json_schema(models, ref_template=REF)  # type: ignore[arg-type]  # pydantic's own alias
    found: dict[str, Any] = schema["$defs"]
    return found
