"""Assets with all details: by a search page by page, or one by one where few are wanted."""

import logging
from collections.abc import AsyncIterator, Collection
from datetime import datetime, timedelta
from uuid import UUID

from tray_app.core.errors import TryLater
from tray_app.core.phrase import phrase
from tray_app.core.sync.answers import FullAsset
from tray_app.core.sync.passes import Search
from tray_app.core.sync.standing import DETAILS_EVERY, Since
from tray_app.engine.etag.reading import Reading, portions, together

log = logging.getLogger(__name__)

FEW = 8
MOST_PAGES = 5_000
# The server stamps a change before others can see it, and its clock is told in seconds.
_MARGIN = timedelta(minutes=5)
_SEARCHED = ("timeline", "archive", "hidden")


class Details:
    """Asks for details and stores them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def take(
        self, needed: Collection[bytes], welcome: Collection[bytes], search: Search | None
    ) -> set[bytes]:
        """Store the needed assets, and welcome ones that a search brings along.

        Returns needed ones that we may not see. A page of a search may miss an asset that
        another change moved; whatever it leaves out is asked for by itself.
        """
        left = set(needed)
        if search and len(welcome) > FEW:
            left -= await self._search(set(welcome), search)
        return await self._ask(left)

    async def _search(self, wanted: set[bytes], search: Search) -> set[bytes]:
        found: set[bytes] = set()
        async for page in self._pages(search):
            assets = [asset for asset in page if asset.id.bytes in wanted]
            await self._put(assets)
            found.update(asset.id.bytes for asset in assets)
            if found >= wanted:
                break
        return found

    async def _ask(self, wanted: Collection[bytes]) -> set[bytes]:
        refused: set[bytes] = set()
        for portion in portions(sorted(wanted)):
            texts = [str(UUID(bytes=one)) for one in portion]
            answers = await together(self._reading.resources.asset(text) for text in texts)
            pairs = zip(portion, answers, strict=True)
            found = [asset for one, asset in pairs if asset and asset.id.bytes == one]
            await self._put(found)
            refused |= set(portion) - {asset.id.bytes for asset in found}
        return refused

    async def _put(self, assets: Collection[FullAsset]) -> None:
        if assets:
            self._reading.upserted += await self._reading.mirror.put_assets(list(assets))

    async def changes(self, since: Since, *, changed: bool) -> Since:
        """Search for details that no list shows, where something changed or it is time."""
        now = self._reading.clock.now()
        asked = since.asked
        due = asked is None or not timedelta(0) <= now - asked < DETAILS_EVERY
        if not (since.full or changed or due):
            return since
        server = self._reading.resources.server_time
        until = (server or now - timedelta(days=1)) - _MARGIN
        if not since.full:
            # A server's clock that was ahead and is right again dates changes before `details`.
            await self._changed_since(since.details and min(since.details, until))
        return since._replace(details=until, asked=now)

    async def _changed_since(self, moment: datetime | None) -> None:
        for visibility in _SEARCHED:
            search = Search(visibility, trashed=True, updated_after=moment)
            async for page in self._pages(search):
                self._reading.upserted += await self._reading.mirror.put_known(page)

    async def _pages(self, search: Search) -> AsyncIterator[list[FullAsset]]:
        for number in range(1, MOST_PAGES):
            found = await self._reading.resources.search(search, number)
            if found.items:
                yield found.items
            if not found.items or found.next_page is None:
                return
        raise TryLater(phrase("The server does not come to an end of a search."))
