"""The policy tables in; one frozen Policy out: instruments, their tree, and what may be said of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.monitor.lexicon.acts import Acts, load_acts
from services.monitor.lexicon.instruments import Instrument, PloverCode, ancestors, load_instruments
from services.monitor.lexicon.kin import Kin, load_kin
from services.monitor.lexicon.measures import Measures, load_measures
from services.monitor.lexicon.patterns import Phrases
from services.monitor.lexicon.plain import Plain, load_plain
from services.monitor.lexicon.sayings import Sayings, load_sayings


@dataclass(frozen=True)
class Policy:
    """Everything the reader and the ledger know about policies."""

    instruments: Mapping[str, Instrument]
    phrases: Phrases
    sayings: Sayings
    acts: Acts
    plain: Plain
    measures: Measures
    kin: Kin

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Parents of an instrument, nearest first, root last; empty for a root."""
        return ancestors(slug, self.instruments)

    def row(self, slug: str) -> str:
        """Where its claims are folded: the family's own row, or the one it shares with its kin."""
        return self.kin.row(self.instruments[slug].family)

    def plover(self, slug: str, action: str, polarity: int) -> PloverCode | None:
        """PLOVER event, mode and context of a shift; None for domestic instruments and denials."""
        instrument = self.instruments[slug]
        key = action if action in {"rule-out", "agree"} else {1: "more", -1: "less"}.get(polarity, "none")
        code = (instrument.plover or {}).get(key)
        if code is None:
            return None
        event, _, mode = code.partition(":")
        return event, mode or None, instrument.context


def load_policy() -> Policy:
    """Read every table of `data/policy`."""
    instruments, acts = load_instruments(), load_acts()
    return Policy(
        instruments=instruments,
        phrases=Phrases(instruments),
        sayings=load_sayings(),
        acts=acts,
        plain=load_plain(acts),
        measures=load_measures(),
        kin=load_kin(instruments),
    )
