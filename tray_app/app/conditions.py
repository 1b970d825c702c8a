"""Wiring of the conditions: settings to rules, and a run that is broken off by them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from tray_app.core.conditions import Reason
from tray_app.core.errors import TrayError
from tray_app.core.run import Outcome, RunResult, nothing_done
from tray_app.engine.conditions import Conditions
from tray_app.engine.run.backup_run import BackupRun
from tray_app.engine.run.trouble import GaveUp


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


def waiting(reasons: Sequence[Reason]) -> RunResult:
    """Say that nothing was begun, why, and what a person can do."""
    return nothing_done(
        Outcome.WAITING,
        " ".join(it.words for it in reasons),
        " ".join(dict.fromkeys(it.remedy for it in reasons)),
        blockers=tuple(it.blocker for it in reasons),
    )


async def waits_after_all(error: TrayError, conditions: Conditions | None) -> RunResult | None:
    """Return why a run that could not begin only waits; None when it failed.

    The network may have gone after the conditions were looked at, or asked for a login.
    """
    if conditions is None:
        return None
    if isinstance(error, GaveUp) and error.portal:
        await conditions.met_portal()
    reasons = await conditions.look()
    return waiting(reasons) if reasons else None
