"""In: the registry of streams. Out: one JSON Schema (2020-12) per stream in schemas/json. `python -m schemas.export`.

The schemas are closed (`additionalProperties: false`), so that a writer's typo shows and compatibility can be checked;
our readers stay tolerant of fields that they do not know.
"""

import json
from pathlib import Path
from typing import Any

from schemas.streams import STREAMS, Stream

FOLDER = Path(__file__).parent / "json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(stream: Stream) -> dict[str, Any]:
    """What a value of the stream may look like. `$id` names it for `ce_dataschema`; it is a name, not an address."""
    described = stream.type.model_json_schema(mode="validation")
    head = {"$schema": DIALECT, "$id": f"urn:newsmon:schema:{stream.name}"}
    closed: dict[str, Any] = _closed(described)
    return head | closed


def files() -> dict[str, str]:
    """File name -> its text, for every stream; equal models give equal bytes."""
    return {f"{stream.name}.json": json.dumps(schema_of(stream), indent=2) + "\n" for stream in STREAMS}


def write(folder: Path = FOLDER) -> None:
    """Write every schema and remove those of streams that are gone."""
    folder.mkdir(exist_ok=True)
    wanted = files()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")
    for path in folder.glob("*.json"):
        if path.name not in wanted:
            path.unlink()


def drifted(folder: Path = FOLDER) -> list[str]:
    """Names of schema files that are not what the models say now."""
    return [name for name, text in files().items() if _text(folder / name) != text]


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _closed(schema: Any) -> Any:
    """The same schema with every object closed."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _closed(value) for key, value in schema.items()}
    is_object = schema.get("type") == "object" and "properties" in schema
    return inner | {"additionalProperties": False} if is_object else inner


if __name__ == "__main__":
    write()
