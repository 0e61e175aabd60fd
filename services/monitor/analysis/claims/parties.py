"""A path and its sentence's mentions in; the party that acts, with its speaker and how it was found, out."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from schemas import Party
from services.monitor.analysis.claims.climb import Path
from services.monitor.analysis.claims.grammar import children, first_conjunct, is_passive, is_verb, subject
from services.monitor.analysis.claims.place import Place, Who, guessed, of
from services.monitor.analysis.claims.resolution import resolve
from services.monitor.analysis.claims.subjects import owners, subject_of
from services.monitor.analysis.claims.surroundings import acting

_OWNING = frozenset({"military", "demonym"})
_OFFICES = frozenset({"government", "person", "office", "ministry"})


def who(path: Path, place: Place) -> Who | str:
    """The actor, or a word on why there is none."""
    if place.setting.ruled:
        return _ruler(path, place)
    for token, how in _candidates(path):
        found = resolve(token, place, how)
        if isinstance(found, Who):
            return replace(found, partners=_partners(token, found, place))
        if how == "explicit":
            return found
    return _fallback(path, place)


def _ruler(path: Path, place: Place) -> Who | str:
    """ "Exporters will need a permit, the ministry said": by whom, who says it, else who is named beside."""
    verb = path.head
    by = subject_of(verb) if is_verb(verb) and is_passive(verb) else None
    if by is not None:
        return resolve(by, place, "explicit")
    return _sayer(path, place) or _beside(place) or _surrounding(place)


def _beside(place: Place) -> Who | None:
    """The one official party of the sentence, else the first whose government or office is named."""
    own = [m for m in place.named.mentions if acting(m)]
    bodies = [m for m in own if m.role not in {"state", "capital"}]
    for found in (own, bodies):
        if found and len({m.party.id for m in found}) == 1:
            return of(found[0], "named")
    return of(bodies[0], "named", strong=False) if bodies else None


def _partners(token: Token, first: Who, place: Place) -> tuple[Party, ...]:
    """ "Saudi Arabia and Pakistan": the others who act with the first."""
    found: dict[str, Party] = {}
    for other in token.conjuncts:
        mention = place.mention(other)
        if mention is not None and acting(mention) and mention.party.id != first.party.id and other.i > token.i:
            found.setdefault(mention.party.id, mention.party)
    return tuple(found.values())


def _candidates(path: Path) -> Iterator[tuple[Token, str]]:
    """Tokens that may name the actor, best first."""
    denier = next((subject_of(op.token) for op in path.ops if op.kind == "deny"), None)
    if denier is not None:
        yield denier, "explicit"
        return
    verbs = _verbs(path)
    nouns = [op.token for op in path.ops if not is_verb(op.token)] + path.carriers
    if "headline-to" in path.flags and verbs:
        yield path.head.doc[0], "explicit"
    for noun in dict.fromkeys(nouns):
        yield from ((token, "nominal") for token in owners(noun, path.head))
    if "judged" in path.flags:
        return
    others = path.verbs if not nouns or "presupposed" not in path.flags else []
    for verb in dict.fromkeys(verbs or others):
        token = subject_of(verb)
        if token is not None and not _inside(path.head, token):
            yield token, "explicit"
            return


def _verbs(path: Path) -> list[Token]:
    """Verbs that act: who allows it or passes the law comes before who uses it."""
    first = {"realise", "law", "allow"} if "law" in path.flags else {"allow"}
    acting_ops = [op for op in path.ops if is_verb(op.token)]
    if "law" in path.flags and not any(op.kind in first for op in path.ops):
        acting_ops.reverse()
    return [op.token for op in sorted(acting_ops, key=lambda op: op.kind not in first)]


def _inside(head: Token, token: Token) -> bool:
    """The instrument is inside the subject phrase: a passive, not an actor."""
    return token.is_ancestor(head) or token == head


def _just_before(path: Path, place: Place) -> Who | None:
    """The tree lost the subject: an official named directly before the active verb."""
    for op in path.ops:
        token = op.token
        if (
            op.kind not in {"verb", "realise"}
            or not is_verb(token)
            or is_passive(token)
            or token.tag_ == "VBN"
            or not 0 < token.i < path.head.i
        ):
            continue
        mention = place.mention(token.nbor(-1))
        if mention is not None and acting(mention):
            return Who(mention.party, mention.speaker, "explicit", token=token.i - 1)
    return None


def _fallback(path: Path, place: Place) -> Who | str:
    """No subject: an official before the verb, the instrument's owner, who says it, else the report's context."""
    return (
        _just_before(path, place)
        or _owner(path, place)
        or _between(path, place)
        or _sayer(path, place)
        or _surrounding(place)
    )


def _owner(path: Path, place: Place) -> Who | None:
    """``US military aid has been suspended``."""
    if place.setting.hit_kind == "inverse":
        return None
    for token in owners(first_conjunct(path.head), path.head):
        mention = place.mention(token) if token.dep_ != "pobj" else None
        if mention is not None and (acting(mention) or mention.role in _OWNING):
            return of(mention, "owner")
    return None


def _between(path: Path, place: Place) -> Who | None:
    """``A ceasefire between Israel and Hezbollah came into effect``: they both act."""
    for prep in children(first_conjunct(path.head), "prep"):
        first = next(children(prep, "pobj"), None) if prep.lower_ == "between" else None
        mention = place.mention(first) if first is not None else None
        if first is not None and mention is not None and acting(mention):
            who_first = of(mention, "owner", token=first.i)
            return replace(who_first, partners=_partners(first, who_first, place))
    return None


def _sayer(path: Path, place: Place) -> Who | None:
    """``Aid was suspended, the Pentagon said``."""
    for sayer in path.sayers:
        said_by = subject(sayer)
        found = resolve(said_by, place, "speaker") if said_by is not None else ""
        if isinstance(found, Who):
            return replace(found, how="speaker")
    return None


def _surrounding(place: Place) -> Who | str:
    mentions = place.named.mentions
    if place.setting.scope == "domestic" and len({m.party.id for m in mentions}) == 1:
        return of(mentions[0], "named")
    guess = place.context.body(place.index)
    if guess is not None:
        return guessed(guess, "context")
    own = [m for m in mentions if acting(m) and m.role in _OFFICES]
    return of(own[0], "context", strong=False) if own else "nobody acts"
