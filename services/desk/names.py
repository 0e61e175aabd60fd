"""The lexicon's files in; how the desk calls an instrument, an action and a topic, out."""

import json
from dataclasses import dataclass
from importlib.resources import files

from schemas import Level, StanceState
from services.monitor.analysis.ledger.headline import UNITS
from services.monitor.lexicon.instruments import load_instruments
from services.monitor.lexicon.ledger import load_ledger

TRANSITIONS = (
    "opened", "raised", "lowered", "suspended", "ended", "resumed", "ruled-out",
    "reversed", "denied", "renewed", "advanced", "delayed", "withdrawn",
)  # fmt: skip
CERTAINTIES = ("possible", "confirmed")


@dataclass(frozen=True, slots=True)
class Names:
    """Titles of instruments by slug, words of actions, names of topics by medtop code."""

    instruments: dict[str, str]
    actions: dict[str, str]
    topics: dict[str, str]

    def instrument(self, slug: str) -> str:
        """A slug of a newer lexicon is its own title."""
        return self.instruments.get(slug, slug.replace("-", " "))

    def topic(self, code: str) -> str:
        """Its code, for a concept this release does not know."""
        return self.topics.get(code, code)

    def state(self, state: StanceState | None) -> str:
        """`suspended`, `raised to 2.5% of GDP by 2027`, `not known`."""
        if state is None:
            return "not known"
        word = self.actions.get(state.action, state.action)
        return f"{word}: {level(state.level)}" if state.level else word


def level(found: Level) -> str:
    """The number and its unit; the words of the text where the unit says too little."""
    by = f" by {found.by}" if found.by else ""
    return f"{found.value:g}{UNITS[found.unit]}{by}" if found.unit in UNITS else found.text


def load_names() -> Names:
    """Reads the package's data, in about 50 ms.

    Raises KeyError or ValueError where a file is not as its tool writes it.
    """
    data = files("services.monitor.lexicon") / "data" / "topics" / "mediatopics.json"
    concepts = json.loads(data.read_text(encoding="utf-8"))["concepts"]
    return Names(
        instruments={slug: instrument.title for slug, instrument in load_instruments().items()},
        actions=dict(load_ledger().words),
        topics={concept["code"]: concept["name"] for concept in concepts},
    )
