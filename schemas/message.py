"""What every message shares: frozen, UTC, JSON on the wire, and a version that a reader can refuse."""

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

EARLIEST, LATEST = 1900, 2200
"""Years of news, half-open. A date from outside of them is a mistake, and arithmetic with it would overflow."""


def _to_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("there is no such instant in UTC") from error


def _of_news(moment: datetime) -> datetime:
    if not EARLIEST <= moment.year < LATEST:
        raise ValueError(f"the year must be from {EARLIEST} to {LATEST - 1}")
    return moment


Timestamp = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""An instant with a zone, RFC 3339 on the wire, always UTC after reading."""

NewsTime = Annotated[AwareDatetime, AfterValidator(_to_utc), AfterValidator(_of_news)]
"""A Timestamp of the years 1900 to 2199: when something was published."""

Score = Annotated[float, Field(ge=0.0, le=1.0)]
"""A share or a confidence, 0 to 1."""

Polarity = Literal[-1, 0, 1]
"""+1 more of the instrument, -1 less of it, 0 neither (a denial, a mere status)."""


class Part(BaseModel):
    """A piece of a message: frozen, tolerant of fields that a newer writer added."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class Message(Part):
    """A whole Kafka value."""

    schema_version: Literal[1] = Field(
        default=1, description="Version of the contract; another number is a dead letter."
    )

    def to_bytes(self) -> bytes:
        """UTF-8 JSON, fields in declared order, so equal messages are equal bytes."""
        return self.model_dump_json().encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote. Raises pydantic.ValidationError on anything else."""
        return cls.model_validate_json(data)


def stable_id(*parts: str, length: int = 24) -> str:
    """Hex digest of the parts: the same parts give the same id in every process and release."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]
