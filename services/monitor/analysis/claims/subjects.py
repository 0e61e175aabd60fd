"""A verb or noun in; the token that names who does it (subject, agent, owner) out."""

from collections.abc import Iterator

from spacy.tokens import Token

from services.monitor.analysis.claims.grammar import children, coordinated, is_passive, is_verb, subject

_STEPS = 8
_OWNERS = frozenset({"poss", "compound", "nmod", "amod"})
_SHARED = frozenset({"conj", "xcomp", "advcl", "ccomp", "parataxis"})


def subject_of(verb: Token) -> Token | None:
    """Own subject, agent of a passive, else the subject of the verb above."""
    for _ in range(_STEPS):
        if is_passive(verb) or (verb.dep_ == "acl" and verb.tag_ == "VBN" and subject(verb) is None):
            return _agent(verb)
        own = subject(verb)
        if own is not None:
            return verb.head if own.tag_ in {"WDT", "WP"} and verb.dep_ == "relcl" else own
        above = _above(verb)
        if above is None or not is_verb(above):
            return above
        verb = above
    return None


def _agent(verb: Token) -> Token | None:
    for agent in children(verb, "agent"):
        for doer in children(agent, "pobj"):
            if not any(child.dep_ == "nummod" for child in doer.children) and doer.tag_ != "CD":
                return doer  # "prolonged by three months" names no doer
    return None


def _above(verb: Token) -> Token | None:
    head = coordinated(verb) if verb.dep_ == "conj" else verb.head
    if verb.dep_ in _SHARED and is_verb(head):
        return head
    if verb.dep_ == "pcomp":
        return head.head if head.head.i != head.i else None
    if verb.dep_ in {"amod", "compound"} and head.dep_ == "dobj" and is_verb(head.head):
        return head.head  # "the US denied suspending aid": the gerund read as an adjective
    if verb.dep_ in {"acl", "relcl"} and head.dep_ == "attr" and is_verb(head.head):
        return head.head  # "became the first country to ban"
    return _noun_owner(verb, head) if verb.dep_ == "acl" else None


def _noun_owner(verb: Token, noun: Token) -> Token | None:
    """``Trump's decision to cut``, ``a law cutting``, ``took the decision to cut``."""
    owner = next(children(noun, "poss"), None)
    if owner is not None:
        return owner
    if verb.tag_ == "VBG":
        return noun
    return noun.head if is_verb(noun.head) else None


def owners(noun: Token, head: Token) -> Iterator[Token]:
    """``The US decision``, ``Trump's suspension``, ``a halt by Germany``, ``retreat of the US``.

    A country's bare name before a noun ("Ukraine aid") is whom it is for, unless it has no adjective ("US aid").
    """
    for child in noun.children:
        if child.dep_ in _OWNERS and not child.is_ancestor(head) and child != head and _adjectival(child):
            yield child
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "of"}:
            yield from (obj for obj in children(child, "pobj") if obj != head and not obj.is_ancestor(head))


def _adjectival(child: Token) -> bool:
    if child.i + 1 < len(child.doc) and child.nbor(1).text == "-":
        return False  # "U.N.-brokered"
    short = child.text.isupper() or "." in child.text
    return child.dep_ in {"poss", "amod"} or short or not child.text[0].isupper()
