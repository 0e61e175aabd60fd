"""One sentence's assertion that an actor changes a policy."""

from typing import Literal

from pydantic import Field

from schemas.message import Message, NewsTime, Part, Polarity, Score, Timestamp

Action = Literal[
    "start", "impose", "increase", "provide", "agree", "resume", "extend",
    "suspend", "decrease", "end", "withdraw", "lift", "delay", "rule-out", "deny",
]  # fmt: skip
"""What is done, relative to the named thing: `lift` a tariff is -1 of tariffs, `lift` a pause of aid is
written as `resume` aid (+1): the composition is done by the reader, never by the subscriber."""

Stage = Literal["floated", "announced", "ordered", "in-effect", "denied"]
"""How real it is. floated: said to be considered. announced: decided. ordered: signed, passed, decreed.
in-effect: happening or done. denied: the actor says it is not so."""

Unit = Literal["percent", "percent-of-gdp", "percent-of-gni", "percentage-points", "basis-points", "money",
               "people", "days", "items"]  # fmt: skip


class Level(Part):
    """How much, in the unit's base: percent, or whole units of the currency."""

    value: float
    unit: Unit
    currency: str | None = Field(default=None, description="ISO 4217 for money.")
    by: int | None = Field(default=None, description="Year the level is to be reached.")
    text: str = Field(description="As written.")


class Party(Part):
    """A state or an international organisation that acts or is acted upon."""

    id: str = Field(description="ISO 3166-1 alpha-3, or an organisation's code (EUU, NATO, UN, ...).")
    name: str
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3, for countries.")
    wikidata: str | None = Field(default=None, pattern=r"^Q\d+$")


class Speaker(Part):
    """Who said or decided it, as far as the text tells."""

    name: str
    office: str | None = None
    wikidata: str | None = Field(default=None, pattern=r"^Q\d+$")
    rank: int = Field(
        default=0,
        ge=0,
        le=5,
        description="5 head of state or government, 4 minister, 3 official "
        "body or spokesperson, 2 unnamed official, 1 other, 0 unknown.",
    )


class Claim(Message):
    """actor + action + instrument + target, with the words that say so. Kafka key: actor and family."""

    id: str = Field(description="Deterministic: report id, place in the text, who, what, to whom.")
    retracted: bool = Field(default=False, description="True takes an earlier claim of this id back.")
    report_id: str
    article_id: str
    url: str | None = None
    source: str
    publisher: str
    origin: str = Field(description="Same origin = one witness, however many reports carry it.")
    published_at: NewsTime
    ingested_at: Timestamp | None = None
    actor: Party
    speaker: Speaker | None = None
    instrument: str = Field(description="Slug from the lexicon.")
    family: str = Field(
        description="The instrument's root ancestor, or the row it shares with its kin: folded in one ledger."
    )
    target: Party | None = None
    target_inferred: bool = Field(default=False, description="True: taken from context, or none was named.")
    action: Action
    polarity: Polarity
    stage: Stage
    level: Level | None = None
    confidence: Score
    reasons: tuple[str, ...] = Field(default=(), description="The factors behind the confidence and each gate's word.")
    rule: str
    quote: str = Field(description="report.text[start:end], verbatim.")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    topics: tuple[str, ...] = Field(default=(), description="medtop codes of the report.")
    event_at: Timestamp | None = Field(default=None, description="When the text says it happens, if it says.")
    notify: bool = True
