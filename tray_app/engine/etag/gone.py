"""What no list shows any more: asked for once more, then taken away, and told or not."""

import logging
from collections.abc import Sequence

from tray_app.core.sync.answers import FullAsset
from tray_app.core.sync.passes import counts_as_deleted
from tray_app.core.sync.removals import Removed
from tray_app.engine.etag.reading import Reading, portions, together

log = logging.getLogger(__name__)
_CHECKED = 5_000
_ASKED = 100


class Gone:
    """Decides about own assets that fell out of every list; `may_check`: by their checksums."""

    def __init__(self, reading: Reading, *, may_check: bool) -> None:
        self._reading = reading
        self._may_check = may_check

    async def settle(self) -> None:
        """Keep what is there all the same, take away the rest."""
        mirror = self._reading.mirror
        missing = await mirror.missing()
        if not missing:
            return
        known = await mirror.own_assets()
        there = await self._there(missing) if self._may_check else set[str]()
        suspects = [
            one.remote_id for one in missing if not self._may_check or one.remote_id in there
        ]
        seen = {str(asset.id): asset for asset in await self._seen(suspects)}
        # What is in the trash and in no list is about to go for good: it is asked again.
        await mirror.hold([one for one, asset in seen.items() if not asset.is_trashed])
        await mirror.hide(sorted(there - seen.keys()))
        gone = [
            one.remote_id
            for one in missing
            if one.remote_id not in there and one.remote_id not in seen
        ]
        told = counts_as_deleted(len(gone), known)
        if gone and not told:
            log.warning("%d assets are gone from the server; they are kept in mind.", len(gone))
        self._reading.deleted += await mirror.remove(gone, told=told)

    async def _there(self, missing: Sequence[Removed]) -> set[str]:
        """Return those that the server has: it answers for locked assets, too."""
        found: set[str] = set()
        for portion in portions(missing, _CHECKED):
            checksums = [one.sha1 or b"" for one in portion]
            answers = await self._reading.resources.check(checksums)
            pairs = zip(portion, answers, strict=True)
            found |= {one.remote_id for one, answer in pairs if answer.remote_id == one.remote_id}
        return found

    async def _seen(self, suspects: Sequence[str]) -> list[FullAsset]:
        """Return those we may see by themselves, of a few: locked ones we may not."""
        found: list[FullAsset] = []
        for portion in portions(suspects[:_ASKED]):
            answers = await together(self._reading.resources.asset(one) for one in portion)
            found += [asset for asset in answers if asset]
        self._reading.upserted += await self._reading.mirror.put_known(found)
        return found
