"""A noun on the way up in; what it is to the thing below it (change, hurdle, carrier, paper, talk) on the path out."""

from spacy.tokens import Token

from services.monitor.analysis.claims.climb import Op, Path, Setting
from services.monitor.analysis.claims.grammar import acts_of, children, is_verb, noun_key

_BASES = (("hurdles", "hurdle"), ("ceilings", "ceiling"), ("regimes", "regime"))
_CARRIERS = ("laws", "plans", "decisions", "refusals", "opposition")
_THROUGH = ("containers", "decisions", "laws", "hurdles", "ceilings")
_TALKS = frozenset({"talk", "negotiation", "dialogue"})


def start(head: Token, path: Path, setting: Setting, *, acts: bool) -> None:
    """The instrument's own word may be an operator, a hurdle ("visa fee") or a paper ("data bill")."""
    looks, key = setting.acts.looks, noun_key(head)
    if setting.recalled is not None:
        path.ops.append(Op(head, *setting.recalled, "noun"))
    elif acts:
        push_noun(head, path, setting)
    elif setting.slug in looks["hurdled"] and setting.hit_kind != "inverse":
        path.ops += [Op(head, "", 0, kind) for name, kind in _BASES if key in looks[name]]
    if key in looks["laws"]:
        path.flags.add("law")
    _gerunds(head, path, setting)
    less = any(child.lower_ in looks["less"] for child in children(head, "amod"))
    if less or any(phrase in head.doc.text.lower() for phrase in setting.acts.doubts.words["fewer"]):
        path.flags.add("less")


def gerund(noun: Token, path: Path, setting: Setting) -> None:
    """``Proposed suspending parts of the pact``: a gerund right after its governor is no adjective."""
    for child in noun.lefts:
        if child.tag_ == "VBG" and child.i and is_verb(child.nbor(-1)) and noun != path.head:
            _gerunds(noun, path, setting)


def _gerunds(head: Token, path: Path, setting: Setting) -> None:
    """``Denied pausing aid``, ``a law scrapping income tax``: a gerund that the parser took for an adjective."""
    for child in head.lefts:
        if child.tag_ != "VBG" or child.dep_ not in {"amod", "compound"} or path.ops:
            continue
        for act in acts_of(child, setting.acts.verbs, setting.acts):
            if not act.rest and not act.preps and not act.intransitive and act.action != "invert":
                path.ops.append(Op(child, act.action, act.polarity, "noun"))
                break


def determiner(token: Token, path: Path) -> None:
    """``No aid``: a negation of whatever is done."""
    if any(child.dep_ in {"det", "neg"} and child.lower_ == "no" for child in token.children):
        path.ops.append(Op(token, "", 0, "none"))


def push_noun(noun: Token, path: Path, setting: Setting) -> bool:
    """A noun that names a change becomes an operator."""
    act = setting.acts.nouns.get(noun_key(noun))
    if act is None:
        return False
    if not (act.action in {"provide", "start"} and setting.kind == "coercion" and not path.ops):
        path.ops.append(Op(noun, act.action, act.polarity, "noun"))
    return True


def carries(noun: Token, path: Path, setting: Setting) -> bool:
    """True: the climb goes on above the noun. Talk about the thing closes the claim."""
    looks, key = setting.acts.looks, noun_key(noun)
    if setting.hit_kind == "inverse" and key in setting.acts.doubts.words["permits"]:
        path.ops.append(Op(noun, "", 0, "permit"))
        return True
    if noun.tag_ in {"CD", "$"} or noun.i in setting.heads or noun.text[:1].isdigit():
        return True
    base = next((kind for name, kind in _BASES if key in looks[name]), "")
    if not path.ops and setting.slug in looks["hurdled"] and base:
        path.ops.append(Op(noun, "", 0, base))
        if key in looks["laws"]:
            path.carriers.append(noun)
            path.flags.add("law")
        return True
    if _paper(noun, key, path, setting) or any(key in looks[name] for name in _THROUGH):
        return True
    if setting.kind == "talks" and key in _TALKS:
        return True
    if key in looks["talks"]:
        path.fall("talk", noun)
    return False


def _paper(noun: Token, key: str, path: Path, setting: Setting) -> bool:
    """Laws, plans, decisions and refusals are remembered: they say who acts, and how surely."""
    looks = setting.acts.looks
    if any(key in looks[name] for name in _CARRIERS):
        path.carriers.append(noun)
    if key in looks["laws"]:
        path.flags.add("law")
    if key in looks["plans"]:
        path.flags |= {"plan", "floated"} if key in looks["floats"] else {"plan"}
        return True
    if key in looks["refusals"] or key in looks["opposition"]:
        path.ops.append(Op(noun, "rule-out", -1, "refusal" if key in looks["refusals"] else "opposition"))
        return True
    return False
