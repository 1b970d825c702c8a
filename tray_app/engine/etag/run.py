"""One sync with an API key: conditional requests, and the same tables as by the stream.

Whatever is stored is true by itself, and each ETag is stored with its rows, so that a sync that
breaks off is gone on with by the next one (docs/decisions/0011).
"""

import logging
from collections.abc import Collection
from typing import TypeVar

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.permissions import missing_for_sync
from tray_app.core.phrase import phrase, plural
from tray_app.core.server import ServerVersion
from tray_app.core.sync.answers import ApiKey, Version
from tray_app.core.sync.passes import own_passes, partner_passes
from tray_app.core.sync.standing import Owner, Since, SyncMode, SyncResult
from tray_app.engine.etag import albums, people
from tray_app.engine.etag.cached import cached, refresh_about
from tray_app.engine.etag.details import Details
from tray_app.engine.etag.gone import Gone
from tray_app.engine.etag.reading import Reading
from tray_app.engine.etag.timeline import Timeline
from tray_app.engine.sync_run import require_known
from tray_app.ports import Clock, Library, Mirror, Resources

T = TypeVar("T")
log = logging.getLogger(__name__)


class EtagRun:
    """Brings the library of `owner` up to date, once, by what an API key may read."""

    def __init__(
        self, resources: Resources, mirror: Mirror, library: Library, clock: Clock, owner: Owner
    ) -> None:
        self._resources = resources
        self._mirror = mirror
        self._library = library
        self._clock = clock
        self._owner = owner

    async def run(self, *, full: bool = False) -> SyncResult:
        """Sync; `full` goes by no ETag. Raises NeedsUser or TryLater.

        A key that may not read the assets leaves them as they are: NeedsUser(PERMISSION), after
        what it may read was read.
        """
        start, begun = self._clock.monotonic(), self._clock.now()
        version = await self._version(full=full)
        granted = (await self._kept("/api-keys/me", ApiKey, full=full)).permissions
        missing = missing_for_sync(granted)
        await refresh_about(self._resources, self._mirror, me="user.read" not in missing, full=full)
        since = await self._mirror.begin(self._owner, str(version), self._clock.now(), full=full)
        reading = Reading(self._resources, self._mirror, self._clock, since.full)
        await self._people(reading, missing)
        if "album.read" not in missing:
            await albums.take_albums(reading, version)
        if "asset.read" in missing:
            raise _lacking(missing)
        since = await self._assets(
            reading, since, missing, may_check=_grants(granted, "asset.upload")
        )
        await self._mirror.finish(since, begun)
        if missing:
            log.warning("The API key lacks %s; the rest is synced.", ", ".join(missing))
        return SyncResult(
            mode=SyncMode.ETAG,
            applied=reading.applied,
            counts=await self._library.counts(),
            seconds=self._clock.monotonic() - start,
            not_modified=self._resources.not_modified,
            missing=missing,
        )

    async def _version(self, *, full: bool) -> ServerVersion:
        told = await self._kept("/server/version", Version, full=full)
        version = ServerVersion(told.major, told.minor, told.patch)
        require_known(version)
        return version

    async def _kept(self, path: str, kind: type[T], *, full: bool) -> T:
        return await cached(self._resources, self._mirror, path, kind, full=full)

    async def _people(self, reading: Reading, missing: Collection[str]) -> None:
        if "user.read" not in missing:
            await people.take_users(reading)
        if "partner.read" not in missing:
            await people.take_partners(reading)

    async def _assets(
        self, reading: Reading, since: Since, missing: Collection[str], *, may_check: bool
    ) -> Since:
        details = Details(reading)
        timeline = Timeline(reading, details)
        passes = own_passes(self._owner.user_id)
        if with_partners := "partner.read" not in missing:
            shown = await self._mirror.partners()
            passes += [one for whose in shown for one in partner_passes(whose)]
        changed = await timeline.settle(passes)
        self._require_own(timeline)
        all_shown = with_partners and not timeline.refused
        if "album.read" not in missing:
            await albums.take_contents(reading, timeline)
        since = await details.changes(since, changed=changed)
        if "stack.read" not in missing:
            await people.take_stacks(reading)
        await Gone(reading, may_check=may_check).settle()
        reading.deleted += await self._mirror.tidy(partners=all_shown)
        return since

    def _require_own(self, timeline: Timeline) -> None:
        if any(one.query in timeline.refused for one in own_passes(self._owner.user_id)):
            raise NeedsUser(
                phrase("The server refuses to list our own photos."),
                need=Need.VERSION,
                remedy=phrase(
                    "Look for a newer Immich Tray; until then the library stays as it is."
                ),
            )


def _grants(granted: Collection[str], permission: str) -> bool:
    return "all" in granted or permission in granted


def _lacking(missing: Collection[str]) -> NeedsUser:
    return NeedsUser(
        plural(
            "To show the library the API key lacks the permission {names}.",
            "To show the library the API key lacks the permissions {names}.",
            n=len(missing),
            names=", ".join(sorted(missing)),
        ),
        need=Need.PERMISSION,
        remedy=phrase(
            "Add to the key in Immich under Account Settings, API Keys. The backup goes on without."
        ),
    )
