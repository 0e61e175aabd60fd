"""A path without a subject in; the party named beside it (before the verb, as owner, as author, as speaker) out."""

from dataclasses import replace

from spacy.tokens import Token

from schemas import Party
from services.monitor.analysis.claims.climb import Path
from services.monitor.analysis.claims.grammar import belongs, children, first_conjunct, is_passive, is_verb, subject
from services.monitor.analysis.claims.naming import seat
from services.monitor.analysis.claims.place import Place, Who, guessed, of
from services.monitor.analysis.claims.resolution import resolve
from services.monitor.analysis.claims.subjects import owners
from services.monitor.analysis.claims.surroundings import acting
from services.monitor.lexicon.acts import Acts

_OWNING = frozenset({"military", "demonym"})
_OFFICES = frozenset({"government", "person", "office", "ministry"})


def fallback(path: Path, place: Place) -> Who | str:
    """No subject: an official before the verb, the instrument's owner, who says it, else the report's context."""
    return (
        _just_before(path, place)
        or _owner(path, place)
        or _between(path, place)
        or _author(path, place)
        or sayer(path, place)
        or _seat(path, place)
        or place.heir
        or surrounding(place)
    )


def _just_before(path: Path, place: Place) -> Who | None:
    """The tree lost the subject: an official named directly before the active verb, or hung on it as an adverb."""
    for op in path.ops:
        token = op.token
        for left in children(token, "npadvmod"):
            mention = place.mention(left) if left.i < token.i and left.left_edge.i == 0 else None
            if mention is not None and acting(mention):
                return of(mention, "explicit", token=left.i)
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


def _owner(path: Path, place: Place) -> Who | None:
    """``US military aid has been suspended``."""
    if place.setting.hit_kind == "inverse":
        return None
    for token in owners(first_conjunct(path.head), path.head):
        mention = place.mention(token) if token.dep_ != "pobj" else None
        if mention is None or place.of_instrument(mention, path.head):
            continue
        if acting(mention) or mention.role in _OWNING:
            return of(mention, "owner")
    return None


def _between(path: Path, place: Place) -> Who | None:
    """``A ceasefire between Israel and Hezbollah came into effect``: they both act."""
    if place.setting.scope != "mutual":
        return None
    for prep in children(first_conjunct(path.head), "prep"):
        first = next(children(prep, "pobj"), None) if prep.lower_ == "between" else None
        mention = place.mention(first) if first is not None else None
        if first is not None and mention is not None and acting(mention):
            who_first = of(mention, "owner", token=first.i)
            return replace(who_first, partners=partners_of(first, who_first, place))
    return None


def _author(path: Path, place: Place) -> Who | None:
    """``The suspension by Canada took effect``, ``the ban, ordered by Canada, takes effect``."""
    acts = place.setting.acts
    top = max((op.token for op in path.ops), key=lambda token: len(list(token.subtree)), default=path.head)
    for token in top.subtree:
        above = token.head
        if token.lower_ != "by" or (is_verb(above) and above not in path.verbs and not _makes(above, acts)):
            continue
        named = next(children(token, "pobj"), None)
        mention = place.mention(named) if named is not None else None
        if named is not None and mention is not None and acting(mention):
            return of(mention, "owner", token=named.i)
    return None


def _makes(verb: Token, acts: Acts) -> bool:
    return belongs(verb, acts.classes["realise"], acts) or belongs(verb, acts.verbs, acts)


def _seat(path: Path, place: Place) -> Who | None:
    """``The ban took effect in Germany``."""
    if "law" not in path.flags and not any(op.kind in {"noun", "hurdle"} for op in path.ops):
        return None
    found = (seat(verb, place) for verb in path.verbs if subject(verb) is not None)
    return next((of(mention, "law") for mention in found if mention is not None), None)


def sayer(path: Path, place: Place) -> Who | None:
    """``Aid was suspended, the Pentagon said``."""
    for verb in path.sayers:
        said_by = subject(verb)
        found = resolve(said_by, place, "speaker") if said_by is not None else ""
        if isinstance(found, Who):
            return replace(found, how="speaker")
    return None


def surrounding(place: Place) -> Who | str:
    """The one party of the sentence for what is done at home, else whom the report speaks of."""
    mentions = place.named.mentions
    if place.setting.scope == "domestic" and len({m.party.id for m in mentions}) == 1:
        return of(mentions[0], "named", strong=mentions[0].role != "capital")
    guess = place.context.body(place.index)
    if guess is not None:
        return guessed(guess, "context")
    own = [m for m in mentions if acting(m) and m.role in _OFFICES]
    return of(own[0], "context", strong=False) if own else "nobody acts"


def partners_of(token: Token, first: Who, place: Place) -> tuple[Party, ...]:
    """ "Saudi Arabia and Pakistan": the others who act with the first."""
    found: dict[str, Party] = {}
    for other in token.conjuncts:
        mention = place.mention(other)
        if mention is not None and acting(mention) and mention.party.id != first.party.id and other.i > token.i:
            found.setdefault(mention.party.id, mention.party)
    return tuple(found.values())
