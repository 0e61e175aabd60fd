"""A Faust app in; how far its consumer is in the streams it reads, out."""

from collections.abc import Iterable, Mapping
from typing import Any

import faust
from faust.exceptions import ConsumerNotStarted

from services.monitor.watch import READ_BY, Partition


class ReadOffsets:
    """How far this worker's consumer is in the streams it reads. Changelogs are left out: nobody is behind on them."""

    def __init__(self, app: faust.App, *, embedded: bool) -> None:
        self._app: Any = app  # its consumer's figures are not part of Faust's typed interface
        self._embedded = embedded

    async def ends(self) -> Mapping[Partition, int]:
        """Asks the broker: what a fetch last said is old while Faust holds a full partition back.

        The embedded broker answers this question wrongly (services/broker/quirks.py): there the fetch's word is taken.
        """
        mine = [Partition(*tp) for tp in self._assigned() if tp.topic in READ_BY]
        if not self._embedded:
            return dict(await self._app.consumer.highwaters(*mine)) if mine else {}
        known = {tp: self._app.consumer.highwater(tp) for tp in mine}
        return {tp: end for tp, end in known.items() if end is not None}

    async def committed(self, partitions: Iterable[Partition]) -> Mapping[Partition, int]:
        """Faust's own gauge is one too high per partition, so this reads the offsets it commits."""
        of = self._app.consumer._committed_offset  # noqa: SLF001 - the public figures begin with the first commit
        done = {tp: of[tp] for tp in partitions if of.get(tp) is not None}
        fresh = [tp for tp in partitions if tp not in done]
        return done | dict(await self._app.consumer.earliest_offsets(*fresh)) if fresh else done

    def _assigned(self) -> Iterable[Any]:
        try:
            return list(self._app.consumer.assignment())
        except ConsumerNotStarted:
            return []
