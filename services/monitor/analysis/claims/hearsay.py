"""A path and its place in; whether it is the word of somebody without office, quoted, as a reason, out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Path
from services.monitor.analysis.claims.grammar import belongs, children, noun_key, subject
from services.monitor.analysis.claims.place import Place

_OPENING, _CLOSING = "“‘", "”’"


def hearsay(path: Path, place: Place) -> str:
    """ "'They cut our pensions,' says Ann Example, one of the organisers": the reason, or ""."""
    verb = place.setting.acts.classes["say"]
    for token in path.head.doc:
        if token.dep_ in {"ROOT", "ccomp", "parataxis"} and belongs(token, verb, place.setting.acts):
            said_by = subject(token)
            if said_by is not None and _quoted(path.head, token) and _stranger(said_by, place):
                return f"hearsay: {said_by.text}"
    return ""


def _quoted(head: Token, sayer: Token) -> bool:
    """The instrument stands inside quotation marks, the verb of saying outside."""
    return _inside(head) and not _inside(sayer)


def _inside(token: Token) -> bool:
    before = token.doc[: token.i].text
    straight = before.count('"') % 2 == 1
    curly = max(before.rfind(mark) for mark in _OPENING) > max(before.rfind(mark) for mark in _CLOSING)
    return straight or curly or (token.doc.text[:1] not in {'"', "“", "‘"} and _unopened(token))


def _unopened(token: Token) -> bool:
    """The quotation began in a sentence before."""
    after = token.doc[token.i :].text
    closes = after.find("”")
    return closes >= 0 and not 0 <= after.find("“") < closes


def _stranger(said_by: Token, place: Place) -> bool:
    """A name or a noun that stands for no office: nobody whom the report introduced as an official."""
    if said_by.tag_ not in {"NN", "NNS", "NNP", "NNPS"} or place.mention(said_by) or place.open_office(said_by):
        return False
    known = place.setting.acts.subjects
    beside = [said_by, *children(said_by, "compound", "appos", "nmod", "amod", "poss", "conj")]
    words = {noun_key(token) for token in beside}
    officials = any(place.mention(token) or place.open_office(token) for token in beside)
    return not officials and words.isdisjoint(known["generics"]) and not place.context.introduced(said_by.text)
