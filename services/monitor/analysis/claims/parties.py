"""A path and its sentence's mentions in; the party that acts, with its speaker and how it was found, out."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from services.monitor.analysis.claims.beside import fallback, partners_of
from services.monitor.analysis.claims.climb import Path
from services.monitor.analysis.claims.grammar import is_verb
from services.monitor.analysis.claims.place import Place, Who
from services.monitor.analysis.claims.resolution import resolve
from services.monitor.analysis.claims.rulers import ruler
from services.monitor.analysis.claims.subjects import owners, subject_of


def who(path: Path, place: Place) -> Who | str:
    """The actor, or a word on why there is none."""
    if place.setting.ruled:
        return ruler(path, place)
    for token, how in _candidates(path):
        mention = place.mention(token)
        if how == "nominal" and mention is not None and place.of_instrument(mention, path.head):
            continue
        found = resolve(token, place, how)
        if isinstance(found, Who):
            known = place.heir is not None and place.heir.party.id == found.party.id
            return replace(found, partners=partners_of(token, found, place), strong=found.strong or known)
        if how == "explicit":
            return found
    return fallback(path, place)


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
