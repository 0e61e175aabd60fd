"""What is settled is acknowledged, nothing else is, and a partition is never given away with work half done."""

import asyncio
from types import SimpleNamespace
from typing import Any

import faust
import pytest

from services.monitor.durable import Outgoing
from services.monitor.lease import Lease
from services.monitor.unit import MOST, SECONDS, SettledEvent, Unit
from tests.builders import an_article

NOW = 3


class Broker:
    """A topic whose sends are acknowledged, or refused, when `answers` is set."""

    def __init__(self) -> None:
        self.sent, self.refuses = 0, False
        self.asked, self.answers = asyncio.Event(), asyncio.Event()

    async def send(self, **_message: Any) -> asyncio.Task[None]:
        self.sent += 1
        self.asked.set()
        return asyncio.create_task(self._answer())

    async def _answer(self) -> None:
        await self.answers.wait()
        if self.refuses:
            raise ConnectionError("refused")


class Table:
    """Rows that remember what became of them."""

    def __init__(self) -> None:
        self.did: list[str] = []

    def write(self) -> None:
        self.did.append("written")

    def discard(self) -> None:
        self.did.append("discarded")

    async def settled(self) -> None:
        self.did.append("settled")


class Bench:
    """A unit on a fake app, with one outlet and one table."""

    def __init__(self) -> None:
        self.app: Any = SimpleNamespace(
            consumer_generation_id=NOW, flow_control=SimpleNamespace(is_active=lambda: self.flows)
        )
        self.flows = True
        self.now = 0.0
        self.unit = Unit(self.app, Lease(60), lambda: self.now)
        self.broker, self.table = Broker(), Table()
        self.outlet: Outgoing = self.unit.to(self.broker)
        self.unit._rows.append(self.table)  # type: ignore[arg-type]
        self.acknowledged: list[int] = []

    async def take(self, offset: int, generation: int = NOW) -> Any:
        """The agent has read a message and sent one."""
        event = SimpleNamespace(message=SimpleNamespace(generation_id=generation, offset=offset), settled=False)
        await self.outlet.send([("key", an_article())])

        async def acknowledge() -> None:
            self.acknowledged.append(offset)

        self.unit.took(event, acknowledge)
        return event


@pytest.fixture
async def bench() -> Bench:
    return Bench()


async def test_rows_are_written_after_every_send_is_acknowledged_and_messages_acknowledged_last(bench: Bench) -> None:
    event = await bench.take(0)
    assert bench.broker.sent == 0
    settling = asyncio.create_task(bench.unit.settle())
    await bench.broker.asked.wait()
    assert (bench.table.did, bench.acknowledged, event.settled) == ([], [], False)
    bench.broker.answers.set()
    await settling
    assert (bench.table.did, bench.acknowledged, event.settled) == (["written", "settled"], [0], True)


async def test_a_refused_send_writes_nothing_and_acknowledges_nothing(bench: Bench) -> None:
    await bench.take(0)
    bench.broker.refuses = True
    bench.broker.answers.set()
    with pytest.raises(ConnectionError):
        await bench.unit.settle()
    assert (bench.table.did, bench.acknowledged) == ([], [])


async def test_what_was_read_in_an_assignment_that_is_over_is_neither_sent_nor_written_nor_acknowledged(
    bench: Bench,
) -> None:
    forgot: list[bool] = []
    bench.unit.forget = lambda: forgot.append(True)
    await bench.take(0, generation=NOW - 1)
    await bench.take(1)
    bench.broker.answers.set()
    await bench.unit.settle()
    assert bench.table.did[0] == "discarded"
    assert (bench.broker.sent, bench.acknowledged, forgot) == (0, [], [True])


async def test_handing_over_waits_for_the_message_in_hand_and_settles_it(bench: Bench) -> None:
    async with bench.unit.turn:
        going = asyncio.create_task(bench.unit.hand_over())
        await asyncio.sleep(0)
        await bench.take(0)
        assert bench.acknowledged == []
    bench.broker.answers.set()
    await going
    assert bench.acknowledged == [0]


async def test_while_partitions_move_no_message_is_taken(bench: Bench) -> None:
    event = await bench.take(0)
    assert bench.unit.takes(event)
    bench.flows = False
    assert not bench.unit.takes(event)


async def test_messages_of_another_assignment_are_not_taken(bench: Bench) -> None:
    assert not bench.unit.takes(await bench.take(0, generation=NOW - 1))


async def test_what_an_agent_raised_on_is_forgotten_with_all_that_was_open(bench: Bench) -> None:
    await bench.take(0)
    bench.broker.answers.set()
    bench.unit.reset()
    await bench.unit.hand_over()
    assert (bench.table.did, bench.acknowledged) == (["discarded"], [])


async def test_a_message_is_not_left_open_for_long_while_others_follow_it(bench: Bench) -> None:
    async def acknowledge() -> None: ...

    event = SimpleNamespace(message=SimpleNamespace(generation_id=NOW))
    assert not bench.unit.took(event, acknowledge)
    bench.now = SECONDS
    assert bench.unit.took(event, acknowledge)


async def test_a_full_unit_says_so(bench: Bench) -> None:
    async def acknowledge() -> None: ...

    event = SimpleNamespace(message=SimpleNamespace(generation_id=NOW))
    assert [bench.unit.took(event, acknowledge) for _ in range(MOST)] == [False] * (MOST - 1) + [True]


def test_an_event_is_acknowledged_by_its_unit_alone() -> None:
    """Faust acknowledges by itself what it skips while partitions move, and what an agent raised on."""
    acknowledged: list[str] = []
    message: Any = SimpleNamespace(ack=lambda consumer: acknowledged.append(consumer) or True)
    event = SettledEvent(SimpleNamespace(consumer="consumer"), b"k", "v", None, message)  # type: ignore[arg-type]
    assert not event.ack()
    event.settled = True
    assert event.ack()
    assert acknowledged == ["consumer"]


def test_faust_still_asks_to_hand_over_where_we_answer() -> None:
    """At a rebalance and when it stops: _consumer_wait_empty is not part of its public interface."""
    for method in (faust.App._on_partitions_revoked, faust.App._stop_consumer):
        assert "_consumer_wait_empty" in method.__code__.co_names
