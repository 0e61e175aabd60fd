"""Two losses inside faust-streaming 0.15.3, mended. Nothing goes in or out: `mend_faust` changes Faust's classes once.

Both were found in its source, are shown by tests/unit/test_mend.py, and are harmless to apply twice. Remove each when
upstream has mended it (faust-streaming issues 596 and 606).
"""

from typing import Any

from faust.transport.consumer import Consumer
from mode.utils.queues import FlowControlEvent

_resume = FlowControlEvent.resume
_new_offset = Consumer._new_offset  # noqa: SLF001 - the method that is mended


def mend_faust() -> None:
    """Make the end of a recovery keep what was fetched, and never commit past an unprocessed message."""
    FlowControlEvent.resume = _resume_once  # type: ignore[method-assign]
    Consumer._new_offset = _new_offset_without_gap  # type: ignore[method-assign]  # noqa: SLF001


def _resume_once(self: FlowControlEvent) -> None:
    """Issue 596: recovery resumes the flow, fetches, and then resumes again, which empties the streams' queues of
    messages that were already fetched. Only the step from suspended to active has anything stale to clear."""
    if not self.is_active():
        _resume(self)


def _new_offset_without_gap(self: Any, tp: Any) -> int | None:
    """Issue 606: with one unprocessed message before the first acknowledged one Faust commits past it (it allows a
    difference of 1 between the committed offset, which is the next to read, and the first acknowledged)."""
    acked, committed = self._acked[tp], self._committed_offset[tp]
    if acked and committed is not None and min(acked) > committed and not _never_written(self, tp, min(acked)):
        return None
    return _new_offset(self, tp)


def _never_written(consumer: Any, tp: Any, head: int) -> bool:
    """Whether the broker's log has no message between the committed offset and `head` (compacted or expired)."""
    committed = consumer._committed_offset[tp]  # noqa: SLF001
    holes = consumer._gap[tp].overlap(committed, head)  # noqa: SLF001
    return bool(sum(min(hole.end, head) - max(hole.begin, committed) for hole in holes) >= head - committed)
