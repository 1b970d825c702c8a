"""Holds automatic backups while a failed sync may hide what was deleted or is there already."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from tray_app.core.conditions import Reason
from tray_app.core.sync.guard import upload_hold
from tray_app.core.sync_schedule import SyncState
from tray_app.ports import Clock, Ledger

log = logging.getLogger(__name__)
_SINCE = "uploadsHeldSince"


class UploadGuard:
    """Remembers in the ledger since when it holds, so that a restart prolongs nothing.

    `complete` tells whether the library was read to its end; the ledger is None while nothing
    was ever backed up.
    """

    def __init__(
        self,
        clock: Clock,
        state: Callable[[], SyncState | None],
        complete: Callable[[], Awaitable[bool]],
        ledger: Callable[[], Awaitable[Ledger | None]],
    ) -> None:
        self._clock = clock
        self._state = state
        self._complete = complete
        self._ledger = ledger

    async def look(self) -> tuple[Reason, ...]:
        """Return why an automatic backup has to wait now; empty means go."""
        state = self._state()
        ledger = await self._ledger() if state else None
        if ledger is None:
            return ()
        hold = upload_hold(state, complete=await self._complete())
        since = await ledger.fact(_SINCE)
        now = self._clock.now()
        if hold is None:
            if since:
                await ledger.remember(_SINCE, None)
            return ()
        if since is None:
            await ledger.remember(_SINCE, now.isoformat())
        begun = datetime.fromisoformat(since) if since else now
        if hold.stands(begun, now):
            return (hold.reason,)
        log.info("Backups no longer wait for the sync: %s", hold.reason.words)
        return ()
