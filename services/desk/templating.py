"""Templates in; HTML out, in which nothing from outside is ever markup."""

from datetime import datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from services.desk.outside import visible


def environment() -> Environment:
    """Everything is escaped, whatever a file is called; an unknown name is an error."""
    made = Environment(
        loader=PackageLoader("services.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": _day, "minute": _minute, "iso": _iso, "many": _many}
    return made


def _shown(value: Any) -> Any:
    """Hidden characters become visible ones; what a template made is left alone."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _day(when: datetime) -> str:
    return f"{when:%-d %b %Y}"


def _minute(when: datetime) -> str:
    return f"{when:%-d %b %Y, %H:%M} UTC"


def _iso(when: datetime) -> str:
    return when.isoformat().replace("+00:00", "Z")


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
