"""All results of one parsed sentence in; the same without second readings of one act in two families out."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from services.monitor.analysis.claims.frames import Fallen, Frame, token_at
from services.monitor.lexicon.instruments import Instrument
from services.monitor.lexicon.patterns import Hit
from services.monitor.lexicon.policy import Policy


def settle(results: Sequence[Frame | Fallen], doc: Doc, instruments: Mapping[str, Instrument]) -> list[Frame | Fallen]:
    """ "Cut tariffs on Chinese imports": one act, told of the tariffs. The inner thing only says which tariffs."""
    frames = [result for result in results if isinstance(result, Frame)]
    return [_beaten(result, frames, doc, instruments) if isinstance(result, Frame) else result for result in results]


def told(hit: Hit, said: Sequence[Frame | Fallen], policy: Policy) -> bool:
    """A saying that was read has told what this hit would: the same words, or the same family in another wording."""
    return any(
        isinstance(frame, Frame)
        and (
            (frame.hit.start < hit.end and hit.start < frame.hit.end)
            or policy.instruments[frame.hit.slug].family == policy.instruments[hit.slug].family
        )
        for frame in said
    )


def _beaten(frame: Frame, frames: Sequence[Frame], doc: Doc, instruments: Mapping[str, Instrument]) -> Frame | Fallen:
    for other in frames:
        same = other is not frame and other.verb == frame.verb and other.actor.party.id == frame.actor.party.id
        families = instruments[other.hit.slug].family != instruments[frame.hit.slug].family
        if same and families and _inside(frame, other, doc):
            return Fallen(frame.hit, f"read as {other.hit.slug}", frame.reasons)
    return frame


def _inside(frame: Frame, other: Frame, doc: Doc) -> bool:
    """The frame's thing hangs beneath the other's, not beside it."""
    inner, outer = token_at(doc, frame.hit.head_start), token_at(doc, other.hit.head_start)
    if inner is None or outer is None or inner == outer:
        return False
    up: Token = inner
    while up.head.i != up.i:
        if up.dep_ in {"conj", "relcl", "acl", "advcl"}:
            return False
        up = up.head
        if up == outer:
            return True
    return False
