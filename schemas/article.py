"""What one source published, as it arrived. May hold boilerplate and several glued items."""

from typing import Any, Literal

from pydantic import Field, model_validator

from schemas.message import Message, NewsTime, Part, Timestamp, stable_id

Status = Literal["usable", "withheld", "canceled"]
"""ninjs `pubStatus`: `canceled` retracts what the article said, `withheld` is not to be read yet."""


class Entry(Part):
    """One item of a page that the source itself divides (a live blog's entries)."""

    start: int = Field(ge=0, description="First character of the entry in the article's text (code points).")
    published_at: NewsTime | None = Field(default=None, description="The entry's own time; else the article's.")
    title: str = ""
    url: str | None = None


class Article(Message):
    """One publication by one source. Either `text` or `html` carries the words.

    Raises pydantic.ValidationError for a date without zone, for neither text nor html, and for unknown status.
    """

    id: str = Field(default="", max_length=256, description="Derived from the URL, else from the content.")
    url: str | None = Field(default=None, max_length=4096)
    source: str = Field(min_length=1, max_length=256, description="Publisher as the feed names it.")
    title: str = Field(default="", max_length=2000)
    published_at: NewsTime = Field(description="When the source published this version.")
    text: str | None = None
    html: str | None = None
    language: str | None = Field(default=None, description="BCP 47, if the source says.")
    status: Status = "usable"
    credit: str | None = Field(default=None, description="Byline or agency credit as the source gives it.")
    entries: tuple[Entry, ...] = Field(default=(), description="Given by the source; empty: boundaries are found.")
    ingested_at: Timestamp | None = Field(default=None, description="When the feeder sent it.")
    notify: bool = Field(default=True, description="False marks a backfill: its alerts say so.")

    @model_validator(mode="before")
    @classmethod
    def _derive_id(cls, data: Any) -> Any:
        """Same URL, same article (a later text is its next version); without URL the words decide."""
        if not isinstance(data, dict) or data.get("id"):
            return data
        named = [data.get("url")] if data.get("url") else [data.get(k) for k in ("source", "title", "text", "html")]
        return {**data, "id": stable_id(*(str(part or "") for part in named))}

    @model_validator(mode="after")
    def _has_words(self) -> "Article":
        if self.text is None and self.html is None and self.status == "usable":
            raise ValueError("an article needs `text` or `html`")
        return self
