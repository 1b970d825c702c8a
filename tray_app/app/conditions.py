"""Wiring of the conditions: settings to rules, and a run that is broken off by them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

from tray_app.app.workshop import Workshop
from tray_app.app.world import opened_world
from tray_app.core.errors import TrayError
from tray_app.core.run import Outcome, RunResult
from tray_app.core.settings import Settings
from tray_app.core.snapshot import UploadState
from tray_app.engine.conditions import Conditions
from tray_app.engine.run.backup_run import BackupRun
from tray_app.engine.run.trouble import GaveUp
from tray_app.ports import Machine

ConditionsOf = Callable[[bool], Conditions]  # True: of a run that nobody asked for


@asynccontextmanager
async def opened_conditions(
    workshop: Workshop,
    settings: Callable[[], Settings],
    environ: Mapping[str, str],
) -> AsyncIterator[tuple[ConditionsOf, Machine]]:
    """Connect to the world; yields the conditions of either kind of run."""
    async with opened_world(workshop, settings, environ) as world:
        yield world.conditions, world.machine


@asynccontextmanager
async def held_by(run: BackupRun, conditions: Conditions | None) -> AsyncIterator[None]:
    """Break the run off as soon as a condition is no longer met."""
    if conditions is None:
        yield
        return

    async def watch() -> None:
        run.hold(await conditions.until_blocked())

    with conditions.transferring():
        watching = asyncio.create_task(watch(), name="conditions")
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching


def waiting(reasons: Sequence[str], remedies: Iterable[str] = ()) -> RunResult:
    """Say that nothing was begun, why, and what a person can do."""
    return RunResult(
        outcome=Outcome.WAITING,
        upload=UploadState(),
        seconds=0.0,
        reason=" ".join(reasons),
        remedy=" ".join(dict.fromkeys(remedies)),
    )


async def held_now(
    conditions: Conditions | None, error: TrayError | None = None
) -> RunResult | None:
    """Return why a run has to wait; None: it may go.

    `error`: what it could not begin for. The network may have gone since the conditions were
    looked at, or ask for a login: that is waiting, and no failure.
    """
    if conditions is None:
        return None
    if isinstance(error, GaveUp) and error.portal:
        await conditions.met_portal()
    found = await conditions.look()
    return waiting([it.words for it in found], [it.remedy for it in found]) if found else None
