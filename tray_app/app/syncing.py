"""Wiring of the sync in the running program: who is signed in, the server's events, the library."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from tray_app.adapters.sqlite.library import Library
from tray_app.app.sync_accounts import Accounts
from tray_app.app.workshop import Workshop
from tray_app.core.realtime import Circumstances, Ready
from tray_app.core.settings import Settings
from tray_app.core.sync.ready import rows_of
from tray_app.core.sync.standing import SyncResult
from tray_app.core.sync_schedule import SyncState, Trigger
from tray_app.engine.additions import Additions
from tray_app.engine.conditions import Conditions
from tray_app.engine.foreground import Foreground
from tray_app.engine.realtime import Listening, Reactions
from tray_app.engine.sync_service import SyncService
from tray_app.engine.syncing import Parts, Syncing

log = logging.getLogger(__name__)


class Announcing:
    """The sign-in's syncs and direct additions, told in the log; the change feed tells windows."""

    def __init__(self, workshop: Workshop, accounts: Accounts) -> None:
        self._workshop = workshop
        self._accounts = accounts

    async def sync(self, full: bool) -> SyncResult:  # noqa: FBT001  the service's shape
        """Sync once."""
        result = await self._accounts.sync(full)
        new, gone = result.applied
        log.info("Sync complete: %d rows new or changed, %d gone.", new, gone)
        return result

    async def put(self, ready: Sequence[Ready]) -> bool:
        """Add assets that the server has just told of; False: a sync has to."""
        new = [rows for it in ready if (rows := rows_of(it))]
        library, clock = Library(self._workshop.library_db), self._workshop.clock
        owner = self._accounts.user_id()
        if len(new) < len(ready) or not owner or not await library.add(new, owner, clock.now()):
            return False
        log.info("New on the server: %d.", len(new))
        return True


def syncing_parts(
    workshop: Workshop,
    accounts: Accounts,
    settings: Callable[[], Settings],
    conditions: Conditions,
    foreground: Foreground,
    show: Callable[[SyncState | None], None],
) -> Parts:
    """Join what `Syncing` needs."""
    work = Announcing(workshop, accounts)

    async def look() -> Circumstances:
        online, on_ac = await conditions.circumstances()
        wanted = settings().realtime_in_background
        return Circumstances(foreground.now.visible, on_ac, online, wanted)

    def service(changed: Callable[[SyncState], None]) -> SyncService:
        return SyncService(
            workshop.clock,
            work.sync,
            lambda: settings().sync_interval,
            conditions.look_at_reach,
            changed=changed,
        )

    def listening(service: SyncService, refused: Callable[[], None]) -> Listening:
        reactions = Reactions(
            connected=lambda: service.knock(Trigger.CONNECTED),
            sync=lambda: service.knock(Trigger.REALTIME),
            apply=Additions(service, work.put).apply,
            sign_in_again=refused,
        )
        return Listening(accounts.realtime(), workshop.clock, look, reactions)

    return Parts(
        clock=workshop.clock,
        who=accounts.who,
        service=service,
        listening=listening,
        once=work.sync,
        show=show,
    )


@asynccontextmanager
async def serving(syncing: Syncing, accounts: Accounts) -> AsyncIterator[None]:
    """Sync while the context lasts; what is under way at its end is broken off."""
    task = asyncio.create_task(syncing.serve(), name="syncing")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await accounts.close()
