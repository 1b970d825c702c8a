"""Runs one backup on a plain asyncio loop, with Ctrl-C as a calm end."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tray_app.adapters.locations import Locations
from tray_app.app.backup import Request, back_up, load_settings
from tray_app.app.workshop import Workshop, run_options
from tray_app.app.world import opened_world
from tray_app.cli.progress import Display, display
from tray_app.core.errors import NeedsUser, TrayError
from tray_app.core.run import Outcome, RunResult, nothing_done

# The system job may outlive the wish for it, where it could not be removed.
SWITCHED_OFF = nothing_done(
    Outcome.WAITING,
    "Automatic backup is switched off (backgroundBackup).",
    "Name folders to back them up all the same: immich-tray backup FOLDER --once --background.",
)


def run_backup(locations: Locations, request: Request, *, quiet: bool) -> RunResult:
    """Back up once and show progress; what prevents a run is a result, too."""
    try:
        return asyncio.run(backup_once(locations, request, quiet=quiet))
    except TrayError as exc:
        need = exc.need if isinstance(exc, NeedsUser) else None
        outcome = Outcome.NEEDS_USER if need else Outcome.TROUBLE
        return nothing_done(outcome, exc.reason, exc.remedy, need)


async def backup_once(locations: Locations, request: Request, *, quiet: bool) -> RunResult:
    """Do the same inside a loop; raises TrayError when it does not come to a run."""
    settings = load_settings(locations)
    if request.automatic and not settings.background_backup:
        return SWITCHED_OFF
    settle = run_options(settings).quiet
    workshop = Workshop.open(locations)
    try:
        async with opened_world(workshop, lambda: load_settings(locations), os.environ) as world:
            with display(quiet=quiet, settle=settle) as shown, _interruptible(shown):
                return await back_up(
                    workshop,
                    settings,
                    request,
                    shown.hooks(),
                    os.environ,
                    None if request.unconditional else world.conditions(request.background),
                )
    finally:
        workshop.close()


@contextmanager
def _interruptible(shown: Display) -> Iterator[None]:
    """Ctrl-C, SIGTERM or a closed terminal ends the run after its current files.

    A second one ends it at once.
    """
    if sys.platform == "win32":  # loops there have no signal handlers; Ctrl-C cancels the run
        yield
        return
    loop, current = asyncio.get_running_loop(), asyncio.current_task()
    caught = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        caught.append(signal.SIGHUP)
    asked = False

    def on_signal() -> None:
        nonlocal asked
        if shown.run and not asked:
            asked = True
            shown.line("Stopping after the current files. Press Ctrl-C again to stop at once.")
            shown.run.stop()
        elif current:
            current.cancel()

    for number in caught:
        loop.add_signal_handler(number, on_signal)
    try:
        yield
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        for number in caught:
            loop.remove_signal_handler(number)
