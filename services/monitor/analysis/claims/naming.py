"""A noun and its place in; the mention that names it ("the Polish cabinet", "Nato members", "President X") out."""

from collections.abc import Iterator

from spacy.tokens import Token

from services.monitor.analysis.actors.gazetteer import ActorMention
from services.monitor.analysis.claims.grammar import children, first_conjunct
from services.monitor.analysis.claims.place import Place, Who, of
from services.monitor.analysis.claims.surroundings import acting
from services.monitor.lexicon.words import fold


def mention_in(token: Token, place: Place) -> ActorMention | None:
    """The mention on the token, else one that modifies it if the token is an official noun."""
    direct = place.mention(token)
    if direct is not None and (acting(direct) or not body(token, place)):
        return direct
    word = fold(token.lower_)
    if direct is None and word in place.setting.acts.subjects["bodies"]:
        return _of_body(token, place)
    if direct is None and not body(token, place):
        return next((m for t in token.children if t.dep_ == "appos" and (m := place.mention(t)) and acting(m)), None)
    return next((m for child in _beside(token) if (m := place.mention(child))), direct)


def _beside(token: Token) -> Iterator[Token]:
    """Words near by that say whose body it is: "<Polish> MPs", "the government of <Japan>"."""
    for child in token.subtree:
        if child.dep_ in {"compound", "amod", "nmod", "poss", "pobj", "appos"} and 0 < abs(child.i - token.i) < 5:
            yield child
    yield from children(first_conjunct(token), "poss")


def body(token: Token, place: Place) -> bool:
    """A word for those who decide: "cabinet", "lawmakers", "ruling party"."""
    return fold(token.lower_) in place.setting.acts.subjects["generics"] or ruling(token)


def _of_body(token: Token, place: Place) -> ActorMention | None:
    """ "The IMF's executive board", "Nato members": a body or the members of somebody named beside them."""
    plain = place.setting.acts.subjects["boards"]
    beside = [c for c in token.children if c.dep_ in {"compound", "amod", "nmod", "poss"} and c.i < token.i]
    named = [m for c in beside if (m := place.mention(c)) is not None]
    odd = [c for c in beside if place.mention(c) is None and c.lower_ not in plain]
    if not named or odd:
        return None
    members = fold(token.lower_) in place.setting.acts.subjects["members"]
    return named[0] if not members or named[0].role == "organisation" else None


def ruling(token: Token) -> bool:
    """The party in power: "the ruling party", "the governing coalition"."""
    return token.lower_ in {"party", "coalition", "alliance"} and any(
        c.lower_ in {"ruling", "governing"} for c in token.children
    )


def title(token: Token, place: Place) -> str | None:
    """ "President Pezeshkian": the name is unknown, the title is not."""
    generics = place.setting.acts.subjects["generics"]
    titled = token.tag_ == "NNP" and any(
        c.dep_ == "compound" and c.lower_ in generics and c.lower_ not in {"leader", "chief", "boss", "director"}
        for c in token.children
    )
    return "" if titled else None


def seat(verb: Token, place: Place) -> ActorMention | None:
    """The state in which it is done: "came into force in <Germany>"."""
    for prep in children(verb, "prep"):
        where = next(children(prep, "pobj"), None) if prep.lower_ in {"in", "across"} else None
        mention = place.mention(where) if where is not None else None
        if mention is not None and mention.role == "state":
            return mention
    return None


def located(token: Token, place: Place) -> ActorMention | None:
    """ "In <Portugal>, where fires burn, the government prolonged": the place that opens the sentence."""
    if place.named.sentence.text[:3] != "In ":
        return None
    first = place.named.sentence.start + 3
    found = next((m for m in place.named.mentions if m.start - first in {0, 4}), None)
    return found if found is not None and found.role in {"state", "capital"} and token.i > 1 else None


def of_mention(mention: ActorMention, how: str, token: Token, place: Place) -> Who | str:
    """Who the mention is as an actor, or why it cannot act: Poland's opposition is not Poland."""
    deputy = fold(token.lower_) in place.setting.acts.subjects["deputies"]
    if (
        acting(mention)
        or mention.role == "legislature"
        or (mention.role == "opposition" and deputy)
        or (mention.role in {"demonym", "military", "state"} and how == "nominal")
    ):
        return of(mention, how, token=token.i)
    if mention.role in {"demonym", "state"} and body(token, place) and not _outside(token, place):
        return of(mention, how, token=token.i)
    if mention.role == "military" or (mention.role == "demonym" and token.tag_ == "NNPS"):
        return of(mention, how, token=token.i)
    return f"not an official: {mention.text}"


def _outside(token: Token, place: Place) -> bool:
    return any(fold(child.lower_) in place.setting.acts.subjects["outsiders"] for child in token.children)
