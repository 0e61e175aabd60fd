"""A token in; the party it stands for ("the Fed", "he", "the government", "the bill"), or why none, out."""

from spacy.tokens import Token

from services.monitor.analysis.actors.gazetteer import ActorMention
from services.monitor.analysis.claims.grammar import children, is_verb, subject
from services.monitor.analysis.claims.place import Place, Who, guessed, of
from services.monitor.analysis.claims.surroundings import acting
from services.monitor.lexicon.words import fold

_HOMES = frozenset({"state", "capital", "demonym", "place", "opposition", "legislature"})


def resolve(token: Token, place: Place, how: str) -> Who | str:
    """Pronouns first, then names, then offices and papers that the context must give a country."""
    subjects, word = place.setting.acts.subjects, token.lower_
    if any(child.lower_ in {"our", "my"} for child in children(token, "poss")):
        return speaker_of(place, token) or "nobody speaks"
    if word in subjects["persons"] or word in {"his", "her", "my"}:
        return _person(token, place)
    if word in subjects["collective"] or word in {"its", "their", "our"}:
        return _collective(token, place)
    mention = _mention_in(token, place)
    return _of_mention(mention, how, token, place) if mention is not None else _unnamed(token, place)


def _unnamed(token: Token, place: Place) -> Who | str:
    """ "The government", "the defence secretary", "President X", "the bill"."""
    word = fold(token.lower_)
    office = place.open_office(token) or _title(token, place)
    if office is not None or word in place.setting.acts.subjects["generics"] or _ruling(token):
        return _from_context(place, token, office or "")
    if word in place.setting.acts.looks["laws"]:
        return _law(token, place)
    return f"not an official: {token.text}"


def _of_body(token: Token, place: Place) -> ActorMention | None:
    """ "The IMF's executive board", "Nato members": a body or the members of somebody named beside them."""
    plain = place.setting.acts.subjects["boards"]
    beside = [c for c in token.children if c.dep_ in {"compound", "amod", "nmod", "poss"} and c.i < token.i]
    named = [m for c in beside if (m := place.mention(c)) is not None]
    odd = [c for c in beside if place.mention(c) is None and c.lower_ not in plain]
    if not named or odd:
        return None
    members = fold(token.lower_) in place.setting.acts.looks["members"]
    return named[0] if not members or named[0].role == "organisation" else None


def _ruling(token: Token) -> bool:
    return token.lower_ in {"party", "coalition", "alliance"} and any(
        c.lower_ in {"ruling", "governing"} for c in token.children
    )


def _title(token: Token, place: Place) -> str | None:
    """ "President Pezeshkian": the name is unknown, the title is not."""
    generics = place.setting.acts.subjects["generics"]
    titled = token.tag_ == "NNP" and any(
        c.dep_ == "compound" and c.lower_ in generics and c.lower_ not in {"leader", "chief", "boss", "director"}
        for c in token.children
    )
    return "" if titled else None


def _mention_in(token: Token, place: Place) -> ActorMention | None:
    """The mention on the token, else one that modifies it if the token is an official noun."""
    direct = place.mention(token)
    if direct is not None:
        return direct
    word = fold(token.lower_)
    if word in place.setting.acts.subjects["bodies"]:
        return _of_body(token, place)
    if word not in place.setting.acts.subjects["generics"] and not _ruling(token):
        return next((m for t in token.children if t.dep_ == "appos" and (m := place.mention(t)) and acting(m)), None)
    for child in token.subtree:
        if (
            child.dep_ in {"compound", "amod", "nmod", "poss", "pobj", "appos"}
            and abs(child.i - token.i) < 5
            and (m := place.mention(child))
        ):
            return m
    return None


def _of_mention(mention: ActorMention, how: str, token: Token, place: Place) -> Who | str:
    deputy = fold(token.lower_) in place.setting.acts.subjects["deputies"]
    if (
        acting(mention)
        or mention.role == "legislature"
        or (mention.role == "opposition" and deputy)
        or (mention.role in {"demonym", "military", "state"} and how == "nominal")
    ):
        return of(mention, how, token=token.i)
    if mention.role == "military" or (mention.role == "demonym" and token.tag_ == "NNPS"):
        return of(mention, how, token=token.i)
    return f"not an official: {mention.text}"


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
    verb = token.head
    if verb.dep_ not in {"ccomp", "conj", "advcl"} or not is_verb(verb.head):
        return None
    above = subject(verb.head)
    mention = place.mention(above) if above is not None and above.i < token.i else None
    if mention is None or not acting(mention):
        return None
    person = mention.role in {"person", "office"}
    if (token.lower_ in {"he", "she", "his", "her"}) != person and token.lower_ not in {"they", "their"}:
        return None
    return of(mention, "pronoun")


def _collective(token: Token, place: Place) -> Who | str:
    if token.lower_ in {"we", "our"}:
        return speaker_of(place, token) or "nobody speaks"
    said = _same_subject(token, place)
    if said is not None:
        return said
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
    guess = place.context.body(place.index, office=office)
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
