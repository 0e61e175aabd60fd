"""In: what could not be read. Out: a value with its bytes, file and line, ready for the dead letters."""

from dataclasses import dataclass

from pydantic import ValidationError

from schemas.dead_letter import Reason


@dataclass(frozen=True)
class BadLine:
    """Nobody's article. `line` counts from 1; in a JSON array it counts the items."""

    file: str
    line: int
    reason: Reason
    detail: str
    data: bytes

    @property
    def origin(self) -> str:
        """`file:line`, as editors and terminals open it."""
        return f"{self.file}:{self.line}"

    def __str__(self) -> str:
        return f"{self.origin}: {self.detail}"


def named(error: ValidationError) -> str:
    """Which fields are wrong and how, without what was in them."""
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(f"{'.'.join(str(part) for part in fault['loc']) or 'article'}: {fault['msg']}" for fault in faults)


def version_fault(error: ValidationError) -> bool:
    """Whether the message is of a version this reader does not know."""
    return any(fault["loc"] == ("schema_version",) for fault in error.errors(include_url=False, include_input=False))
