"""An alert and the board in; what its card says out, in words. The templates only lay it out."""

from dataclasses import dataclass
from datetime import datetime

from schemas import Evidence, PolicyShiftAlert, Speaker
from services.desk.board import Board, Context, key_of
from services.desk.names import Names
from services.desk.outside import clipped, web_address

MARKS = {1: "more", -1: "less", 0: "same"}


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that prove it, between the words around them in the report."""

    before: str
    text: str
    after: str
    source: str
    link: str | None
    published: datetime
    rule: str


@dataclass(frozen=True, slots=True)
class Link:
    """Another shift of the same story."""

    id: str
    said: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a card shows. `mark` is more, less or same: of the instrument, not of what is good."""

    alert: PolicyShiftAlert
    key: str
    title: str
    instrument: str
    mark: str
    was: str
    now: str
    speaker: str | None
    quotes: tuple[Quote, ...]
    earlier: tuple[Link, ...]
    later: tuple[Link, ...]
    topics: tuple[tuple[str, str], ...]

    @property
    def withdrawn(self) -> bool:
        """Taken back: nothing supports it any more."""
        return self.alert.type == "cancel"


def card(alert: PolicyShiftAlert, board: Board, names: Names) -> Card:
    """As of now: the same alert may be superseded later."""
    instrument = names.instrument(alert.instrument)
    return Card(
        alert=alert,
        key=key_of(alert),
        title=f"{alert.actor.name} → {alert.target.name}" if alert.target else alert.actor.name,
        instrument=instrument[:1].upper() + instrument[1:],
        mark=MARKS[alert.polarity],
        was=_was(alert, names),
        now=_now(alert, names),
        speaker=_speaker(alert.speaker),
        quotes=tuple(_quote(evidence, board) for evidence in alert.evidence),
        earlier=tuple(_link(name, board.alerts.get(name), names) for name in alert.references[:20]),
        later=tuple(_link(found.alert_id, found, names) for found in board.followers(alert.alert_id)[:20]),
        topics=tuple((code, names.topic(code)) for code in alert.topics),
    )


def _was(alert: PolicyShiftAlert, names: Names) -> str:
    state = alert.before
    return f"{names.state(state)} ({state.status.replace('-', ' ')})" if state else names.state(None)


def _now(alert: PolicyShiftAlert, names: Names) -> str:
    again = " again" if alert.transition == "renewed" else ""
    return f"{names.state(alert.after)}{again} ({alert.after.status.replace('-', ' ')})"


def _speaker(speaker: Speaker | None) -> str | None:
    if speaker is None:
        return None
    return f"{speaker.name}, {speaker.office}" if speaker.office else speaker.name


def _quote(evidence: Evidence, board: Board) -> Quote:
    before, after = _around(board.contexts.get(evidence.claim_id))
    text = clipped(evidence.quote)
    link = web_address(evidence.url)
    return Quote(before, text, after, evidence.source, link, evidence.published_at, evidence.rule)


def _around(context: Context | None) -> tuple[str, str]:
    """On each side the rest of the paragraph or, where the quote fills it, the next; cut between words."""
    if context is None:
        return "", ""
    joint, close = context.before.rstrip(), context.after.lstrip()
    before, after = joint.rpartition("\n")[2], close.partition("\n")[0]
    if context.cut_before and before == joint:
        before = f"… {before.partition(' ')[2]}"
    if context.cut_after and after == close:
        after = f"{after.rpartition(' ')[0]} …"
    return before + context.before[len(joint) :], context.after[: len(context.after) - len(close)] + after


def _link(name: str, found: PolicyShiftAlert | None, names: Names) -> Link:
    if found is None:
        return Link(name, "an earlier shift", None)
    return Link(name, names.state(found.after), found.times.published)
