"""Coverage-guided fuzzing with atheris: `python -m tests.fuzz.hunt TARGET [SECONDS]`; without a target it lists them.

Not a part of `make test`, and atheris is not a dependency: `pip install atheris` first. It ends with status 0 when
nothing was found; else atheris writes the input into a file crash-... and shows the traceback. Seeds: schemas/examples.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["services.monitor", "services.feeder", "schemas"]):
    from schemas import STREAMS
    from services.feeder.decode import decode, decode_document
    from services.monitor.analysis.actors.entities import entities
    from services.monitor.analysis.claims.sentences import sentences
    from services.monitor.analysis.intake.fingerprints import fingerprint
    from services.monitor.analysis.intake.memory import CopyMemory
    from services.monitor.tools import Tools, load_tools
    from services.monitor.wire import Unreadable, read

from tests.builders import WHEN, a_report, an_article
from tests.fuzz.strategies import EXAMPLES, PIECES

Target = Callable[[bytes], None]
SECONDS = 60


def words(data: bytes) -> str:
    """Bytes below 128 choose a piece of news, the others are text as they are."""
    found = atheris.FuzzedDataProvider(data)
    parts: list[str] = []
    while found.remaining_bytes():
        pick = found.ConsumeIntInRange(0, 255)
        parts.append(PIECES[pick % len(PIECES)] if pick < 128 else found.ConsumeUnicodeNoSurrogates(3))
    return "".join(parts)


def wire(data: bytes) -> None:
    """Any bytes as any message: a message that survives the way out and in again, or Unreadable."""
    for stream in STREAMS:
        found = read(stream.type, data)
        assert isinstance(found, Unreadable) or stream.type.from_bytes(found.to_bytes()) == found


def feeder(data: bytes) -> None:
    """Any bytes as a line, and as a document."""
    decode(data, "f", 1)
    list(decode_document(data, "f"))


def targets(tools: Tools) -> dict[str, Target]:
    """By name."""

    def intake(data: bytes) -> None:
        text, memory = words(data), CopyMemory({})
        taken = tools.intake.take(an_article(text), memory)
        memory.apply(taken.writes)
        assert not tools.intake.take(an_article(text), memory).reports
        fingerprint(text)

    def names(data: bytes) -> None:
        text = words(data)
        mentions = tools.understanding._gazetteer.find(text, WHEN)
        assert all(text[m.start : m.end] == m.text for m in mentions)
        assert all(text[m.start : m.end] == m.text for e in entities(text, mentions) for m in e.mentions)

    def claims(data: bytes) -> None:
        text = words(data)
        assert all(text[s.start : s.end] == s.text for s in sentences(text))
        assert all(text[c.start : c.end] == c.quote for c in tools.reader.read(a_report(text)).claims)

    def topics(data: bytes) -> None:
        tools.topics.classify(words(data[:40]), words(data))

    return {"wire": wire, "feeder": feeder, "intake": intake, "names": names, "claims": claims, "topics": topics}


def main(arguments: list[str]) -> None:
    """Run one target."""
    known = targets(load_tools(named_entities=False))
    if not arguments or arguments[0] not in known:
        sys.exit(f"{__doc__}\nTargets: {', '.join(known)}")
    seconds = arguments[1] if len(arguments) > 1 else str(SECONDS)
    with tempfile.TemporaryDirectory() as corpus:
        for number, path in enumerate(sorted(EXAMPLES.glob("*/*.json"))):
            (Path(corpus) / f"{number}.json").write_bytes(path.read_bytes())
        options = [f"-max_total_time={seconds}", "-timeout=20", "-max_len=4096", "-rss_limit_mb=4096"]
        atheris.Setup([sys.argv[0], *options, corpus], known[arguments[0]])
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
