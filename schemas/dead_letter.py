"""What nobody could read, with its bytes, where it came from and why."""

from typing import Literal

from pydantic import ConfigDict, Field

from schemas.message import Message, Timestamp

Reason = Literal["not-json", "invalid", "encoding", "too-large", "empty", "unknown-version", "key", "unreadable-file"]


class DeadLetter(Message):
    """Raw bytes and origin of a message that could not be used. `newsmon dlq replay` sends it again."""

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_bytes="base64", val_json_bytes="base64")

    stage: Literal["feed", "deduplicate", "classify", "extract", "alert"]
    reason: Reason
    detail: str = Field(max_length=4000, description="What the reader said; names fields, never secrets.")
    origin: str = Field(description="`stream[partition]@offset`, or `file:line`.")
    stream: str | None = Field(default=None, description="Where a replay goes.")
    key: bytes | None = None
    value: bytes | None = Field(default=None, description="The bytes as they came, base64 in JSON.")
    truncated: bool = Field(default=False, description="True: only the first bytes are kept; replay is refused.")
    failed_at: Timestamp
