"""The two losses in Faust, shown on its own classes, and gone after the mend."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from faust.transport.consumer import Consumer
from intervaltree import IntervalTree
from mode.utils.queues import FlowControlEvent, FlowControlQueue

from services.monitor import mend


@pytest.fixture
def mended() -> Iterator[None]:
    mend.mend_faust()
    yield
    FlowControlEvent.resume = mend._resume
    Consumer._new_offset = mend._new_offset


async def _queue_after_a_second_resume() -> int:
    flow = FlowControlEvent()
    queue: FlowControlQueue[str] = FlowControlQueue(flow_control=flow, clear_on_resume=True)
    flow.resume()
    await queue.put("fetched during the seek at the end of recovery")
    flow.resume()
    return queue.qsize()


def _consumer(acked: list[int], committed: int | None, gap: tuple[int, int] | None = None) -> SimpleNamespace:
    gaps = defaultdict(IntervalTree)
    if gap:
        gaps["tp"].addi(*gap)
    return SimpleNamespace(
        _acked={"tp": acked}, _committed_offset={"tp": committed}, _gap=gaps, _acked_index=defaultdict(set)
    )


def test_faust_as_released_empties_queues_when_it_resumes_twice() -> None:
    assert asyncio.run(_queue_after_a_second_resume()) == 0


def test_faust_as_released_commits_past_one_unprocessed_message() -> None:
    assert Consumer._new_offset(_consumer([5], committed=4), "tp") == 6


@pytest.mark.usefixtures("mended")
def test_a_second_resume_keeps_what_was_fetched() -> None:
    assert asyncio.run(_queue_after_a_second_resume()) == 1


@pytest.mark.usefixtures("mended")
def test_a_resume_after_a_suspension_still_clears_what_is_stale() -> None:
    flow = FlowControlEvent()
    queue: FlowControlQueue[str] = FlowControlQueue(flow_control=flow, clear_on_resume=True)
    queue._queue.append("from before the rebalance")
    flow.resume()
    assert queue.qsize() == 0


@pytest.mark.usefixtures("mended")
@pytest.mark.parametrize(
    ("acked", "committed", "gap", "expected"),
    [([5], 4, None, None), ([4, 5], 4, None, 6), ([0], None, None, 1), ([1], 0, None, None), ([7], 4, (4, 7), 8)],
)
def test_nothing_is_committed_past_an_unprocessed_message(
    acked: list[int], committed: int | None, gap: tuple[int, int] | None, expected: int | None
) -> None:
    assert Consumer._new_offset(_consumer(acked, committed, gap), "tp") == expected
