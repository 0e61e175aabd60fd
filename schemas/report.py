"""One self-contained news text cut from an article, and what classify and extract add to it."""

from typing import Literal

from pydantic import Field

from schemas.claim import Claim
from schemas.message import Message, NewsTime, Part, Score, Timestamp

Kind = Literal["original", "copy", "update"]
"""original: new text. copy: near-identical to an earlier report, adds reach, never an origin.
update: a near copy that brings sentences of its own."""


class Span(Part):
    """Half-open range of code points in the report's text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Trace(Part):
    """Where a run of the report's text stood in the article: the way back from a quote to the page."""

    report_start: int = Field(ge=0)
    article_start: int = Field(ge=0)
    length: int = Field(ge=0)


class Report(Message):
    """The unit that is deduplicated and read. `text` is what every later offset refers to."""

    id: str = Field(description="article id, a dot, and the part's number from 1.")
    article_id: str
    part: int = Field(ge=1)
    version: int = Field(default=1, ge=1, description="Counts the article's texts under this id.")
    url: str | None = None
    source: str
    publisher: str = Field(description="Publisher family: outlets of one house count once.")
    title: str = ""
    published_at: NewsTime
    ingested_at: Timestamp | None = None
    text: str = Field(description="Cleaned text, paragraphs separated by a newline.")
    traces: tuple[Trace, ...] = Field(default=(), description="Runs of `text` and where they stood in the article.")
    language: str = "en"
    kind: Kind = "original"
    copy_of: str | None = Field(default=None, description="Report id of the first text of its group.")
    origin: str = Field(description="Who actually reported it: an agency, a near-copy group or the publisher.")
    status: Literal["usable", "canceled"] = "usable"
    notify: bool = True


class Topic(Part):
    """An IPTC Media Topic the report is about."""

    code: str = Field(pattern=r"^medtop:\d{8}$")
    name: str
    score: Score
    terms: tuple[str, ...] = Field(default=(), description="The words that earned it, strongest first.")


class ClassifiedReport(Report):
    """A report and its topics, strongest first."""

    topics: tuple[Topic, ...] = ()


class Mention(Part):
    """Where an entity is named in the report's text (half-open, code points)."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Entity(Part):
    """A person, organisation or place under its canonical name."""

    id: str = Field(description="ISO alpha-3, an organisation's code, a Wikidata id, or a slug of the name.")
    name: str
    type: Literal["person", "organisation", "country", "place", "group"]
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3 it belongs to.")
    wikidata: str | None = Field(default=None, pattern=r"^Q\d+$")
    mentions: tuple[Mention, ...]


class EnrichedReport(ClassifiedReport):
    """A report with everything newsmon understood of it."""

    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
