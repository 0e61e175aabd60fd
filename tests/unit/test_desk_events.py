"""Server-sent events: whoever drops and resumes hears every message once, whatever order partitions arrived in."""

import asyncio
import json
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from schemas import PolicyShiftAlert
from services.desk import cursor
from services.desk.events import as_json, follow, stance_as_json
from services.desk.filters import Standing
from services.desk.journal import Journal
from services.subscriber.subscription import Filter
from tests.alerts import a_stance, an_alert

ALL = Filter()


def journal_of(messages: Sequence[tuple[int, int]], **limits: int) -> Journal:
    journal = Journal(**limits)
    for partition, offset in messages:
        journal.add(partition, offset, an_alert(f"{partition}:{offset}"))
    return journal


async def heard(journal: Journal, after: str | None, count: int, keep: Filter = ALL) -> list[tuple[str, str, str]]:
    """(event, alert id, event id) of the first so many events after hello."""
    place = cursor.read(after) if after else None
    events = follow(journal, place, keep, as_json)
    found = []
    async with asyncio.timeout(5):
        while len(found) < count + 1:
            event = await anext(events)
            data = json.loads(event.data) if event.event == "alert" else {}
            found.append((event.event, data.get("alert_id", ""), event.id))
    await events.aclose()
    return found[1:]


partitions = st.lists(st.integers(0, 3), min_size=1, max_size=25)


def in_order(choice: list[int]) -> list[tuple[int, int]]:
    """An interleaving: each partition's offsets in order."""
    counts = dict.fromkeys(range(4), 0)
    messages = []
    for partition in choice:
        messages.append((partition, counts[partition]))
        counts[partition] += 1
    return messages


@given(partitions, st.randoms(use_true_random=False), st.data())
def test_after_a_restart_of_the_desk_a_reader_resumes_without_gap_or_repeat(choice, random, data):
    before = in_order(choice)
    cut = data.draw(st.integers(1, len(before)))
    again = choice[:]
    random.shuffle(again)
    after = in_order(again)

    async def run() -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
        first = await heard(journal_of(before), "0-0", cut)
        return first, await heard(journal_of(after), first[-1][2], len(before) - cut)

    first, second = asyncio.run(run())
    ids = [alert_id for _, alert_id, _ in first + second]
    assert sorted(ids) == sorted(f"{p}:{o}" for p, o in before)


async def test_without_a_cursor_one_hears_what_comes_from_now_on():
    journal = journal_of([(0, 0)])
    reading = asyncio.create_task(heard(journal, None, 1))
    await asyncio.sleep(0)
    journal.add(0, 1, an_alert("new"))
    assert [alert_id for _, alert_id, _ in await reading] == ["new"]


async def test_what_arrives_while_a_slow_reader_takes_an_event_is_not_lost():
    journal = journal_of([(0, 0), (1, 0)])
    events = follow(journal, {}, ALL, as_json)
    await anext(events)
    await anext(events)
    journal.add(0, 1, an_alert("late-0"))
    journal.add(2, 0, an_alert("late-2"))
    rest = [json.loads((await anext(events)).data)["alert_id"] for _ in range(3)]
    assert rest == ["1:0", "late-0", "late-2"]
    await events.aclose()


async def test_a_filter_lets_through_only_what_it_keeps_and_the_cursor_moves_over_the_rest():
    journal = Journal()
    journal.add(0, 0, an_alert("no"))
    journal.add(0, 1, an_alert("yes", certainty="confirmed"))
    assert await heard(journal, "0-0", 1, Filter(certainty="confirmed")) == [("alert", "yes", "0-2")]


async def test_a_gap_is_told_as_a_reset_and_then_it_goes_on():
    journal = journal_of([(0, n) for n in range(5)], most=2)
    events = follow(journal, {0: 1}, ALL, as_json)
    await anext(events)
    reset = await anext(events)
    journal.add(0, 5, an_alert("next"))
    following = await anext(events)
    assert (reset.event, reset.id, json.loads(following.data)["alert_id"]) == ("reset", "0-5", "next")
    await events.aclose()


async def test_an_unreadable_message_only_moves_the_cursor():
    journal = journal_of([(0, 0)])
    journal.skip(0, 1)
    journal.add(0, 2, an_alert("next"))
    assert [e[1] for e in await heard(journal, "0-1", 1)] == ["next"]


def test_the_data_of_an_event_is_the_alert_as_in_the_stream():
    journal = journal_of([(0, 0)])
    entry = next(journal.after({}))
    name, data = as_json(entry, True)
    assert (name, PolicyShiftAlert.from_bytes(data.encode())) == ("alert", entry.message)


async def test_of_stances_one_hears_what_stands_and_the_keys_of_what_does_not():
    changes = Journal()
    for offset, stance in enumerate(
        (a_stance(key="a"), a_stance(key="b", instrument="tariffs"), a_stance(key="a", state=None))
    ):
        changes.add(0, offset, stance)
    events = follow(changes, {}, Standing(instrument="military-aid"), stance_as_json)
    heard = [await anext(events) for _ in range(4)][1:]
    assert [(event.event, event.id) for event in heard] == [("stance", "0-1"), ("gone", "0-2"), ("gone", "0-3")]
    assert [json.loads(event.data)["key"] for event in heard] == ["a", "b", "a"]
    await events.aclose()
