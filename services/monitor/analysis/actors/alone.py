"""A name with no title or person beside it in; the phrase it makes (Ukraine, Kyiv, the White House, Texas), out."""

import re

from schemas.claim import Speaker
from services.monitor.analysis.actors.names import NAMING, actor_name
from services.monitor.analysis.actors.readings import Phrase
from services.monitor.analysis.actors.sequence import Sequence

_AT_PLACE = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|over|[Aa]cross|[Aa]round|[Aa]t|throughout|[Ii]nside|within|through|(?:streets?|city|outskirts|suburbs?"
    r"|centre|center|University|Treaty|Bishop|mayor|Mayor) of|capital,?) (?:the )?$"
)
_DATELINE = re.compile(r" \([\w ./]{2,20}\) ?-|,? [A-Z][a-z]{2,8}\.? \d{1,2}\b| -{1,2} ")
"""What follows the city in "WASHINGTON, Feb 4 (Reuters) -" and "Berlin (dpa) -"."""
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
    official = role not in _SILENT and not city and "former" not in line.effects(place, place)
    speaker = Speaker(name=body.names[0], office=body.role, rank=body.rank) if body else None
    name = actor_name(hit, line.vocabulary, place=city)
    return Phrase(hit.start, hit.end, owner, role, official, speaker, [name] if name else [])


def _attached(plain: str, end: int) -> bool:
    """ "US-led"; not "US-Ukraine"."""
    return plain[end : end + 1] == "-" and plain[end + 1 : end + 2].islower()


def _is_place(line: Sequence, place: int) -> bool:
    """ "In Kyiv", "the streets of Kyiv", "the Vienna State Opera", "KYIV (Reuters) -": the city, not the government."""
    hit, plain = line.hits[place], line.plain
    name_goes_on = _GOES_ON.match(plain, hit.end) and line.gap(place) != " "
    dateline = _DATELINE.match(plain, hit.end) and (plain[hit.start : hit.end].isupper() or plain[hit.end + 1] == "(")
    return bool(name_goes_on or dateline or _AT_PLACE.search(plain, max(0, hit.start - 24), hit.start))
