"""One sync from sign-in to result, for the command line and the tray alike."""

from collections.abc import Mapping

from tray_app.adapters.immich.http import connected
from tray_app.adapters.immich.stream import ImmichChanges
from tray_app.adapters.sqlite.ledger import Ledger, open_account
from tray_app.adapters.sqlite.library import Library
from tray_app.adapters.sqlite.tombstones import Removals, Tombstones
from tray_app.app.session import open_session
from tray_app.app.sync_turn import sync_turn
from tray_app.app.workshop import Workshop
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.server import Account, SignIn
from tray_app.core.sync.standing import Owner, SyncResult
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
        _require_session(sign_in)
        result = await sync_as(workshop, sign_in, signed_in.account.user_id, full=full)
        await tell_backup(workshop, sign_in, signed_in.account)
    finally:
        await session.finish(signed_in.loaded)
    return result


async def sync_as(
    workshop: Workshop, sign_in: SignIn, user_id: str, *, full: bool = False
) -> SyncResult:
    """Sync the library of a user whose session this is."""
    async with connected(sign_in) as http:
        owner = Owner(user_id, sign_in.fingerprint)
        run = SyncRun(ImmichChanges(http), Library(workshop.library_db), workshop.clock, owner)
        return await run.run(full=full)


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


def _require_session(sign_in: SignIn) -> None:
    """Raise NeedsUser where the server would refuse: API keys get no change stream."""
    if sign_in.api_key:
        raise NeedsUser(
            "With an API key the server does not tell what changed in the library, and the way"
            " around it (ETag sync) is not there yet. Backup works with the key.",
            need=Need.SIGN_IN,
            remedy="Sign in with --email E or --browser instead: immich-tray login URL --email E.",
        )
