"""In: an IPTC ninjs 2 or 3 item (a dict). Out: the fields of an Article, not yet validated.

ninjs: https://iptc.org/standards/ninjs/ (2.2 and 3.1, approved 2025-05). Read: uri, headlines, bodies, versionCreated,
firstCreated, contentCreated, language, pubStatus, by, infoSources, copyrightHolder. The rest is not needed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from schemas import stable_id

MARKS = ("headlines", "bodies", "pubStatus", "standard", "versionCreated")
HTML = {"text/html", "application/xhtml+xml"}


def is_ninjs(item: Mapping[str, Any]) -> bool:
    """Whether the object is ninjs and not one of our Articles, which always name their source."""
    return "uri" in item and "source" not in item and any(mark in item for mark in MARKS)


def to_article_fields(item: Mapping[str, Any]) -> dict[str, Any]:
    """The same item under our names; what the item lacks is left out, and the Article says what it misses."""
    uri = str(item["uri"])
    fields = {
        "id": stable_id(uri),  # the same uri again is the next version, as ninjs means it
        "url": uri if urlsplit(uri).scheme in {"http", "https"} else None,
        "source": _source(item),
        "title": _value(_main(item.get("headlines"))),
        "published_at": _first(item, ("versionCreated", "firstCreated", "contentCreated")),
        "language": item.get("language"),
        "status": item.get("pubStatus", "usable"),
        "credit": item.get("by"),
        **_words(_parts(item.get("bodies"))),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _words(bodies: Sequence[Mapping[str, Any]]) -> dict[str, str | None]:
    """Plain text where there is some, else HTML."""
    plain = [body for body in bodies if body.get("contentType", "text/plain") not in HTML]
    marked = [body for body in bodies if body.get("contentType") in HTML]
    return {"text": _value(_main(plain))} if plain else {"html": _value(_main(marked))}


def _source(item: Mapping[str, Any]) -> str | None:
    named = _first_name(_parts(item.get("infoSources"))) or item.get("copyrightHolder")
    return str(named) if named else urlsplit(str(item["uri"])).hostname


def _first_name(sources: Iterable[Mapping[str, Any]]) -> Any:
    return next((source["name"] for source in sources if source.get("name")), None)


def _first(item: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((item[name] for name in names if item.get(name)), None)


def _main(parts: Any) -> Mapping[str, Any] | None:
    """The part in the role of the main one, else the first."""
    found = _parts(parts)
    return next((part for part in found if part.get("role") == "main"), found[0] if found else None)


def _parts(value: Any) -> Sequence[Mapping[str, Any]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _value(part: Mapping[str, Any] | None) -> str | None:
    return None if part is None else part.get("value")
