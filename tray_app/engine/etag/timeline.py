"""The timeline month by month: of ourselves, of partners, of albums (docs/decisions/0011)."""

import asyncio
import logging
from collections.abc import Sequence

from tray_app.core.errors import AssetRejected, TryLater
from tray_app.core.phrase import phrase
from tray_app.core.sync.answers import MOST_MONTHS, Month, MonthList
from tray_app.core.sync.passes import Pass, search_of
from tray_app.core.sync.standing import Place
from tray_app.engine.etag.details import Details
from tray_app.engine.etag.reading import Reading, portions, together
from tray_app.ports import Fetched

log = logging.getLogger(__name__)
ROUNDS = 3


class Timeline:
    """Reads lists of months; `refused` are the queries of those that the server refused."""

    def __init__(self, reading: Reading, details: Details) -> None:
        self._reading = reading
        self._details = details
        self.refused: set[str] = set()

    async def settle(self, passes: Sequence[Pass]) -> bool:
        """Take all lists until nothing that moved between them seems lost; True: some changed.

        What moves into a month that was read already is found in the next round.
        """
        any_changed = False
        for _ in range(ROUNDS):
            changed = await self.take(passes)
            any_changed |= changed
            if not changed or not await self._reading.mirror.any_lost():
                break
        return any_changed

    async def take(self, passes: Sequence[Pass]) -> bool:
        """Take each list once; True: something had changed."""
        changed = False
        for one in passes:
            try:
                changed |= await self._pass(one)
            except AssetRejected as exc:
                log.info("The list %s is refused: %s", one.query, exc.reason)
                self.refused.add(one.query)
        return changed

    async def _pass(self, one: Pass) -> bool:
        fresh = await self._reading.get(one.path, list[Month])
        if fresh:
            if len(fresh.value) > MOST_MONTHS:
                raise TryLater(phrase("The server lists more months than there are."))
            months = {line.time_bucket for line in fresh.value}
            await self._reading.mirror.set_months(one, fresh.etag, months)
        changed = fresh is not None
        for places in portions(await self._reading.mirror.months(one)):
            answers = await together(self._month(one, place) for place in places)
            for place, answer in zip(places, answers, strict=True):
                if answer:
                    changed = True
                    await self._store(one, place, answer)
        return changed

    async def _month(self, one: Pass, place: Place) -> Fetched[MonthList] | None:
        return await self._reading.resources.get(one.month(place.month), MonthList, place.etag)

    async def _store(self, one: Pass, place: Place, answer: Fetched[MonthList]) -> None:
        reading = self._reading
        entries = await asyncio.to_thread(list, answer.value.entries())
        differing = await reading.mirror.differing(entries)
        welcome = {entry.id for entry in entries} if reading.full else differing
        refused = await self._details.take(differing, welcome, search_of(one, place.month))
        now = reading.clock.now()
        reading.upserted += await reading.mirror.list_month(
            place, answer.etag, entries, refused, now
        )
