"""A token in; the party it stands for ("the Fed", "he", "the government", "the bill"), or why none, out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.grammar import children, is_verb, subject
from services.monitor.analysis.claims.naming import body, located, mention_in, of_mention, seat, title
from services.monitor.analysis.claims.place import Place, Who, guessed, of
from services.monitor.analysis.claims.subjects import subject_of
from services.monitor.analysis.claims.surroundings import acting
from services.monitor.lexicon.words import fold

_HOMES = frozenset({"state", "capital", "demonym", "place", "opposition", "legislature"})
_OF_STATES = frozenset({"army", "military", "president", "parliament", "cabinet", "king", "queen", "navy"})
"""Armed groups and organisations have none of these."""


def resolve(token: Token, place: Place, how: str) -> Who | str:
    """Pronouns first, then names, then offices and papers that the context must give a country."""
    subjects, word = place.setting.acts.subjects, token.lower_
    if any(child.lower_ in {"our", "my"} for child in children(token, "poss")):
        return speaker_of(place, token) or "nobody speaks"
    if word in subjects["persons"] or word in {"his", "her", "my"}:
        return _person(token, place)
    if word in subjects["collective"] or word in {"its", "their", "our"}:
        return _collective(token, place)
    mention = mention_in(token, place)
    return of_mention(mention, how, token, place) if mention is not None else _unnamed(token, place)


def _unnamed(token: Token, place: Place) -> Who | str:
    """ "The government", "the defence secretary", "President X", "the bill"."""
    subjects, word = place.setting.acts.subjects, fold(token.lower_)
    office = place.open_office(token) or title(token, place)
    known = body(token, place) or _anaphor(token, word, place)
    if any(c.lower_ in subjects["subnational"] for c in children(token, "amod", "compound")):
        return f"below the state: {token.text}"
    if office is not None or known:
        return _from_context(place, token, office or "")
    if word in place.setting.acts.looks["laws"]:
        return _law(token, place)
    return f"not an official: {token.text}"


def _anaphor(token: Token, word: str, place: Place) -> bool:
    """ "The country", "the bloc's members": somebody named before."""
    subjects = place.setting.acts.subjects
    if word in subjects["selves"] and any(c.lower_ in {"the", "this"} for c in children(token, "det")):
        return True
    owned = any(fold(c.lower_) in subjects["clubs"] for c in children(token, "poss", "compound"))
    return owned and word in subjects["members"]


def _person(token: Token, place: Place) -> Who | str:
    """He, she, I: an official person named before in the sentence, else in the sentences before."""
    first_person = token.lower_ in {"i", "my", "we", "our"}
    if first_person:
        return speaker_of(place, token) or "nobody speaks"
    said = _same_subject(token, place)
    if said is not None:
        return said
    position = place.named.sentence.start + token.idx
    before = [m for m in place.named.mentions if m.end <= position and m.role in {"person", "office", "opposition"}]
    if before and not acting(before[-1]):
        return f"not an official: {before[-1].text}"
    before = [m for m in before if acting(m)]
    if before:
        best = before[0]
        return of(best, "pronoun", strong=len({m.party.id for m in before}) == 1)
    guess = place.context.person(place.index)
    if guess is None:
        return "unknown person"
    return guessed(guess, "pronoun")


def _same_subject(token: Token, place: Place) -> Who | None:
    """ "South Africa says it is leaving": the pronoun is the speaker."""
    above = _above(token)
    mention = place.mention(above) if above is not None and above.i < token.i else None
    if mention is None or not acting(mention):
        return None
    person = mention.role in {"person", "office"}
    if (token.lower_ in {"he", "she", "his", "her"}) != person and token.lower_ not in {"they", "their"}:
        return None
    return of(mention, "pronoun")


def _above(token: Token) -> Token | None:
    """The subject of the clause around the pronoun's."""
    verb = token.head
    return subject_of(verb.head) if verb.dep_ in {"ccomp", "conj", "advcl"} and is_verb(verb.head) else None


def _stranger(token: Token, place: Place) -> bool:
    """ "The ATP said it would": the pronoun stands for somebody who is no official."""
    above = _above(token)
    if above is None or above.i > token.i or not above.tag_.startswith("NN"):
        return False
    return isinstance(resolve(above, place, "speaker"), str)


def _collective(token: Token, place: Place) -> Who | str:
    if token.lower_ in {"we", "our"}:
        return speaker_of(place, token) or "nobody speaks"
    said = _same_subject(token, place)
    if said is not None:
        return said
    if _stranger(token, place):
        return "not an official: whom the pronoun stands for"
    position = place.named.sentence.start + token.idx
    before = [m for m in place.named.mentions if m.end <= position and acting(m)]
    if before:
        best = next((m for m in before if m.role != "person"), before[0])
        return of(best, "pronoun", strong=len({m.party.id for m in before}) == 1)
    guess = place.context.body(place.index, collective=True)
    if guess is None:
        return "unknown body"
    return guessed(guess, "pronoun")


def _from_context(place: Place, token: Token, office: str) -> Who | str:
    """ "The government": a party named before in the sentence, else the report's."""
    position = place.named.sentence.start + token.idx
    before = [m for m in place.named.mentions if m.end <= position and acting(m)]
    called = located(token, place) or (None if before else place.context.namesake(place.index, token.lower_))
    if called is not None:
        return of(called, "role")
    guess = place.context.body(place.index, office=office)
    if guess is not None and guess.mention.party.country is None and fold(token.lower_) in _OF_STATES:
        guess = None
    if before and (guess is None or not guess.strong):
        return of(before[0], "role", strong=len({m.party.id for m in before}) == 1)
    if guess is None:
        after = [
            m
            for m in place.named.mentions
            if m.start > position and acting(m) and m.role in {"person", "office", "ministry"}
        ]
        alone = len({m.party.id for m in place.named.mentions}) == 1
        strong = alone or (bool(after) and after[0].role == "person")
        return of(after[0], "role", strong=strong) if after else _home(place, token)
    return guessed(guess, "role")


def _home(place: Place, token: Token) -> Who | str:
    """The one state whose people or places are named: "Poland's ruling party leader said the government"."""
    position = place.named.sentence.start + token.idx
    near = [m for m in place.named.mentions if m.end <= position and m.role in _HOMES]
    before = near or [m for row in place.context.around(place.index) for m in row if m.role in _HOMES]
    if not before or len({m.party.id for m in before}) > 1:
        return "unknown government"
    return of(before[0], "role")


def _law(token: Token, place: Place) -> Who | str:
    """A bill, decree or plan acts for whoever makes it."""
    for child in token.subtree:
        mention = place.mention(child)
        if mention is not None and child.dep_ in {"poss", "compound", "amod", "nmod", "pobj"}:
            return of(mention, "law")
    where = seat(token.head, place) if is_verb(token.head) else None
    if where is not None:
        return of(where, "law")
    guess = place.context.body(place.index)
    if guess is None:
        return "unknown lawmaker"
    return Who(guess.mention.party, None, "law", strong=guess.strong)


def speaker_of(place: Place, token: Token) -> Who | None:
    """Who says the sentence: the subject of its verb of saying, else the person named before."""
    acts = place.setting.acts
    for other in token.doc:
        if is_verb(other) and set(acts.bases(other.lower_)) & set(acts.classes["say"]):
            said_by = subject(other)
            if said_by is not None and said_by != token and said_by.lower_ not in {"i", "we"}:
                found = resolve(said_by, place, "speaker")
                return found if isinstance(found, Who) else None
    guess = place.context.person(place.index)
    return of(guess.mention, "pronoun", strong=False) if guess else None
