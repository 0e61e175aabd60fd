"""A path, its actor and its place in the report in; how sure the claim is, as a product of named factors, out."""

from collections.abc import Iterator

from services.monitor.analysis.claims.climb import Op, Path, Setting
from services.monitor.analysis.claims.grammar import is_verb, noun_key
from services.monitor.analysis.claims.place import Place, Who


def confidence(path: Path, actor: Who, place: Place, *, inferred: bool) -> tuple[float, tuple[str, ...]]:
    """The product, at most `maximum`, rounded to a hundredth, and the factors as reasons.

    `inferred`: nobody is named to whom it is done, though to somebody it is.
    """
    setting, factors = place.setting, place.setting.acts.factors
    value, reasons = 1.0, []
    for name, factor in (
        *_base(path, setting),
        *_actor(actor, setting),
        *_aside(path, actor, place),
        *((("no target", factors["no_target"]),) if inferred else ()),
        *((g.name, g.factor) for g in path.gates),
    ):
        value *= factor
        reasons.append(f"{name} {factor:.2f}")
    return round(min(value, factors["maximum"]), 2), tuple(reasons)


def _base(path: Path, setting: Setting) -> Iterator[tuple[str, float]]:
    factors = setting.acts.factors
    yield "verb", factors["explicit"]
    verbal = any(is_verb(op.token) for op in path.ops)
    if "presupposed" in path.flags or (not verbal and path.ops):
        yield "nominal", factors["nominal"]
    elif any(op.kind == "predicate" for op in path.ops):
        yield "evaluative", factors["evaluative"]
    elif "future" in path.flags and "progressive" not in path.flags:
        yield "future", factors["future"]
    if "judged" in path.flags:
        yield "judged", factors["judged"]
    if "floated" in path.flags:
        yield "floated", factors["floated"]
    if "pluperfect" in path.flags and not any(op.kind == "deny" for op in path.ops):
        yield "pluperfect", factors["pluperfect"]
    if _habitual(path, setting):
        yield "present", factors["habit"]


def _habitual(path: Path, setting: Setting) -> bool:
    """A plain present in running text tells a habit, unless the verb announces or rules out."""
    if setting.headline or (setting.ruled and path.sayers) or "law" in path.flags or _lawful(path, setting):
        return False
    for op in path.ops:
        if op.kind == "verb" and _intransitive(op, path):
            return False
        if op.kind == "verb" and f"present:{op.token.i}" in path.flags and op.action != "rule-out":
            return not setting.opens and not _announces(op.token.lower_, setting)
    return False


def _intransitive(op: Op, path: Path) -> bool:
    """ "The freeze ends next week": a date, not a habit."""
    return any(
        child.dep_ == "nsubj" and (child == path.head or child.is_ancestor(path.head)) for child in op.token.children
    )


def _lawful(path: Path, setting: Setting) -> bool:
    """What a bill does is told in the present tense."""
    subjects = (t for t in path.head.doc if t.dep_ == "nsubj" and t.head.dep_ == "ROOT")
    return any(noun_key(token) in setting.acts.looks["laws"] for token in subjects)


def _announces(form: str, setting: Setting) -> bool:
    bases = set(setting.acts.bases(form))
    return bool(bases & {"announce", "unveil", "order", "confirm", "declare", "approve", "sign", "agree"})


def _actor(actor: Who, setting: Setting) -> Iterator[tuple[str, float]]:
    factors = setting.acts.factors
    if actor.how in {"named", "context", "pronoun", "role", "law"}:
        weak = not actor.strong or actor.how == "context"
        yield f"actor by {actor.how}", factors["context_weak" if weak else "context_strong"]
    elif actor.speaker is not None and actor.speaker.rank >= 2:
        yield "official", factors["announcer"]


def _aside(path: Path, actor: Who, place: Place) -> Iterator[tuple[str, float]]:
    """Far down the page "it" and "the government" did what is background; what they will do may be news."""
    factors = place.setting.acts.factors
    deep = place.named.sentence.start >= factors["aside_from"]
    if deep and actor.how in {"named", "context", "pronoun", "role"} and "future" not in path.flags:
        yield "aside", factors["aside"]
