"""A path, its actor and mentions in; the parties it is done to out, and whether they were guessed."""

from dataclasses import dataclass

from spacy.tokens import Token

from schemas import Party
from services.monitor.analysis.claims.climb import Path
from services.monitor.analysis.claims.grammar import is_verb, noun_key
from services.monitor.analysis.claims.place import Place, Who

_PREPS = frozenset(
    {
        "to",
        "for",
        "with",
        "against",
        "on",
        "in",
        "from",
        "into",
        "towards",
        "toward",
        "of",
        "at",
        "by",
        "between",
        "and",
    }
)
_MOST = 4


@dataclass(frozen=True, slots=True)
class Targets:
    """Parties, never the actor. `inferred`: from the rest of the sentence, or missing."""

    parties: tuple[Party, ...]
    inferred: bool


def targets(path: Path, actor: Who, place: Place) -> Targets:
    """Named beside the instrument or its verbs, else another party of the sentence."""
    if place.setting.scope == "domestic":
        return Targets((), inferred=False)
    found = _named(path, actor, place)
    if found:
        return Targets(tuple(found[:_MOST]), inferred=False)
    guess = _other(path, actor, place)
    return Targets((guess,) if guess else (), inferred=True)


def _named(path: Path, actor: Who, place: Place) -> list[Party]:
    """The nearest level that names somebody wins: the instrument's phrase, the operators', the clause."""
    bloc = {"nato-membership": "NATO", "eu-membership": "EUU"}.get(place.setting.slug)
    tokens = [path.head, *(op.token for op in path.ops if op.kind not in {"commit", "deny"})]
    for token in dict.fromkeys(tokens):
        found = _below(token, actor, place)
        if found:
            return [p for p in found if p.id != bloc] or found
    return []


def _below(token: Token, actor: Who, place: Place) -> list[Party]:
    found: dict[str, Party] = {}
    for child in _reach(token):
        mention = place.mention(child)
        if mention is None or mention.party.id == actor.party.id or child.i == actor.token:
            continue
        if mention.role in {"person", "office"} and not _direct(child):
            continue
        if child.dep_ == "poss" and noun_key(child.head) in place.setting.acts.doubts.words["helps"]:
            continue
        found.setdefault(mention.party.id, mention.party)
    return list(found.values())


def _reach(token: Token) -> list[Token]:
    """Tokens of the phrase: prepositional and adjectival children, not clauses of their own or subjects."""
    found: list[Token] = []
    stack = [token]
    while stack:
        here = stack.pop()
        for child in here.children:
            if child.dep_ in {"nsubj", "nsubjpass", "agent", "advcl", "relcl", "ccomp", "parataxis", "conj"} and not (
                child.dep_ == "conj" and not is_verb(child)
            ):
                continue
            if child.dep_ == "nsubjpass" or (child.dep_ == "prep" and child.lower_ not in _PREPS):
                continue
            found.append(child)
            stack.append(child)
    return sorted(found, key=lambda t: t.i)


def _direct(token: Token) -> bool:
    return token.dep_ in {"pobj", "dative", "dobj", "conj"}


def _other(path: Path, actor: Who, place: Place) -> Party | None:
    """Another state of the sentence; nobody if none is named there.

    The other party of the report is no guess: of the texts in which it alone decided, it was wrong as often as right.
    """
    for token in path.head.doc:
        mention = place.mention(token)
        if mention is None or mention.party.id == actor.party.id or _aside(token, path) or _scene(token, path):
            continue
        if mention.role in {"state", "capital", "demonym", "organisation"}:
            return mention.party
    return None


def _scene(token: Token, path: Path) -> bool:
    """Where it was said: "the secretary-general said in Vilnius"."""
    return token.dep_ == "pobj" and token.head.lower_ in {"in", "at"} and token.head.head in path.sayers


def _aside(token: Token, path: Path) -> bool:
    """Somebody who does something else: "after Britain set a deadline"."""
    while token.head.i != token.i:
        if token.dep_ in {"nsubj", "nsubjpass", "agent"} and is_verb(token.head) and token.head not in path.verbs:
            return True
        if token.dep_ == "advcl" and token not in path.verbs and any(child.dep_ == "mark" for child in token.children):
            return True
        token = token.head
    return False
