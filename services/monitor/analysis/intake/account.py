"""What the intake decided in, plain lines that a person can check out: for `newsmon explain`."""

from collections.abc import Iterator

from services.monitor.analysis.intake.parts import Divided
from services.monitor.analysis.intake.segments import THRESHOLD
from services.monitor.analysis.intake.taken import Decision, Taken

_SHOWN = 70
_CLOSE = 0.5
"""How far below the threshold a cut that was not made is still worth a line."""


def account(taken: Taken) -> tuple[str, ...]:
    """One line per decision, in the order they were made; offsets are the article's."""
    divided = _divided(taken.divided) if taken.divided else ()
    parts = (_part(decision) for decision in taken.decisions)
    return (*divided, *parts, f"outcome: {taken.outcome}, reports: {len(taken.reports)}")


def _divided(divided: Divided) -> Iterator[str]:
    for dropped in divided.dropped:
        words = divided.text[dropped.start : dropped.end].replace("\n", " ")[:_SHOWN]
        yield f"dropped {dropped.start}-{dropped.end}, {dropped.reason}: {words}"
    for cut in divided.cuts:
        if cut.cut or cut.score >= THRESHOLD - _CLOSE:
            line = divided.lines[cut.line]
            verdict = "cut" if cut.cut else "not cut"
            evidence = ", ".join(f"{name} {value:g}" for name, value in cut.evidence)
            yield f"{verdict} at {line.start}, score {cut.score:.2f} of {THRESHOLD}: {line.text[:_SHOWN]} ({evidence})"
    if divided.lost:
        yield f"not read: the last {divided.lost} characters"


def _part(decision: Decision) -> str:
    words = [f"part {decision.number}: {decision.language}"]
    if decision.dropped:
        words.append(f"left out, {decision.dropped}")
    if decision.origin:
        words.append(f"origin {decision.origin.id} ({decision.origin.reason})")
    if decision.copy and decision.copy.of:
        copy = decision.copy
        words.append(f"{copy.kind} of {copy.of}, containment {copy.containment:.2f}, {copy.fresh} sentences of its own")
    elif decision.copy:
        words.append(decision.copy.kind)
    return ", ".join(words)
