"""A path with its actor and outcome in; the reason why it only looks like a change of policy, or "", out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.background import recede
from services.monitor.analysis.claims.climb import Path, Setting
from services.monitor.analysis.claims.figures import figure
from services.monitor.analysis.claims.grammar import children, is_verb, noun_key, subject
from services.monitor.analysis.claims.hearsay import hearsay
from services.monitor.analysis.claims.history import aged, fade, history
from services.monitor.analysis.claims.outcomes import Outcome
from services.monitor.analysis.claims.place import Place, Who
from services.monitor.analysis.claims.subjects import subject_of
from services.monitor.analysis.claims.wishes import wish


def doubt(path: Path, actor: Who, outcome: Outcome, place: Place) -> str:
    """First of the reasons that holds. Weaker ones only lower the path's confidence or its stage."""
    setting = place.setting
    fade(path, setting)
    recede(path, actor, outcome.action, place)
    if any(op.kind == "verb" and is_verb(op.token) and _offers(op.token, setting) for op in path.ops):
        path.flags.add("floated")
    if _tabled(path, setting):
        path.flags.add("floated")
    return (
        figure(path, setting)
        or wish(path, setting)
        or history(path, setting)
        or aged(path, setting)
        or _voted_down(path, actor, outcome, place)
        or _stranger(path, place)
        or _outsider(path, actor, setting)
        or hearsay(path, place)
        or _one_person(path, place)
    )


def _offers(verb: Token, setting: Setting) -> bool:
    """ "Threatened", "put forward": not done yet."""
    found = {child.lower_ for child in children(verb, "prt", "advmod")}
    offers = setting.acts.doubts.offers
    return any(found.issuperset(offers[base]) for base in setting.acts.bases(verb.lower_) if base in offers)


def _tabled(path: Path, setting: Setting) -> bool:
    """ "Introduced a bill", "a motion was tabled": not passed yet."""
    words = setting.acts.doubts.words
    papers = (noun for noun in path.carriers if noun_key(noun) in words["drafts"])
    verbs = (noun.head for noun in papers if noun.dep_ in {"dobj", "nsubjpass"})
    return any(not words["tabling"].isdisjoint(setting.acts.bases(verb.lower_)) for verb in verbs)


def _voted_down(path: Path, actor: Who, outcome: Outcome, place: Place) -> str:
    """A parliament that defeats a motion leaves things as they are."""
    if outcome.action != "rule-out" or actor.token < 0:
        return ""
    token = path.head.doc[actor.token]
    mention = place.mention(token)
    lawmakers = mention is not None and mention.role == "legislature"
    return "motion defeated" if lawmakers or token.lower_ in place.setting.acts.doubts.words["lawmakers"] else ""


def _stranger(path: Path, place: Place) -> str:
    """ "Followers of the cleric said they will": the pronoun is somebody without office."""
    verb = next((op.token for op in path.ops if is_verb(op.token)), None)
    own = subject_of(verb) if verb is not None else None
    if own is None or own.lower_ not in {"they", "he", "she"} or own.head.dep_ != "ccomp":
        return ""
    said_by = subject(own.head.head)
    if (
        said_by is None
        or said_by.tag_ not in {"NNS", "NN", "NNPS"}
        or place.mention(said_by)
        or place.open_office(said_by)
    ):
        return ""
    return "" if noun_key(said_by) in place.setting.acts.subjects["generics"] else f"not an official: {said_by.text}"


def _one_person(path: Path, place: Place) -> str:
    """The deportation of one person is a case, not a policy."""
    if place.setting.slug != "deportations":
        return ""
    for prep in children(path.head, "prep"):
        for thing in children(prep, "pobj"):
            if prep.lower_ == "of" and thing.tag_ in {"NN", "NNP"} and place.mention(thing) is None:
                return f"one person: {thing.text}"
    return ""


def _outsider(path: Path, actor: Who, setting: Setting) -> str:
    """ "Analysts said the bank would cut", "a poll found", "most Germans": nobody who decides says so."""
    words = setting.acts.doubts.words
    for said_by in filter(None, map(subject, path.sayers)):
        key = noun_key(said_by)
        if said_by.lower_ == "you" or key in words["surveys"] or (key in words["guessers"] and "future" in path.flags):
            return f"a guess: {said_by.text}"
    named = path.head.doc[actor.token] if actor.token >= 0 else None
    some = next((c for c in named.children if c.lower_ in words["shares"]), None) if named is not None else None
    return f"only {some.text}" if some is not None else ""
