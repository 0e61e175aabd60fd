"""A name with no title or person beside it in; the phrase it makes (Ukraine, Kyiv, the White House, Texas), out."""

import re

from schemas.claim import Speaker
from services.monitor.analysis.names import NAMING, actor_name
from services.monitor.analysis.readings import Phrase
from services.monitor.analysis.sequence import Sequence

_AT_PLACE = re.compile(
    r"\b(?:in|near|outside|over|across|around|at|throughout|inside|within|through|(?:streets?|city|outskirts|suburbs?"
    r"|centre|center|University|Treaty|Bishop|mayor|Mayor) of|capital,?) (?:the )?$"
)
_GOES_ON = re.compile(r" [A-Z][a-z]+\b(?! [A-Z][a-z]+ [A-Z])")
_ROLES = {"state": "state", "capital": "capital", "organisation": "organisation", "region": "place"}
_SILENT = {"demonym", "opposition", "place"}
"""Roles that never commit the party."""


def alone(line: Sequence, place: int, owner: str) -> Phrase:
    """The phrase of hits[place] alone."""
    hit = line.hits[place]
    entry = hit.get(*NAMING)
    body = line.vocabulary.bodies[entry.key] if entry and entry.kind == "body" else None
    kind = entry.kind if entry else "state"
    city = kind == "capital" and _is_place(line, place)
    role = body.role if body else _ROLES.get(kind, "demonym")
    role = "demonym" if _attached(line.plain, hit.end) else role
    official = role not in _SILENT and not city
    speaker = Speaker(name=body.names[0], office=body.role, rank=body.rank) if body else None
    name = actor_name(hit, line.vocabulary, place=city)
    return Phrase(hit.start, hit.end, owner, role, official, speaker, [name] if name else [])


def _attached(plain: str, end: int) -> bool:
    """ "US-led"; not "US-Ukraine"."""
    return plain[end : end + 1] == "-" and plain[end + 1 : end + 2].islower()


def _is_place(line: Sequence, place: int) -> bool:
    """ "In Kyiv", "the streets of Kyiv", "the Vienna State Opera": the city, not the government."""
    hit, plain = line.hits[place], line.plain
    name_goes_on = _GOES_ON.match(plain, hit.end) and line.gap(place) != " "
    return bool(name_goes_on or _AT_PLACE.search(plain, max(0, hit.start - 24), hit.start))
