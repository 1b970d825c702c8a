"""What left the server, and a person's word on it; no server needed."""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.locations import Locations
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.kept_back import KeptBackFiles
from tray_app.app.overview import account_of
from tray_app.core.ledger import Kept, KeptBack


@dataclass(frozen=True, slots=True)
class Wish:
    """Which files are meant, and what shall become of them; without `paths`: all.

    `again`: they are to be uploaded again, or brought out of the server's trash; False: what is
    missing counts as deleted on purpose. `act` False: only say which.
    """

    again: bool
    paths: tuple[str, ...] = ()
    act: bool = True


async def fulfil(locations: Locations, wish: Wish) -> list[KeptBack]:
    """Open the database just for this; returns the files that are meant."""
    with closing(Database(locations.backup_db, "backup")) as database:
        account = await account_of(database, AccountFile(locations.account_file).load())
        if account is None:
            return []
        return await fulfil_in(KeptBackFiles(database, account), wish, SystemClock().now())


async def fulfil_in(kept: KeptBackFiles, wish: Wish, at: datetime) -> list[KeptBack]:
    """Do it for one account of an open database, as a window does; returns the files."""
    found = await kept.listed(_absolute(wish.paths))
    if not wish.again:
        found = [file for file in found if file.why is Kept.MISSING]
    if wish.act and found:
        do = kept.upload_again if wish.again else kept.keep_deleted
        await do({file.sha1 for file in found}, at)
    return found


def _absolute(paths: Sequence[str]) -> list[str]:
    return [os.path.abspath(path) for path in paths]  # noqa: PTH100  any bytes
