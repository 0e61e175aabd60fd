"""A Faust app that, before it gives partitions back, settles what its agents did: nothing is half done when they go."""

import asyncio
from typing import Any

import faust

from services.monitor.unit import Unit


class HandingOver(faust.App):
    """A faust.App that asks every one of its `units` to hand over, at each rebalance and when the worker stops.

    Faust's own `stream_wait_empty` waits at the same place for messages to be acknowledged; agents that acknowledge
    several together, when the next one comes, it would wait for in vain, because by then it has emptied their queues.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units: list[Unit] = []

    async def _consumer_wait_empty(self, consumer: Any, logger: Any) -> None:
        """In Faust's place for it: after the flow of messages is stopped, before the group hears that we let go."""
        logger.info("Hand over what is open...")
        await asyncio.gather(*(unit.hand_over() for unit in self.units))
        await consumer.commit()
