"""An article's source, URL, credit and words in, the publisher's family and the true origin out, with the reason."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from services.monitor.lexicon.publishers import Publishers

_HEAD_LINES, _TAIL_LINES = 6, 4
_LINE = 300
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who reported it. `reason`: credit, dateline, signature, agency or publisher."""

    id: str
    reason: str


class Origins:
    """Looks up houses and finds agencies' signatures."""

    def __init__(self, publishers: Publishers) -> None:
        self._data = publishers
        names = "|".join(re.escape(name) for name in sorted(publishers.credits, key=len, reverse=True))
        self._credit = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")

    def publisher(self, source: str, url: str | None) -> str:
        """Family id of the outlet; an unknown outlet is a family of its own."""
        name = source.strip().lower()
        host = _host(url)
        known = self._domain(host) or self._data.names.get(name) or self._domain(_host(f"//{name}"))
        return known or _NOT_SLUG.sub("-", name).strip("-") or "unknown"

    def find(self, publisher: str, credit: str | None, lines: list[str]) -> Origin:
        """Origin of a text with these lines, before anything is known of copies."""
        if publisher in self._data.agencies:
            return Origin(publisher, "agency")
        named = self._credit.search(credit.lower()) if credit else None
        if named:
            return Origin(self._data.credits[named[0]], "credit")
        return self._signed(lines) or Origin(publisher, "publisher")

    def _signed(self, lines: list[str]) -> Origin | None:
        head = [line[:_LINE] for line in lines[:_HEAD_LINES]]
        tail = lines[-_TAIL_LINES:]
        for line, pattern in ((line, pattern) for line in head for pattern in self._data.head):
            if found := pattern.match(line):
                return Origin(self._agency(found["agency"]), "dateline")
        for line, pattern in ((line[-_LINE:], pattern) for line in tail for pattern in self._data.tail):
            if found := pattern.search(line):
                return Origin(self._agency(found["agency"]), "signature")
        for agency, pattern in self._data.own.items():
            if any(pattern.match(line[:_LINE]) for line in tail):
                return Origin(agency, "signature")
        return None

    def _agency(self, credit: str) -> str:
        name = credit.lower()
        return self._data.credits.get(name) or self._data.credits[name.removeprefix("the ")]

    def _domain(self, host: str) -> str | None:
        labels = host.split(".")
        for start in range(len(labels) - 1):
            if known := self._data.domains.get(".".join(labels[start:])):
                return known
        return None


def _host(url: str | None) -> str:
    """Host of a URL, empty when there is none or it cannot be read."""
    try:
        return (urlsplit(url or "").hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
