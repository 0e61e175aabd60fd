"""A saying that tells what people must live with in; the party that decided it out."""

from services.monitor.analysis.claims.beside import sayer, surrounding
from services.monitor.analysis.claims.climb import Path
from services.monitor.analysis.claims.grammar import is_passive, is_verb
from services.monitor.analysis.claims.place import Place, Who, of
from services.monitor.analysis.claims.resolution import resolve
from services.monitor.analysis.claims.subjects import subject_of
from services.monitor.analysis.claims.surroundings import acting


def ruler(path: Path, place: Place) -> Who | str:
    """ "Exporters will need a permit, the ministry said": by whom, who says it, else who is named beside."""
    verb = path.head
    by = subject_of(verb) if is_verb(verb) and is_passive(verb) else None
    if by is not None:
        return resolve(by, place, "explicit")
    return sayer(path, place) or _beside(place) or surrounding(place)


def _beside(place: Place) -> Who | None:
    """The one official party of the sentence, else the first whose government or office is named."""
    own = [m for m in place.named.mentions if acting(m)]
    bodies = [m for m in own if m.role not in {"state", "capital"}]
    for found in (own, bodies):
        if found and len({m.party.id for m in found}) == 1:
            return of(found[0], "named")
    return of(bodies[0], "named", strong=False) if bodies else None
