"""A parsed sentence's tokens in; small grammatical facts about them (is it a verb, its subject, its particles) out."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from services.monitor.lexicon.acts import Act, Acts
from services.monitor.lexicon.words import fold

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "cannot"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_SPAN = 8


def is_verb(token: Token) -> bool:
    """By its tag, or by a place in the tree that only verbs take."""
    if token.tag_.startswith("VB") or token.tag_ == "MD":
        return True
    return token.tag_.startswith("N") and any(
        child.dep_ in {"dobj", "prt", "aux", "auxpass"} for child in token.children
    )


def is_noun(token: Token) -> bool:
    """Nouns, names, pronouns and numbers."""
    return token.tag_ in {"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "$", "WP", "DT", "WDT", "FW"}


def belongs(token: Token, table: Mapping[str, tuple[Act, ...]], acts: Acts) -> bool:
    """Some entry of the table stands here."""
    return next(acts_of(token, table, acts), None) is not None


def noun_key(noun: Token) -> str:
    """The noun folded to the singular; a hyphenated compound in one piece ("cut-off")."""
    if noun.i >= 2 and noun.nbor(-1).text == "-":
        joined = f"{noun.nbor(-2).lower_}-{noun.lower_}"
        if noun.nbor(-2).head == noun or noun.tag_ in {"RP", "IN", "RB"} or noun.nbor(-2).dep_ != "compound":
            return fold(joined)
    return fold(noun.lower_)


def children(token: Token, *deps: str) -> Iterator[Token]:
    """Children that stand in one of these relations."""
    return (child for child in token.children if child.dep_ in deps)


def subject(verb: Token) -> Token | None:
    """The verb's own subject, if it has one."""
    return next(children(verb, "nsubj", "nsubjpass"), None)


def is_passive(verb: Token) -> bool:
    """Has a passive subject or auxiliary."""
    return any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)


def negated(verb: Token) -> bool:
    """`not`, `never` or `no longer` on the verb itself."""
    return any(
        child.dep_ == "neg" or child.lower_ in _NEGATIONS
        for child in verb.children
        if child.dep_ in {"neg", "advmod", "preconj"}
    )


def no_longer(verb: Token) -> bool:
    """`no longer` or `not ... any more` beside the verb."""
    return any(child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children) for child in verb.children)


def auxiliaries(verb: Token) -> list[Token]:
    """Auxiliaries in order; `to` is one of them."""
    return list(children(verb, "aux", "auxpass"))


def acts_of(token: Token, table: Mapping[str, tuple[Act, ...]], acts: Acts) -> Iterator[Act]:
    """Entries of a table whose verb and particles stand here, longest particle first."""
    for base in acts.bases(token.lower_):
        if base == token.lower_ and token.tag_ in {"VBD", "VBN"} and base not in acts.unchanging:
            continue  # "found" is not the past of "found"
        for act in table.get(base, ()):
            if not act.rest or _particles(token, act.rest):
                yield act


def _particles(token: Token, rest: tuple[str, ...]) -> bool:
    if len(rest) == 1:
        word = rest[0]
        near = token.i + 1 < len(token.doc) and token.nbor(1).lower_ == word
        return near or any(
            c.lower_ == word and c.dep_ in {"prt", "advmod", "prep"} and 0 < c.i - token.i < _SPAN
            for c in token.children
        )
    close = range(token.i + 1, token.i + _SPAN)
    far = (child.i for child in token.children if child.dep_ in {"prep", "prt", "advmod"} and child.i > token.i)
    return any(_reads(token.doc, start, rest) for start in (*close, *far))


def _reads(doc: Doc, start: int, rest: tuple[str, ...]) -> bool:
    return tuple(token.lower_ for token in doc[start : start + len(rest)]) == rest


def prep_chain(prep: Token) -> tuple[list[str], Token]:
    """`out of`, `away from`: the prepositions upwards and what they hang on."""
    names = [prep.lower_]
    while prep.head.dep_ == "prep" and prep.head.tag_ in {"IN", "RP", "TO"} and prep.head.i != prep.i:
        prep = prep.head
        names.append(prep.lower_)
    return names, prep.head


def clause(verb: Token) -> tuple[int, int]:
    """Token range [first, last] of the verb's subtree."""
    return verb.left_edge.i, verb.right_edge.i


def first_conjunct(token: Token) -> Token:
    """The first of coordinated words: the one whose relation they share."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def coordinated(verb: Token) -> Token:
    """The verb that a coordinated verb belongs with: a finite one is no partner of an infinitive before it."""
    head = verb.head
    while verb.tag_ in {"VBD", "VBZ"} and any(aux.tag_ == "TO" for aux in auxiliaries(head)) and head.head.i != head.i:
        above = head.head
        while not is_verb(above) and above.head.i != above.i:
            above = above.head
        head = above
    return head


def phrase(token: Token) -> range:
    """Tokens of a noun phrase without what is said of it in clauses: left edge to the head, and its `of` phrases."""
    last = token.i
    for child in token.children:
        if (
            child.i > token.i
            and child.dep_ in {"prep", "appos", "compound", "poss", "case", "nmod", "flat"}
            and child.lower_ in {"of", "'s", "’s"}
        ):
            last = max(last, child.right_edge.i)
    return range(token.left_edge.i, last + 1)


def own_subjects(verb: Token) -> Iterator[Token]:
    """Every subject child, expletives included."""
    return (child for child in verb.children if child.dep_ in _SUBJECTS)
