"""One parsed sentence in its report, and the actor found in it: what the search for parties works on."""

from dataclasses import dataclass

from spacy.tokens import Token

from schemas import Party, Speaker
from services.monitor.analysis.actors.gazetteer import ActorMention
from services.monitor.analysis.claims.climb import Setting
from services.monitor.analysis.claims.named import Named
from services.monitor.analysis.claims.surroundings import Context, Guess

_STATES = frozenset({"state", "statehood", "republic"})


@dataclass(frozen=True, slots=True)
class Who:
    """The actor. how: explicit, nominal, speaker, pronoun, role, context."""

    party: Party
    speaker: Speaker | None
    how: str
    strong: bool = True
    token: int = -1
    partners: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One parsed sentence in its report. `heir`: who acted in what the sentence speaks of again."""

    named: Named
    index: int
    context: Context
    setting: Setting
    heir: Who | None = None

    def mention(self, token: Token) -> ActorMention | None:
        """The mention that covers the token."""
        position = self.named.sentence.start + token.idx
        return next((m for m in self.named.mentions if m.start <= position < m.end), None)

    def of_instrument(self, mention: ActorMention, head: Token) -> bool:
        """The name of the thing itself: "a <Palestinian> state", "co-operation with the <UN's watchdog>"."""
        first = self.named.sentence.start
        if mention.start <= first + head.idx < mention.end:
            return mention.role == "organisation"
        return head.lower_ in _STATES and self.setting.span[0] <= mention.start - first <= head.idx

    def open_office(self, token: Token) -> str | None:
        """The office of an open mention ("the defence secretary") that covers the token."""
        position = self.named.sentence.start + token.idx
        return next((m.office for m in self.named.opens if m.start <= position < m.end and m.official), None)


def guessed(guess: Guess, how: str) -> Who:
    """A party from the context as an actor."""
    return Who(guess.mention.party, guess.mention.speaker, how, strong=guess.strong)


def of(mention: ActorMention, how: str, *, strong: bool = True, token: int = -1) -> Who:
    """A mention as an actor."""
    return Who(mention.party, mention.speaker, how, strong=strong, token=token)
