"""Wiring of the window: what its pages list, and what a person can do there."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tray_app.adapters import log_reader, logs
from tray_app.adapters.export_file import write_export
from tray_app.adapters.files.availability import why_unavailable
from tray_app.adapters.locations import Locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.sqlite.backup_reader import BackupReader
from tray_app.adapters.sqlite.history import BackupHistory
from tray_app.adapters.sqlite.ledger import Ledger
from tray_app.app.bundle import Report, write_bundle
from tray_app.app.overview import account_of, failures
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity
from tray_app.core.errors import TrayError
from tray_app.core.failure_csv import failure_csv
from tray_app.core.history import FailedRow, FileRow
from tray_app.core.log_lines import Level, LogPage, Mark
from tray_app.core.settings import Settings
from tray_app.core.system_job import is_wanted
from tray_app.desktop.reveal import reveal
from tray_app.engine.foreground import Foreground, Presence
from tray_app.engine.supervisor import Supervisor
from tray_app.engine.syncing import Syncing
from tray_app.ui.desk import RECENT, Desk
from tray_app.ui.errands import Errands
from tray_app.ui.memory import Memory
from tray_app.ui.page import PageSpec
from tray_app.ui.pages import window_pages

Known = Callable[[], Identity | None]


@asynccontextmanager
async def following_windows(
    foreground: Foreground, *services: Supervisor | Syncing
) -> AsyncIterator[None]:
    """Tell the services whether a window is seen."""
    visible = False

    def changed(presence: Presence) -> None:
        nonlocal visible
        if presence.visible == visible:
            return
        visible = presence.visible
        for service in services:
            service.resumed() if visible else service.backgrounded()

    end = foreground.subscribe(changed)
    try:
        yield
    finally:
        end()


@asynccontextmanager
async def opened_desk(
    workshop: Workshop,
    service: Supervisor,
    settings: Callable[[], Settings],
    identity: Known,
    environ: Mapping[str, str],
    doctor: Report,
    *,
    scheduled: bool,
    sync: Callable[[], object] = lambda: None,
    timeline: PageSpec | None = None,
    open_settings: Callable[[], object] | None = None,
    set_up: Callable[[], object] | None = None,
) -> AsyncIterator[Desk]:
    """Prepare what window and menu show; nothing is read before it is asked for.

    `scheduled`: this program keeps a system job. `sync` asks for a sync. `doctor` reports all
    checks, see `write_bundle`.
    """
    locations = workshop.locations
    reader = BackupReader(locations.backup_db)

    def user() -> str:
        known = identity()
        return known.user_id if known else ""

    history = BackupHistory(reader, user, lambda: settings().folders, why_unavailable)
    errands = Errands()
    log_book = LogFolder(locations, environ, doctor)
    mending = Mender(workshop, service, identity)

    async def recent() -> Sequence[FileRow]:
        return await history.files("", None, None, RECENT)

    def refresh() -> None:
        sync()
        errands.begin(service.recount(), lambda _fault: None)

    pages = window_pages(
        service, workshop.clock.now, history, mending, log_book, errands, reveal, timeline, set_up
    )
    try:
        yield Desk(
            pages=pages,
            memory=Memory(locations.window_file),
            errands=errands,
            recent=recent,
            reveal=reveal,
            refresh=refresh,
            open_settings=open_settings,
            set_up=set_up or (lambda: None),
            departure=ScheduledBackup(locations, settings, identity) if scheduled else None,
            monotonic=workshop.clock.monotonic,
        )
    finally:
        errands.close()
        await asyncio.to_thread(reader.close)


@dataclass(frozen=True, slots=True)
class Mender:
    """Port `Mending`, over the ledger of the signed-in account and the running service."""

    workshop: Workshop
    service: Supervisor
    identity: Known

    async def retry(self, rows: Sequence[FailedRow]) -> None:
        """Try these again at once."""
        if ledger := await self._ledger():
            ids = [row.file_id for row in rows if row.file_id is not None]
            await ledger.retry(ids, self.workshop.clock.now())
        self.service.back_up_paths([row.path for row in rows])

    async def retry_all(self) -> None:
        """Try every failed file again at once."""
        if ledger := await self._ledger():
            await ledger.retry_all(self.workshop.clock.now())
        self.service.back_up_now()

    async def ignore(self, file_ids: Iterable[int]) -> None:
        """Leave these out."""
        if ledger := await self._ledger():
            await ledger.ignore(file_ids, self.workshop.clock.now())
        await self.service.recount()

    async def take_back(self, file_ids: Iterable[int]) -> None:
        """Let them be candidates again, due at once."""
        ids = list(file_ids)
        if ledger := await self._ledger():
            await ledger.ignore(ids, None)
            await ledger.retry(ids, self.workshop.clock.now())
        await self.service.recount()

    async def export(self, target: Path) -> int:
        """Write the failed files as CSV."""
        found = await failures(self.workshop.backup_db, self.identity())
        await asyncio.to_thread(write_export, target, failure_csv(found).encode("utf-8-sig"))
        return len(found)

    async def _ledger(self) -> Ledger | None:
        account = await account_of(self.workshop.backup_db, self.identity())
        return None if account is None else Ledger(self.workshop.backup_db, account)


@dataclass(frozen=True, slots=True)
class LogFolder:
    """Port `LogBook`, over the folder of log files."""

    locations: Locations
    environ: Mapping[str, str]
    doctor: Report

    async def newest(self, lowest: Level, search: str, limit: int) -> LogPage:
        """Read the newest entries."""
        read = partial(log_reader.newest, self.locations.logs, lowest, search, limit)
        return await asyncio.to_thread(read)

    async def added(self, mark: Mark, lowest: Level, search: str) -> LogPage:
        """Read what came after `mark`."""
        read = partial(log_reader.added, self.locations.logs, mark, lowest, search)
        return await asyncio.to_thread(read)

    def is_detailed(self) -> bool:
        """Tell what this process writes now."""
        return logs.is_detailed()

    async def set_detailed(self, *, on: bool) -> None:
        """Save the setting, and obey it before anybody reads it again."""
        file = SettingsFile(self.locations.settings_file)
        await asyncio.to_thread(file.change, "advancedTroubleshooting", on)
        logs.set_detail(detailed=on)

    async def export(self, target: Path) -> None:
        """Write the support bundle."""
        await asyncio.to_thread(write_bundle, self.locations, target, self.doctor, self.environ)


@dataclass(frozen=True, slots=True)
class ScheduledBackup:
    """Port `Departure`."""

    locations: Locations
    settings: Callable[[], Settings]
    identity: Known

    def goes_on(self) -> bool:
        """Tell whether settings and sign-in ask for the system job."""
        try:
            return is_wanted(self.settings(), self.identity())
        except TrayError:
            return False  # who is signed in cannot be read, so no job would run

    def switch_off(self) -> None:
        """Change the setting; the end of the program brings the job in step."""
        SettingsFile(self.locations.settings_file).change("scheduledBackup", False)
