"""A path, its actor and its place in; less confidence for what a report tells far from its lede, undated, out.

What is new stands in the headline and the lede, or says when: "on Monday". What others did, told further down in a
plain past, is background, and so is what "has" been done.
"""

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Path
from services.monitor.analysis.claims.grammar import children
from services.monitor.analysis.claims.history import told
from services.monitor.analysis.claims.place import Place, Who
from services.monitor.analysis.claims.times import age, past

DEEP = 3
"""Sentences after the headline from which the background begins; from the tune half of the pages."""


def recede(path: Path, actor: Who, action: str, place: Place) -> None:
    """Weaken the path, once."""
    setting = place.setting
    verbs = list(told(path))
    if setting.depth < DEEP or any(age(verb, setting.day) == "new" for verb in verbs):
        return
    acts = [verb for verb in verbs if verb not in path.sayers]
    refusal = action == "rule-out" and actor.how in {"pronoun", "context"}
    undated = (
        "future" not in path.flags
        and any(past(verb) for verb in acts)
        and not place.context.leads(actor.party.id, place.index)
    )
    if refusal or undated or any(map(_perfect, acts)):
        path.weaken("recalled", setting.acts.factors["background"])


def _perfect(verb: Token) -> bool:
    return any(aux.lower_ in {"has", "have"} for aux in children(verb, "aux"))
