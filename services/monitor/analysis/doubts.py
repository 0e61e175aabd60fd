"""A path with its actor and outcome in; the reason why it only looks like a change of policy, or "", out."""

from spacy.tokens import Token

from services.monitor.analysis.climb import Path, Setting
from services.monitor.analysis.composition import Outcome
from services.monitor.analysis.figures import figure
from services.monitor.analysis.grammar import children, is_verb, noun_key, subject
from services.monitor.analysis.history import fade, history
from services.monitor.analysis.place import Place, Who
from services.monitor.analysis.subjects import subject_of
from services.monitor.analysis.wishes import wish


def doubt(path: Path, actor: Who, outcome: Outcome, place: Place) -> str:
    """First of the reasons that holds. Weaker ones only lower the path's confidence or its stage."""
    setting = place.setting
    fade(path, setting)
    if any(op.kind == "verb" and is_verb(op.token) and _offers(op.token, setting) for op in path.ops):
        path.flags.add("floated")
    return (
        figure(path, setting)
        or wish(path, setting)
        or history(path, setting)
        or _voted_down(path, actor, outcome, place)
        or _stranger(path, place)
        or _one_person(path, place)
    )


def _offers(verb: Token, setting: Setting) -> bool:
    """ "Threatened", "put forward": not done yet."""
    found = tuple(child.lower_ for child in children(verb, "prt", "advmod"))
    offers = setting.acts.doubts.offers
    return any(offers[base] in ((), found) for base in setting.acts.bases(verb.lower_) if base in offers)


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
    if said_by is None or said_by.tag_ not in {"NNS", "NN"} or place.mention(said_by) or place.open_office(said_by):
        return ""
    return "" if noun_key(said_by) in place.setting.acts.subjects["generics"] else f"not an official: {said_by.text}"


def _one_person(path: Path, place: Place) -> str:
    """The deportation of one named person is a case, not a policy."""
    if place.setting.slug != "deportations":
        return ""
    for prep in children(path.head, "prep"):
        for thing in children(prep, "pobj"):
            if prep.lower_ == "of" and thing.tag_ == "NNP" and place.mention(thing) is None:
                return f"one person: {thing.text}"
    return ""
