"""The CAMEO and PLOVER examples in, where they are at hand; actors found and event roots counted.

Both stay outside the project (their licences forbid more) and are only measured with. Most of their events are words
and deeds that newsmon does not watch (protests, battles, visits), so the shares say "agrees when it speaks".
"""

import json
from pathlib import Path

from tests.quality.gold import Row
from tests.quality.seam import Run, an_article, run
from tests.quality.split import half
from tests.quality.tally import Tally

ROOTS = {"AGREE": "03 05", "CONSULT": "04", "SUPPORT": "05 03", "COOPERATE": "06 05", "AID": "07", "RETREAT": "08",
         "CONCEDE": "08", "YIELD": "08", "REQUEST": "02 10", "ACCUSE": "09 11", "REJECT": "12", "THREATEN": "13",
         "PROTEST": "14", "MOBILIZE": "15", "SANCTION": "16", "COERCE": "17", "ASSAULT": "18 19 20"}  # fmt: skip
"""PLOVER event to the CAMEO roots it was made from (PLOVER manual, appendix on CAMEO)."""


def sets() -> dict[str, list[Row]]:
    """By name; empty when the evaluation data is not beside the project."""
    for parent in Path(__file__).parents:
        if (folder := parent / "shared/evaluation").is_dir():
            names = {"CAMEO": "events_cameo_manual.jsonl", "PLOVER": "events_plover_gold.jsonl"}
            return {key: [json.loads(line) for line in (folder / name).open()] for key, name in names.items()}
    return {}


def score(name: str, row: Row, tally: Tally) -> None:
    """One example, as an article of a fixed day: the sets carry no dates."""
    found = run([an_article(row["text"], {"id": row["id"], "published_at": "2015-01-01T12:00:00Z"})])
    side = half(row["id"])
    tally.count(f"{name}: actors found", side, _actors(found, row))
    for alert in found.alerts:
        event = alert.plover.event if alert.plover else ""
        gold = row.get("plover_event") or row["cameo_root"]
        tally.count(f"{name}: root right when it alerts", side, gold == event or gold in ROOTS.get(event, "").split())


def _actors(found: Run, row: Row) -> list[bool]:
    """PLOVER: a state's code among the entities. CAMEO: a source's words overlap a mention."""
    entities = [entity for report in found.reports.values() for entity in report.entities]
    if "source" in row:
        codes = {code for entity in entities for code in (entity.id, entity.country)}
        return [source["code_norm"] in codes for source in row["source"] if len(source["code_norm"]) == 3]
    words = [mention.text for entity in entities for mention in entity.mentions]
    return [any(word in span for word in words) for span in row.get("source_spans", ())]
