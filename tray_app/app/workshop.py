"""What lives as long as the process, and what lives as long as a connection to a server."""

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from tray_app.adapters.clock import SystemClock
from tray_app.adapters.files.source import PhotoFiles
from tray_app.adapters.immich.client import ImmichServer
from tray_app.adapters.immich.http import connected as http_connected
from tray_app.adapters.locations import Locations
from tray_app.adapters.sqlite.albums import AlbumQueue, SizeLimits
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.index import Index
from tray_app.adapters.sqlite.ledger import Ledger, open_account
from tray_app.adapters.sqlite.plan import Plan
from tray_app.adapters.sqlite.voucher import Voucher
from tray_app.core.asset import Kind
from tray_app.core.exclusion import ExclusionRules
from tray_app.core.listing import WalkRules
from tray_app.core.run import RunOptions
from tray_app.core.server import SignIn
from tray_app.core.setting_specs import AlbumMode, Folder
from tray_app.core.settings import Settings
from tray_app.core.snapshot import Phase, UploadState
from tray_app.core.sync.standing import Owner
from tray_app.engine.connect import Connected, connect
from tray_app.engine.run.backup_run import BackupRun, Parts

Announce = Callable[[str, datetime | None], None]
Publish = Callable[[Phase, UploadState], None]

QUIET_SECONDS = 2.0
QUIET_WITHOUT_DELAY = 0.3  # with a trigger delay of 0 (design section 3, "Stable")


def run_options(settings: Settings, **changes: object) -> RunOptions:
    """Translate settings into the engine's terms; `changes` are fields of `RunOptions`."""
    options = RunOptions(
        concurrency=settings.upload_concurrency or None,
        bandwidth=settings.upload_bandwidth_limit * 1024,
        album_mode=settings.album_mode,
        album_name=settings.album_name,
        quiet=QUIET_SECONDS if settings.backup_trigger_delay else QUIET_WITHOUT_DELAY,
    )
    return replace(options, **changes)  # type: ignore[arg-type]


def roots_of(
    folders: Sequence[Folder], settings: Settings, kinds: dict[str, Kind]
) -> list[tuple[str, WalkRules]]:
    """Pair each folder with what to take from it."""
    return [
        (
            os.path.abspath(folder.path),  # noqa: PTH100  keeps undecodable bytes
            _rules(kinds, ExclusionRules([*settings.exclude_patterns, *folder.exclude])),
        )
        for folder in folders
    ]


def _rules(kinds: dict[str, Kind], exclusion: ExclusionRules) -> WalkRules:
    return WalkRules(kinds, exclusion.excludes, exclusion.spares)


@dataclass(frozen=True, slots=True)
class Workshop:
    """The adapters that live as long as the process: databases and file access."""

    locations: Locations
    backup_db: Database
    library_db: Database
    files: PhotoFiles
    clock: SystemClock

    @classmethod
    def open(cls, locations: Locations) -> "Workshop":
        """Open both databases; raises NeedsUser when one cannot be used."""
        locations.create()
        backup_db = Database(locations.backup_db, "backup")
        try:
            # What was acknowledged is not sent again: it must not be undone by a power failure.
            library_db = Database(locations.library_db, "library", durable=True)
        except BaseException:
            backup_db.close()
            raise
        return cls(locations, backup_db, library_db, PhotoFiles(), SystemClock())

    def close(self) -> None:
        """Close everything."""
        self.files.close()
        self.library_db.close()
        self.backup_db.close()

    def notes(self) -> list[str]:
        """Say which database was damaged and set aside."""
        return [db.note for db in (self.backup_db, self.library_db) if db.note]


@dataclass(frozen=True, slots=True)
class Connection:
    """A server that is ready for runs of one account; `near`: its addresses close by."""

    workshop: Workshop
    server: ImmichServer
    info: Connected
    account_id: int
    owner: Owner
    near: tuple[str, ...] = ()

    @property
    def ledger(self) -> Ledger:
        """Outcomes of this account."""
        return Ledger(self.workshop.backup_db, self.account_id)

    @property
    def voucher(self) -> Voucher:
        """What the library knows of this account, if it is this session's."""
        shop = self.workshop
        return Voucher(shop.backup_db, shop.library_db.path, self.account_id, self.owner)

    def backup(
        self,
        folders: Sequence[Folder],
        settings: Settings,
        options: RunOptions,
        publish: Publish,
        announce: Announce,
    ) -> BackupRun:
        """Prepare a run over these folders."""
        shop = self.workshop
        parts = Parts(
            server=self.server,
            account=self.info.account,
            source=shop.files,
            index=Index(shop.backup_db),
            plan=Plan(shop.backup_db, self.account_id),
            ledger=self.ledger,
            voucher=self.voucher,
            albums=AlbumQueue(shop.backup_db, self.account_id),
            limits=SizeLimits(shop.backup_db),
            clock=shop.clock,
        )
        near = self.server.address if self.server.address in self.near else (*self.near, "")[0]
        roots = roots_of(folders, settings, self.info.media.table())
        options = replace(options, near=near)
        return BackupRun(parts, roots, options, publish, announce)


@asynccontextmanager
async def connection(
    workshop: Workshop, sign_in: SignIn, settings: Settings, announce: Announce
) -> AsyncIterator[Connection]:
    """Connect to the server and find or make its account in the database."""
    async with http_connected(sign_in) as http:
        server = ImmichServer(http, uses_key=sign_in.api_key is not None)
        info = await connect(
            server,
            workshop.clock,
            announce,
            albums=settings.album_mode is not AlbumMode.OFF,
        )
        account = info.account
        account_id = await open_account(
            workshop.backup_db, account.user_id, sign_in.url, account.email
        )
        owner = Owner(account.user_id, sign_in.fingerprint)
        yield Connection(workshop, server, info, account_id, owner, sign_in.way.near)
