"""One sync from sign-in to result, for the command line and the tray alike."""

from collections.abc import Mapping

from tray_app.adapters.immich.http import connected
from tray_app.adapters.immich.resources import ImmichResources
from tray_app.adapters.immich.stream import ImmichChanges
from tray_app.adapters.sqlite.ledger import Ledger, open_account
from tray_app.adapters.sqlite.library import Library
from tray_app.adapters.sqlite.mirror import Mirror
from tray_app.adapters.sqlite.tombstones import Removals, Tombstones
from tray_app.app.session import open_session
from tray_app.app.sync_turn import sync_turn
from tray_app.app.workshop import Workshop
from tray_app.core.server import Account, SignIn
from tray_app.core.sync.standing import Owner, SyncResult
from tray_app.engine.etag.cached import refresh_about
from tray_app.engine.etag.run import EtagRun
from tray_app.engine.removals import keep_deleted
from tray_app.engine.sync_run import SyncRun


async def synchronize(
    workshop: Workshop, environ: Mapping[str, str], *, full: bool, prompt: bool = True
) -> SyncResult:
    """Sign in, sync once, and leave nothing open behind; waits while another process syncs.

    `full`: have everything sent again. `prompt`: the keychain may ask. Raises NeedsUser, TryLater.
    """
    async with sync_turn(workshop.locations):
        return await _synchronize(workshop, environ, full=full, prompt=prompt)


async def _synchronize(
    workshop: Workshop, environ: Mapping[str, str], *, full: bool, prompt: bool
) -> SyncResult:
    session = open_session(workshop.locations, environ, allow_prompt=prompt)
    signed_in = await session.open()
    sign_in = signed_in.loaded.sign_in
    try:
        result = await sync_as(workshop, sign_in, signed_in.account.user_id, full=full)
        await tell_backup(workshop, sign_in, signed_in.account)
    finally:
        await session.finish(signed_in.loaded)
    return result


async def sync_as(
    workshop: Workshop, sign_in: SignIn, user_id: str, *, full: bool = False
) -> SyncResult:
    """Sync the library of a signed-in user: by the change stream, which API keys do not get."""
    owner = Owner(user_id, sign_in.fingerprint)
    library, mirror = Library(workshop.library_db), Mirror(workshop.library_db)
    async with connected(sign_in) as http:
        resources = ImmichResources(http)
        if sign_in.api_key:
            by_tags = EtagRun(resources, mirror, library, workshop.clock, owner)
            return await by_tags.run(full=full)
        run = SyncRun(ImmichChanges(http), library, workshop.clock, owner)
        result = await run.run(full=full)
        await refresh_about(resources, mirror, full=full)
        return result._replace(not_modified=resources.not_modified)


async def tell_backup(workshop: Workshop, sign_in: SignIn, account: Account) -> None:
    """Let `backup.db` know what a finished sync found deleted, and when it was."""
    account_id = await open_account(workshop.backup_db, account.user_id, sign_in.url, account.email)
    now = workshop.clock.now().isoformat()
    await Ledger(workshop.backup_db, account_id).remember("lastSync", now)
    await keep_deleted(
        Removals(workshop.library_db, account.user_id),
        Tombstones(workshop.backup_db, account_id),
        workshop.clock,
    )
