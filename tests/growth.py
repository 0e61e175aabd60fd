"""CPU time a stage takes for texts of growing size: the table, the picture docs/pictures/growth.svg, the ratios.

`python -m tests.growth` measures everything; tests/unit/test_growth.py asserts that no stage is worse than linear.
"""

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from services.monitor.analysis.claims import Reader
from services.monitor.analysis.copies import judge
from services.monitor.analysis.entities import entities
from services.monitor.analysis.fingerprints import fingerprint
from services.monitor.analysis.intake import Intake
from services.monitor.analysis.language import language
from services.monitor.analysis.memory import CopyMemory
from services.monitor.analysis.sentences import sentences
from services.monitor.lexicon import load
from services.monitor.tools import Tools, load_tools
from tests.builders import WHEN, a_report, an_article
from tests.hostile import TEXTS

Stage = Callable[[str], object]
KB = 1000


def stages(tools: Tools) -> Mapping[str, Stage]:
    """Everything that looks at a text, by name."""
    lexicon, gazetteer = load(), tools.understanding._gazetteer
    return {
        "intake": lambda text: fresh_intake(tools.intake, text),
        "fingerprint": lambda text: judge(fingerprint(text), CopyMemory({}), "a"),
        "language": lambda text: language(text, None, lexicon.identify, lexicon.boilerplate.stopwords),
        "topics": lambda text: tools.topics.classify("", text),
        "names": lambda text: gazetteer.find(text, WHEN),
        "entities": lambda text: entities(text, gazetteer.find(text, WHEN), spans(text)),
        "sentences": sentences,
        "claims": lambda text: fresh_reader(tools.reader).read(a_report(text)),
    }


def fresh_intake(intake: Intake, text: str) -> object:
    """With an empty memory."""
    return intake.take(an_article(text), CopyMemory({}))


def fresh_reader(reader: Reader) -> Reader:
    """With nothing memoised."""
    reader._parser._memo.clear()
    return reader


def spans(text: str) -> list[tuple[int, int, str]]:
    """As if the recogniser saw a person or a place every 40 characters."""
    return [(at, at + 12, ("PERSON", "GPE", "ORG")[at % 3]) for at in range(0, len(text) - 12, 40)]


def seconds(stage: Stage, text: str) -> float:
    """CPU seconds of one call."""
    began = time.process_time()
    stage(text)
    return time.process_time() - began
