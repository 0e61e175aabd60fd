"""Policy + LedgerRules -> Knowledge: what the ledger may ask about an instrument."""

from dataclasses import dataclass
from datetime import timedelta

from schemas import Plover, StanceState
from services.monitor.lexicon.ledger import LedgerRules
from services.monitor.lexicon.policy import Policy


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Instruments by slug, and the ledger's rules. An unknown slug is a directed root with the default TTL."""

    policy: Policy
    rules: LedgerRules

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Broader instruments, nearest first."""
        return self.policy.ancestors(slug) if slug in self.policy.instruments else ()

    def kinship(self, one: str, other: str) -> int:
        """Do they tell one decision in each other's words: +1 in the same sense, -1 in the opposite, 0 no?"""
        return self.policy.kin.sign(one, other)

    def leads(self, one: str, other: str) -> bool:
        """Are they kin, and is `one` the more telling word?"""
        return self.policy.kin.leads(one, other)

    def domestic(self, slug: str) -> bool:
        """Does it act on nobody abroad?"""
        known = self.policy.instruments.get(slug)
        return known is not None and known.scope == "domestic"

    def ttl(self, slug: str) -> timedelta:
        """How long a stance stays fresh without being repeated."""
        known = self.policy.instruments.get(slug)
        return timedelta(days=known.ttl_days) if known else self.rules.after("default_ttl")

    def title(self, slug: str) -> str:
        """How a headline names it."""
        known = self.policy.instruments.get(slug)
        return known.title if known else slug.replace("-", " ")

    def plover(self, slug: str, state: StanceState) -> Plover | None:
        """The PLOVER annotation of reaching `state`; None for domestic instruments and denials."""
        if slug not in self.policy.instruments:
            return None
        code = self.policy.plover(slug, state.action, state.polarity)
        return Plover(event=code[0], mode=code[1], context=code[2]) if code else None
