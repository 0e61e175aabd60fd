"""The vocabulary in, names for people out."""

import json
from pathlib import Path

VOCABULARY = Path(__file__).parents[2] / "services/monitor/lexicon/data/topics/mediatopics.json"


def topic_names() -> dict[str, str]:
    """Names of the top-level Media Topics by code, from the vocabulary the monitor uses."""
    concepts = json.loads(VOCABULARY.read_text(encoding="utf-8"))["concepts"]
    return {c["code"]: c["name"] for c in concepts if c["level"] == 1} | {"none": "no topic"}
