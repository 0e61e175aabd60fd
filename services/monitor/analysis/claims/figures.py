"""A path in; whether it tells a figure, a loss or another thing of the same name and no decision, as a reason, out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Path, Setting
from services.monitor.analysis.claims.grammar import is_passive, is_verb, noun_key, subject

_NEAR = 40


def figure(path: Path, setting: Setting) -> str:
    """The reason, or ""."""
    return _muted(path, setting) or _moved(path, setting) or _counted(path, setting) or _lost(path, setting)


def _muted(path: Path, setting: Setting) -> str:
    """Words of the sentence that make the instrument another thing, or the lack of words that make it one."""
    if setting.said is not None:
        return ""
    doubts, text = setting.acts.doubts, path.head.doc.text.lower()
    word = next((phrase for phrase in doubts.mute.get(setting.slug, ()) if phrase in text), "")
    if word:
        return f"another thing: {word}"
    needed = doubts.need.get(setting.slug, ())
    return "" if not needed or any(phrase in text for phrase in needed) else "another thing"


def _moved(path: Path, setting: Setting) -> str:
    """ "Imports fell 12%", "the number of applications dropped"."""
    words = setting.acts.doubts.words
    if any(op.kind in {"hurdle", "ceiling"} for op in path.ops):
        return ""  # a fee does not rise by itself
    for op in path.ops:
        if op.kind != "verb" or not is_verb(op.token) or is_passive(op.token) or not _is(op.token, "moving", setting):
            continue
        own = subject(op.token)
        if own is None or not (own == path.head or own.is_ancestor(path.head)):
            continue
        compared = " than " in op.token.doc[op.token.i :].text[:_NEAR]
        if setting.slug in words["flows"] or noun_key(own) in words["counts"] or compared:
            return f"a figure: {op.token.text}"
    return ""


def _counted(path: Path, setting: Setting) -> str:
    """ "The number of Americans seeking benefits"."""
    counts = setting.acts.doubts.words["counts"]
    for verb in path.verbs:
        if verb.dep_ in {"acl", "relcl"} and {noun_key(verb.head), noun_key(verb.head.head.head)} & counts:
            return f"a figure: {verb.head.text}"
    return ""


def _lost(path: Path, setting: Setting) -> str:
    """ "Israel has lost seven soldiers": nobody withdrew them."""
    verbs = [op.token for op in path.ops if is_verb(op.token)]
    if any("lose" in setting.acts.bases(verb.lower_) for verb in verbs):
        return "a loss"
    if setting.kind != "force" and setting.hit_kind != "items":
        return ""
    lost = next((verb for verb in verbs if _is(verb, "losses", setting)), None)
    return f"a loss: {lost.text}" if lost is not None else ""


def _is(verb: Token, name: str, setting: Setting) -> bool:
    return not setting.acts.doubts.words[name].isdisjoint(setting.acts.bases(verb.lower_))
