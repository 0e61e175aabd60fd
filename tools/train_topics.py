"""Seed terms and the IPTC vocabulary in; the vocabulary and term weights that ship out. Deterministic.

    python tools/train_topics.py VOCABULARY.jsonl   # once per IPTC release: trims the vocabulary to what ships
    python tools/train_topics.py                    # after every change of seeds: compiles model.json
    python tools/train_topics.py --check            # exit 1 if model.json is not what the seeds give

Nothing is learned from news texts: every weight comes from the seed files (ours) and the IPTC labels (CC BY 4.0).
"""

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parents[1] / "services/monitor/lexicon/data/topics"
VOCABULARY, MODEL, LABELS = DATA / "mediatopics.json", DATA / "model.json", DATA / "labels.toml"
ATTRIBUTION = "IPTC Media Topics NewsCodes, (c) IPTC, CC BY 4.0, cv.iptc.org/newscodes/mediatopic/"
Weights = dict[str, dict[str, float]]
"""Term -> code of eight digits -> weight."""


def main(arguments: list[str]) -> int:
    """Write (or check) what ships; returns the exit status."""
    for path in (Path(argument) for argument in arguments if argument != "--check"):
        VOCABULARY.write_text(trimmed(path), encoding="utf-8")
    text = compiled()
    if "--check" in arguments:
        return int(MODEL.read_text(encoding="utf-8") != text)
    MODEL.write_text(text, encoding="utf-8")
    print(f"{MODEL.name}: {text.count(chr(10)) - 4} terms")
    return 0


def trimmed(source: Path) -> str:
    """The vocabulary with the fields that ship: code, name, parent, level, retired."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    concepts = [
        {"code": row["qcode"], "name": row["name"], "parent": row["parent"], "level": row["level"],
         "retired": row["retired"]}
        for row in rows
    ]  # fmt: skip
    lines = ",\n".join(json.dumps(concept, ensure_ascii=False) for concept in concepts)
    return f'{{"meta": {{"attribution": "{ATTRIBUTION}", "release": "2025-03-31"}},\n"concepts": [\n{lines}\n]}}\n'


def compiled() -> str:
    """model.json: one line per term, sorted, weights by code."""
    parents = {
        concept["code"][7:]: concept["parent"] and concept["parent"][7:]
        for concept in json.loads(VOCABULARY.read_text(encoding="utf-8"))["concepts"]
    }
    weights: Weights = {}
    seeds = list(_seeds())
    for code, term, weight in seeds:
        _credit(weights, term, [code], weight)
    stated = {(term, code) for code, term, _ in seeds}
    for code, term, weight in seeds:
        above = [parent for parent in _line(code, parents)[1:] if (term, parent) not in stated]
        _credit(weights, term, above, weight)
    _read_labels(weights, parents)
    lines = ",\n".join(
        f"{json.dumps(term, ensure_ascii=False)}: {json.dumps(dict(sorted(weights[term].items())))}"
        for term in sorted(weights)
    )
    meta = f'{{"origin": "tools/train_topics.py", "attribution": "{ATTRIBUTION}"}}'
    return f'{{"meta": {meta},\n"terms": {{\n{lines}\n}}}}\n'


def _seeds() -> Iterator[tuple[str, str, float]]:
    """(code, term, weight) of every seed file; a weight stated for a topic wins over one inherited from below."""
    for path in sorted((DATA / "seeds").glob("*.toml")):
        for heading, by_weight in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for weight, terms in by_weight.items():
                for term in filter(None, (" ".join(term.split()) for term in terms.split(","))):
                    yield heading[:8], term, float(weight)


def _read_labels(weights: Weights, parents: dict[str, str | None]) -> None:
    """The concepts' own names, where the seeds do not know them: several words say more than one."""
    labels = tomllib.loads(LABELS.read_text(encoding="utf-8"))
    ambiguous = {word.strip() for word in labels["ambiguous"].split(",")}
    for concept in json.loads(VOCABULARY.read_text(encoding="utf-8"))["concepts"]:
        name = concept["name"].lower()
        plain = not concept["retired"] and concept["level"] > labels["above_level"] and name.replace(" ", "").isalpha()
        if plain and name not in weights and name not in ambiguous:
            weight = labels["several_words"] if " " in name else labels["one_word"]
            _credit(weights, name, _line(concept["code"][7:], parents), weight)


def _line(code: str, parents: dict[str, str | None]) -> list[str]:
    """A code and everything above it."""
    line = [code]
    while (parent := parents[line[-1]]) is not None:
        line.append(parent)
    return line


def _credit(weights: Weights, term: str, codes: list[str], weight: float) -> None:
    known = weights.setdefault(term, {})
    for code in codes:
        known[code] = max(known.get(code, 0.0), weight)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
