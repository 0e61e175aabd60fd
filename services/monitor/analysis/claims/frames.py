"""A parsed sentence and an instrument in it; a Frame (who does what to whom, how sure) or the reason against, out."""

from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from schemas import Level
from schemas.claim import Stage
from services.monitor.analysis.claims.ascent import climb
from services.monitor.analysis.claims.climb import Path
from services.monitor.analysis.claims.composition import compose
from services.monitor.analysis.claims.confidence import confidence
from services.monitor.analysis.claims.doubts import doubt
from services.monitor.analysis.claims.evaluation import evaluation
from services.monitor.analysis.claims.levels import level
from services.monitor.analysis.claims.novelty import stale_provision
from services.monitor.analysis.claims.outcomes import Outcome
from services.monitor.analysis.claims.parties import who
from services.monitor.analysis.claims.place import Place, Who
from services.monitor.analysis.claims.stages import stage
from services.monitor.analysis.claims.targets import Targets, targets
from services.monitor.lexicon.patterns import Hit


@dataclass(frozen=True, slots=True)
class Frame:
    """One reading of one instrument in one sentence."""

    hit: Hit
    actor: Who
    targets: Targets
    outcome: Outcome
    stage: Stage
    level: Level | None
    confidence: float
    reasons: tuple[str, ...]
    rule: str
    verb: int = -1


@dataclass(frozen=True, slots=True)
class Fallen:
    """Why an instrument in a candidate sentence makes no claim."""

    hit: Hit
    why: str
    trail: tuple[str, ...] = field(default=())


def read_hit(doc: Doc, hit: Hit, place: Place, heads: frozenset[int] = frozenset()) -> Frame | Fallen:
    """Climb, compose, find the actor, and weigh."""
    head = token_at(doc, hit.head_start)
    if head is None:
        return Fallen(hit, "not a word")
    setting = replace(place.setting, heads=heads)
    path = climb(head, setting, acts=hit.acts)
    outcome = compose(path, setting)
    why = _closed(path, outcome)
    if why and (judged := evaluation(head, setting)) is not None:
        path, outcome = judged, compose(judged, setting)
        why = _closed(path, outcome)
    if why:
        return Fallen(hit, why, _trail(path))
    actor = who(path, place)
    if isinstance(actor, str):
        return Fallen(hit, actor, _trail(path))
    if actor.how == "law" and "would be" in path.flags:
        return Fallen(hit, "a bill would", _trail(path))
    stale = stale_provision(path, outcome, setting, doc)
    if why := "nothing new is given" if stale else doubt(path, actor, outcome, place):
        return Fallen(hit, why, _trail(path))
    found = targets(path, actor, place)
    value, reasons = confidence(path, actor, replace(place, setting=setting), inferred=found.inferred)
    amount = level(_clause_text(path, doc), setting.kind, setting.measures)
    reached = stage(path, outcome, setting)
    return Frame(hit, actor, found, outcome, reached, amount, value, reasons, _rule(path), _act(path))


def token_at(doc: Doc, position: int) -> Token | None:
    """The token that covers a character of the sentence."""
    span = doc.char_span(position, position + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


def _closed(path: Path, outcome: Outcome) -> str:
    if path.fallen:
        gate = next(gate for gate in path.gates if gate.factor == 0)
        return f"{gate.name}: {gate.word}"
    if outcome.why:
        return outcome.why
    if "would" in path.flags:
        return "conditional: would"
    return "" if outcome.action else "no action"


def _trail(path: Path) -> tuple[str, ...]:
    return tuple(f"{op.kind}:{op.token.text}" for op in path.ops)


def _act(path: Path) -> int:
    """The word that does it: the outermost operator that changes something."""
    return next((op.token.i for op in reversed(path.ops) if op.polarity or op.kind == "realise"), -1)


def _rule(path: Path) -> str:
    return "+".join(dict.fromkeys(op.kind for op in path.ops)) or "none"


def _clause_text(path: Path, doc: Doc) -> str:
    """The words of the claim: from the outermost operator's subtree."""
    verbs = [op.token for op in path.ops if op.kind not in {"commit", "deny"}]
    top = verbs[-1] if verbs else path.head
    start, end = min(top.left_edge.i, path.head.left_edge.i), max(top.right_edge.i, path.head.right_edge.i)
    return doc[start : end + 1].text
