"""Wiring of the conditions: settings to rules, and a run that is broken off by them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import time
from functools import partial
from urllib.parse import urlsplit

from tray_app.adapters.account_file import AccountFile
from tray_app.app.workshop import Workshop
from tray_app.core.conditions import Rules
from tray_app.core.errors import TrayError
from tray_app.core.run import Outcome, RunResult
from tray_app.core.settings import Settings
from tray_app.core.snapshot import UploadState
from tray_app.core.url import is_loopback
from tray_app.desktop.pick import pick_machine
from tray_app.engine.conditions import Conditions
from tray_app.engine.run.backup_run import BackupRun
from tray_app.ports import Machine

ConditionsOf = Callable[[bool], Conditions]  # True: of a run that nobody asked for


@asynccontextmanager
async def opened_conditions(
    workshop: Workshop,
    settings: Callable[[], Settings],
    environ: Mapping[str, str],
) -> AsyncIterator[tuple[ConditionsOf, Machine]]:
    """Connect to what knows network and power; yields the conditions of either kind of run.

    The rules are read anew at each look, so that a changed setting acts at once; of a broken
    settings file the last good rules stay in force.
    """
    saved = AccountFile(workshop.locations.account_file)
    last = Rules()

    def rules(*, background: bool) -> Rules:
        nonlocal last
        with suppress(TrayError):
            identity = saved.load()
            address = environ.get("IMMICH_INSTANCE_URL") or (identity.url if identity else "")
            last = rules_of(settings(), address, background=background)
        return last

    async with pick_machine() as machine:
        of = {
            background: Conditions(machine, partial(rules, background=background), workshop.clock)
            for background in (False, True)
        }
        yield of.__getitem__, machine


@asynccontextmanager
async def held_by(run: BackupRun, conditions: Conditions | None) -> AsyncIterator[None]:
    """Break the run off as soon as a condition is no longer met."""
    if conditions is None:
        yield
        return

    async def watch() -> None:
        run.hold(await conditions.until_blocked())

    watching = asyncio.create_task(watch(), name="conditions")
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


def waiting(reasons: tuple[str, ...]) -> RunResult:
    """Say that nothing was begun, and why."""
    return RunResult(
        outcome=Outcome.WAITING, upload=UploadState(), seconds=0.0, reason=" ".join(reasons)
    )


def rules_of(settings: Settings, address: str, *, background: bool) -> Rules:
    """Translate settings; a server on this computer is reached over no network.

    Quiet hours are for automatic backup only (its setting says so).
    """
    hours = settings.quiet_hours.split("-") if background and settings.quiet_hours else []
    quiet = (time.fromisoformat(hours[0]), time.fromisoformat(hours[1])) if hours else None
    host = urlsplit(address).hostname or ""
    return Rules(
        require_wifi=settings.backup_require_wifi and not is_loopback(host),
        require_charging=settings.backup_require_charging,
        min_battery_percent=settings.backup_min_battery_percent,
        quiet_hours=quiet,
    )
