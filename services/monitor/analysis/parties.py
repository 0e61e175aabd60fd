"""A path and its sentence's mentions in; the party that acts, with its speaker and how it was found, out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from schemas import Party, Speaker
from services.monitor.analysis.actors import ActorMention
from services.monitor.analysis.climb import Path, Setting
from services.monitor.analysis.grammar import children, coordinated, first_conjunct, is_passive, is_verb, subject
from services.monitor.analysis.surroundings import Context, Named, acting
from services.monitor.lexicon.words import fold


@dataclass(frozen=True, slots=True)
class Who:
    """The actor. how: explicit, nominal, speaker, pronoun, role, context."""

    party: Party
    speaker: Speaker | None
    how: str
    strong: bool = True
    token: int = -1
    partners: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One parsed sentence in its report."""

    named: Named
    index: int
    context: Context
    setting: Setting

    def mention(self, token: Token) -> ActorMention | None:
        """The mention that covers the token."""
        position = self.named.sentence.start + token.idx
        return next((m for m in self.named.mentions if m.start <= position < m.end), None)

    def open_office(self, token: Token) -> str | None:
        """The office of an open mention ("the defence secretary") that covers the token."""
        position = self.named.sentence.start + token.idx
        return next((m.office for m in self.named.opens if m.start <= position < m.end and m.official), None)


def who(path: Path, place: Place) -> Who | str:
    """The actor, or a word on why there is none."""
    for token, how in _candidates(path):
        found = resolve(token, place, how)
        if isinstance(found, Who):
            return replace(found, partners=_partners(token, found, place))
        if how == "explicit":
            return found
    return _fallback(path, place)


def _partners(token: Token, first: Who, place: Place) -> tuple[Party, ...]:
    """"Saudi Arabia and Pakistan": the others who act with the first."""
    found: dict[str, Party] = {}
    for other in token.conjuncts:
        mention = place.mention(other)
        if mention is not None and acting(mention) and mention.party.id != first.party.id and other.i > token.i:
            found.setdefault(mention.party.id, mention.party)
    return tuple(found.values())


def _candidates(path: Path) -> Iterator[tuple[Token, str]]:
    """Tokens that may name the actor, best first."""
    verbs = [op.token for op in path.ops if is_verb(op.token) and op.kind not in {"deny"}]
    first = {"realise", "law", "allow"} if "law" in path.flags else {"allow"}
    verbs.sort(key=lambda token: not any(op.kind in first and op.token == token for op in path.ops))
    if "law" in path.flags:
        verbs.reverse() if len(verbs) > 1 and not any(op.kind in first for op in path.ops) else None
    denial = next((op.token for op in path.ops if op.kind == "deny"), None)
    if denial is not None and (denier := subject_of(denial)) is not None:
        yield denier, "explicit"
        return
    nouns = [op.token for op in path.ops if not is_verb(op.token)] + path.carriers
    if "headline-to" in path.flags and verbs:
        yield path.head.doc[path.head.doc[0].i], "explicit"
    for noun in dict.fromkeys(nouns):
        yield from ((token, "nominal") for token in _owners(noun, path.head))
    if "judged" in path.flags:
        return
    for verb in dict.fromkeys(verbs or (path.verbs if not nouns or "presupposed" not in path.flags else [])):
        token = subject_of(verb)
        if token is not None and token != path.head and not _inside(path.head, token):
            yield token, "explicit"
            return


def _inside(head: Token, token: Token) -> bool:
    """The instrument is inside the subject phrase: a passive, not an actor."""
    return token.is_ancestor(head) or token == head


def _owners(noun: Token, head: Token) -> Iterator[Token]:
    """`the US decision`, `Trump's suspension`, `a halt by Germany`, `retreat of the US`."""
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod"} and not child.is_ancestor(head) and child != head:
            if (
                child.dep_ in {"poss", "amod"}
                or child.text.isupper()
                or "." in child.text
                or not child.text[0].isupper()
            ):
                yield child
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "of"}:
            yield from (obj for obj in children(child, "pobj") if obj != head and not obj.is_ancestor(head))


def subject_of(verb: Token) -> Token | None:
    """Who does it: own subject, agent of a passive, else the subject of the verb above."""
    for _ in range(8):
        if is_passive(verb):
            agent = next(children(verb, "agent"), None)
            return next(children(agent, "pobj"), None) if agent is not None else None
        own = subject(verb)
        if own is not None:
            return _antecedent(own, verb)
        if verb.dep_ == "acl" and verb.tag_ == "VBN":
            agent = next(children(verb, "agent"), None)
            return next(children(agent, "pobj"), None) if agent is not None else None
        above = _above(verb)
        if above is None:
            return None
        if not is_verb(above):
            return above
        verb = above
    return None


def _antecedent(own: Token, verb: Token) -> Token:
    if own.tag_ in {"WDT", "WP"} and verb.dep_ == "relcl":
        return verb.head
    return own


def _above(verb: Token) -> Token | None:
    head = coordinated(verb) if verb.dep_ == "conj" else verb.head
    if verb.dep_ in {"conj", "xcomp", "advcl", "ccomp", "parataxis"} and is_verb(head):
        return head
    if verb.dep_ == "pcomp":
        return head.head if head.head.i != head.i else None
    if verb.dep_ == "acl":
        owner = next(children(head, "poss"), None)
        if owner is not None:
            return owner
        if verb.tag_ == "VBG":
            return head
        return head.head if is_verb(head.head) else None
    if verb.dep_ in {"amod", "compound"} and is_verb(head.head) and head.dep_ == "dobj":
        return head.head
    return None


def resolve(token: Token, place: Place, how: str) -> Who | str:
    """The party a token stands for, or why it stands for none."""
    subjects = place.setting.acts.subjects
    if any(child.lower_ in {"our", "my"} for child in children(token, "poss")):
        return speaker_of(place, token) or "nobody speaks"
    word = fold(token.lower_)
    if token.lower_ in subjects["persons"]:
        return _person(token, place)
    if token.lower_ in subjects["collective"] or token.lower_ in {"its", "their", "our"}:
        return _collective(token, place)
    if token.lower_ in {"his", "her", "my"}:
        return _person(token, place)
    mention = _mention_in(token, place)
    if mention is not None:
        return _of_mention(mention, how, token, place)
    office = place.open_office(token) or _title(token, place)
    if office is not None or word in subjects["generics"] or _ruling(token):
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
        return Who(mention.party, mention.speaker, how, token=token.i)
    if mention.role == "military" or (mention.role == "demonym" and token.tag_ == "NNPS"):
        return Who(mention.party, mention.speaker, how, token=token.i)
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
        return Who(best.party, best.speaker, "pronoun", strong=len({m.party.id for m in before}) == 1)
    guess = place.context.person(place.index)
    if guess is None:
        return "unknown person"
    return Who(guess.mention.party, guess.mention.speaker, "pronoun", strong=guess.strong)


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
    return Who(mention.party, mention.speaker, "pronoun")


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
        return Who(best.party, best.speaker, "pronoun", strong=len({m.party.id for m in before}) == 1)
    guess = place.context.body(place.index, collective=True)
    if guess is None:
        return "unknown body"
    return Who(guess.mention.party, guess.mention.speaker, "pronoun", strong=guess.strong)


def _from_context(place: Place, token: Token, office: str) -> Who | str:
    """ "The government": a party named before in the sentence, else the report's."""
    position = place.named.sentence.start + token.idx
    before = [m for m in place.named.mentions if m.end <= position and acting(m)]
    guess = place.context.body(place.index, office=office)
    if before and (guess is None or not guess.strong):
        return Who(before[0].party, before[0].speaker, "role", strong=len({m.party.id for m in before}) == 1)
    if guess is None:
        after = [
            m
            for m in place.named.mentions
            if m.start > position and acting(m) and m.role in {"person", "office", "ministry"}
        ]
        alone = len({m.party.id for m in place.named.mentions}) == 1
        return Who(after[0].party, after[0].speaker, "role", strong=alone or after[0].role == "person") if after else "unknown government"
    return Who(guess.mention.party, guess.mention.speaker, "role", strong=guess.strong)


def _law(token: Token, place: Place) -> Who | str:
    """A bill, decree or plan acts for whoever makes it."""
    for child in token.subtree:
        mention = place.mention(child)
        if mention is not None and child.dep_ in {"poss", "compound", "amod", "nmod", "pobj"}:
            return Who(mention.party, mention.speaker, "law")
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
    return Who(guess.mention.party, guess.mention.speaker, "pronoun", strong=False) if guess else None


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
    """No subject: the instrument's owner, an official who says it, else the report's context."""
    before = _just_before(path, place)
    if before is not None:
        return before
    if place.setting.hit_kind != "inverse":
        for token in _owners(first_conjunct(path.head), path.head):
            if token.dep_ == "pobj":
                continue
            mention = place.mention(token)
            if mention is not None and (acting(mention) or mention.role in {"military", "demonym"}):
                return Who(mention.party, mention.speaker, "owner")
    for sayer in path.sayers:
        said_by = subject(sayer)
        if said_by is not None:
            found = resolve(said_by, place, "speaker")
            if isinstance(found, Who):
                return Who(found.party, found.speaker, "speaker", found.strong)
    named = {m.party.id for m in place.named.mentions}
    if place.setting.scope == "domestic" and len(named) == 1:
        only = place.named.mentions[0]
        return Who(only.party, only.speaker, "named")
    guess = place.context.body(place.index)
    if guess is None:
        own = [
            m for m in place.named.mentions if acting(m) and m.role in {"government", "person", "office", "ministry"}
        ]
        return Who(own[0].party, own[0].speaker, "context", strong=False) if own else "nobody acts"
    return Who(guess.mention.party, guess.mention.speaker, "context", strong=guess.strong)
