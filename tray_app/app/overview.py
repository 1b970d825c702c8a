"""What the databases say without a server: for `status`, `failed` and the tray's first look."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime

from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.locations import Locations
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.index import Index
from tray_app.adapters.sqlite.ledger import Ledger, find_account
from tray_app.core.account import Identity
from tray_app.core.asset import Failure
from tray_app.core.snapshot import Overview


async def account_of(database: Database, identity: Identity | None) -> int | None:
    """Return the account of the signed-in user, else the one that ran last."""
    user = identity.user_id if identity else ""
    return await database.run(lambda conn: find_account(conn, user))


async def overview(database: Database, identity: Identity | None, now: datetime) -> Overview:
    """Count what is known of the signed-in account at `now` (aware)."""
    account = await account_of(database, identity)
    site = identity.url.removesuffix("/api") if identity else ""
    name = identity.email if identity else ""
    if account is None:
        return Overview(server_url=site, account_name=name)
    ledger = Ledger(database, account)
    counts = await ledger.counts()
    return Overview(
        pending=counts.pending,
        failed=counts.failed,
        backed_up=counts.backed_up,
        trashed=counts.trashed,
        missing=counts.missing,
        last_success=_time(await ledger.fact("lastSuccess")),
        last_sync=_time(await ledger.fact("lastSync")),
        backup_failed_since=_time(await ledger.fact("backupFailedSince")),
        retry_at=await ledger.next_attempt(now),
        server_url=site,
        account_name=name,
    )


async def failures(database: Database, identity: Identity | None) -> list[Failure]:
    """List the files that are not backed up, with their reasons, and folders nobody can read."""
    account = await account_of(database, identity)
    found = [] if account is None else await Ledger(database, account).failures()
    return found + await Index(database).unreadable()


async def retry_all(database: Database, identity: Identity | None, at: datetime) -> int:
    """Make every failed file due again; returns how many."""
    account = await account_of(database, identity)
    return 0 if account is None else await Ledger(database, account).retry_all(at)


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


async def read_overview(locations: Locations) -> Overview:
    """Open the database just for this; raises NeedsUser when it cannot be used."""
    identity = AccountFile(locations.account_file).load()
    with closing(Database(locations.backup_db, "backup")) as database:
        return replace(await overview(database, identity, SystemClock().now()), note=database.note)


async def read_failures(locations: Locations) -> list[Failure]:
    """Do the same for the failed files of the signed-in account."""
    with closing(Database(locations.backup_db, "backup")) as database:
        return await failures(database, AccountFile(locations.account_file).load())


async def read_unreadable(locations: Locations) -> list[Failure]:
    """List the folders that could not be read when they were last looked at."""
    with closing(Database(locations.backup_db, "backup")) as database:
        return await Index(database).unreadable()


async def count_folders(locations: Locations) -> int:
    """Count the folders that were looked at so far."""
    with closing(Database(locations.backup_db, "backup")) as database:
        return await Index(database).known_folders()


async def set_due(locations: Locations) -> int:
    """Make every failed file due at once; returns how many."""
    identity = AccountFile(locations.account_file).load()
    with closing(Database(locations.backup_db, "backup")) as database:
        return await retry_all(database, identity, SystemClock().now())
