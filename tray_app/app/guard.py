"""Wiring of the upload guard: the signed-in account's ledger and library."""

from collections.abc import Callable

from tray_app.adapters.sqlite.ledger import Ledger
from tray_app.adapters.sqlite.library import Library
from tray_app.app.overview import account_of
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity
from tray_app.core.sync_schedule import SyncState
from tray_app.engine.upload_guard import UploadGuard


def upload_guard(
    workshop: Workshop,
    identity: Callable[[], Identity | None],
    state: Callable[[], SyncState | None],
) -> UploadGuard:
    """Return the guard for automatic backups; `state` None: nobody to sync for."""

    async def ledger() -> Ledger | None:
        account = await account_of(workshop.backup_db, identity())
        return None if account is None else Ledger(workshop.backup_db, account)

    async def complete() -> bool:
        who = identity()
        return who is None or await Library(workshop.library_db).complete(who.user_id)

    return UploadGuard(workshop.clock, state, complete, ledger)
