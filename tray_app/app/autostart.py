"""Whether the tray starts at login: asked of the system, never remembered (issue 5, part 5)."""

import logging
from collections.abc import Mapping

from tray_app.adapters.locations import Locations
from tray_app.adapters.private_file import write_private
from tray_app.app.system_job import command_of
from tray_app.core.errors import TrayError
from tray_app.core.system_job import AT_LOGIN, JobState, JobStatus
from tray_app.desktop.autostart.pick import pick_autostart
from tray_app.desktop.system_job.pick import InThread, NoJob
from tray_app.ports import SystemJob

log = logging.getLogger(__name__)


def open_autostart(locations: Locations, environ: Mapping[str, str]) -> SystemJob:
    """Wire the autostart of this installation and home; nothing is asked or written yet."""
    command = command_of(locations, environ, locations.autostart_name, AT_LOGIN)
    if isinstance(command, NoJob):
        return InThread(command)
    return pick_autostart(command, environ, locations.autostart_answer, write_private)


async def follow_the_program(locations: Locations, environ: Mapping[str, str]) -> None:
    """Correct an entry that starts where the program was before it moved; never raises."""
    try:
        autostart = open_autostart(locations, environ)
        if (await autostart.read()).status is JobStatus.STALE:
            log.info("Autostart follows the program: %s", (await autostart.create()).words)
    except TrayError as exc:
        log.warning("Autostart could not be corrected: %s", exc.words())


async def take_away(locations: Locations, environ: Mapping[str, str]) -> None:
    """Remove the entry: nobody is signed in any more; never raises."""
    try:
        autostart = open_autostart(locations, environ)
        if (await autostart.read()).status in (JobStatus.PRESENT, JobStatus.STALE):
            await autostart.remove()
    except TrayError as exc:
        log.warning("Autostart could not be removed: %s", exc.words())


async def switch(locations: Locations, environ: Mapping[str, str], *, on: bool) -> JobState:
    """Switch it on or off and read it back; raises NeedsUser(DISK)."""
    autostart = open_autostart(locations, environ)
    return await (autostart.create() if on else autostart.remove())
