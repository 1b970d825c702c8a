"""After the uploads: put assets into albums, in batches, surviving a crash between."""

import logging
from collections.abc import Sequence

from tray_app.core.errors import AssetRejected
from tray_app.core.phrase import phrase
from tray_app.engine.run.item import RunContext

log = logging.getLogger(__name__)
_BATCH = 500


class Albums:
    """Works off the queue of assets that wait for an album."""

    def __init__(self, context: RunContext) -> None:
        self._run = context
        self._owned: dict[str, str] | None = None

    async def fill(self) -> None:
        """Add every waiting asset; albums that do not exist yet are created once."""
        for name in await self._run.albums.names():
            while waiting := await self._run.albums.waiting(name, _BATCH):
                await self._add(name, waiting)

    async def _add(self, name: str, assets: Sequence[str]) -> None:
        """Add one batch; an asset the album refuses is gone from the server, so let it go."""
        for again in (True, False):
            try:
                added = await self._call(await self._album(name), assets)
            except AssetRejected as exc:
                await self._run.albums.link(name, None)
                self._owned = None
                if again:
                    continue
                log.warning("Album %s: %s", name, exc.words())
                self._run.tally.notes.append(
                    phrase("Album {name}: {words}", name=name, words=exc.words())
                )
                added = [False] * len(assets)
            if not all(added):
                log.warning("Album %s took %d of %d assets.", name, sum(added), len(added))
            break
        await self._run.albums.done(name, assets)

    async def _call(self, album: str, assets: Sequence[str]) -> Sequence[bool]:
        server = self._run.server
        return await self._run.trouble.call(lambda: server.add_to_album(album, assets))

    async def _album(self, name: str) -> str:
        """Find the album by what we remember, then by name, else create it."""
        if linked := await self._run.albums.remote_id(name):
            return linked
        server, trouble = self._run.server, self._run.trouble
        if self._owned is None:
            found = await trouble.call(server.albums)
            self._owned = {album.name: album.remote_id for album in reversed(found)}
        if name not in self._owned:
            made = await trouble.call(lambda: server.create_album(name))
            self._owned[name] = made.remote_id
        await self._run.albums.link(name, self._owned[name])
        return self._owned[name]
