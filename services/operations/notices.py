"""Alertmanager's notifications in over HTTP, one line each on standard output out. For the laptop, where no pager is.

`python -m services.operations.notices [HOST:]PORT`. They are about the service, never policy shifts.
"""

import json
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LONGEST = 1_000_000  # bytes; Alertmanager's groups are some kB


def lines(notification: dict[str, Any]) -> Iterator[str]:
    """One line an alert: its state, name, summary and runbook."""
    for alert in notification.get("alerts", ()):
        labels, notes = alert.get("labels", {}), alert.get("annotations", {})
        yield f"{alert.get('status')} {labels.get('alertname')}: {notes.get('summary')} ({notes.get('runbook_url')})"


class Notices(BaseHTTPRequestHandler):
    """Prints what is posted; answers 200, 400 to what is not a notification, 413 to what is too long."""

    def do_POST(self) -> None:
        """One notification."""
        length = int(self.headers.get("Content-Length", 0))
        if length > LONGEST:
            self.send_error(413)
            return
        try:
            told = [ascii(line)[1:-1] for line in lines(json.loads(self.rfile.read(length)))]
        except (ValueError, AttributeError, TypeError):
            self.send_error(400)
            return
        sys.stdout.write("".join(f"{line}\n" for line in told))
        sys.stdout.flush()
        self.send_response(200)
        self.end_headers()

    def do_GET(self) -> None:
        """Health."""
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the parent's name
        """Quiet: the notices are the log."""


def serve(address: str) -> ThreadingHTTPServer:
    """A bound server; the caller runs `serve_forever`. Raises OSError if the port is taken."""
    host, _, port = address.rpartition(":")
    return ThreadingHTTPServer((host or "127.0.0.1", int(port)), Notices)


if __name__ == "__main__":
    serve(sys.argv[1]).serve_forever()
