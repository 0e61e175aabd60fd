"""Requests in, the same out if they are small and only read; every answer leaves with headers that shut doors."""

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_QUERY = 4_000  # bytes; the six filters and a cursor of 100 partitions fit
LONGEST_PATH = 500
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """The outermost layer: errors leave through it too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _lock(MutableHeaders(scope=message))
            await send(message)

        refused = _refusal(scope)
        await (refused or self._app)(scope, receive, guarded)


def _lock(headers: MutableHeaders) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("cache-control", "no-store")


def _refusal(scope: Scope) -> PlainTextResponse | None:
    if scope["method"] not in ("GET", "HEAD"):
        return PlainTextResponse("The desk is only read.\n", 405, {"allow": "GET, HEAD", "connection": "close"})
    if len(scope["query_string"]) > LONGEST_QUERY or len(scope["path"]) > LONGEST_PATH:
        return PlainTextResponse("The address is too long.\n", 414)
    return None
