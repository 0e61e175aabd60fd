"""A verb in an adverbial or under a preposition in; what its clause (a purpose, "by cutting") is to the path out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.around import around
from services.monitor.analysis.claims.climb import Op, Path, Setting
from services.monitor.analysis.claims.governors import INFINITIVE, govern, keeps_from, undoes
from services.monitor.analysis.claims.grammar import belongs, children, is_verb, noun_key, prep_chain, subject
from services.monitor.analysis.claims.modality import past_phrase
from services.monitor.analysis.claims.nounclauses import noun_clause, paper, pioneer
from services.monitor.lexicon.words import fold

_HOW = frozenset({"by", "in", "while", "after", "before", "on"})
_UNREAL_PREPS = frozenset({"without", "instead", "rather", "against", "from", "despite", "for", "than"})


def advcl(verb: Token, path: Path, setting: Setting) -> Token | None:
    """A clause of time or purpose."""
    mark = next(children(verb, "mark", "advmod"), None)
    factors, moving = setting.acts.factors, setting.acts.doubts.words["moving"]  # "the peso fell after"
    if any(aux.tag_ == "TO" for aux in children(verb, "aux")):
        return _purpose(verb, path, setting)
    if verb.tag_ == "VBG" and subject(verb) is None:
        if mark is None and is_verb(verb.head) and _adjoins(verb):
            return govern(verb.head, path, setting, INFINITIVE)
        around(verb, path, setting)
    if mark is not None and mark.lower_ == "when" and past_phrase(verb, setting):
        path.weaken("past", factors["past"], mark)
    if (
        mark is not None
        and (mark.dep_ == "mark" or mark.lower_ == "when")
        and mark.lower_ in setting.acts.moods["time"]
    ):
        moved = is_verb(verb.head) and not moving.isdisjoint(setting.acts.bases(verb.head.lower_))
        path.weaken(
            *(("background", factors["background"]) if moved else ("subordinate", factors["subordinate"])), mark
        )
    return None


def _adjoins(verb: Token) -> bool:
    """``Ruled out sending``: what follows the governor without a comma is what it governs."""
    before = verb.nbor(-1) if verb.i else verb
    return before == verb.head or (before.head == verb.head and before.dep_ == "prt")


def _purpose(verb: Token, path: Path, setting: Setting) -> Token | None:
    """`to` with an infinitive: a purpose, but in a headline ("Denmark to boost") it is the news."""
    to = next(children(verb, "aux"))
    if (
        (setting.headline or setting.opens)
        and verb.head.i < to.i
        and to.i - verb.head.i <= 1
        and verb.head.left_edge.i == 0
    ):
        path.flags |= {"future", "headline-to"}
        return None
    governor = verb.head
    if is_verb(governor) and pioneer(governor, verb, setting):
        path.verbs.append(governor)
        return governor
    thing = paper(governor, verb, setting)
    if thing is not None:
        return noun_clause(thing, path, setting)
    if not setting.acts.doubts.words["means"].isdisjoint(setting.acts.bases(governor.lower_)):
        path.verbs.append(governor)
        return governor
    if is_verb(governor) and belongs(governor, setting.acts.classes["commit"], setting.acts):
        return govern(governor, path, setting, INFINITIVE)
    path.fall("purpose", verb)
    return None


def pcomp(verb: Token, path: Path, setting: Setting) -> Token | None:
    """A gerund under a preposition: "by cutting", "from selling", "stopped short of"."""
    names, governor = prep_chain(verb.head)
    if is_verb(governor) and undoes(governor, path, setting):
        return governor
    if "from" in names and is_verb(governor) and keeps_from(governor, path, setting):
        return governor
    if _UNREAL_PREPS.intersection(names):
        path.fall("unreal", names[0])
    elif not is_verb(governor):
        return _noun_governor(governor, verb, path, setting)
    else:
        _attitude(governor, names, path, setting)
    if path.fallen:
        return None
    if not _HOW.intersection(names) and belongs(governor, setting.acts.classes["float"], setting.acts):
        path.flags.add("floated")
    path.verbs.append(governor)
    return governor


def _attitude(governor: Token, names: list[str], path: Path, setting: Setting) -> None:
    """``Toyed with cutting``, ``aimed at restoring``, ``insisted on keeping``: wanted or weighed, not done."""
    classes, acts = setting.acts.classes, setting.acts
    if "at" in names and not acts.doubts.words["aiming"].isdisjoint(acts.bases(governor.lower_)):
        path.fall("purpose", governor)
    if "by" not in names and belongs(governor, classes["float"], acts):
        path.flags.add("floated")
    found = ("fear", "expect") if "by" in names else ("fear", "expect", "request", "fail")
    if any(belongs(governor, classes[name], acts) for name in found):
        path.fall("attitude", governor)


def _noun_governor(governor: Token, verb: Token, path: Path, setting: Setting) -> Token | None:
    """``Plans for cutting``, ``a ban on building``."""
    if governor.lower_ in setting.acts.moods["expected"]:
        path.fall("attempt", governor)
        return None
    looks = setting.acts.looks
    if fold(governor.lower_) in looks["talks"] | looks["plans"] | setting.acts.doubts.words["ways"]:
        return noun_clause(governor, path, setting)
    act = setting.acts.nouns.get(noun_key(governor))
    if act is not None and act.polarity < 0:
        path.nouns.append(governor)
        path.ops.append(Op(governor, act.action, act.polarity, "noun"))
        return governor
    if verb.head.lower_ in {"on", "about", "over"}:
        path.fall("talk", governor)
    path.weaken("subordinate", setting.acts.factors["subordinate"], verb)
    return None
