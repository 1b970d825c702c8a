"""Keeps the system job in step with settings and sign-in."""

import logging
import os
import sys
from collections.abc import Mapping

from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.locations import HOME_VARIABLE, Locations
from tray_app.adapters.private_file import write_private
from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.errors import NeedsUser, TrayError
from tray_app.core.phrase import phrase
from tray_app.core.settings import Settings
from tray_app.core.system_job import (
    BACKUP,
    JobCommand,
    JobState,
    JobStatus,
    is_wanted,
    program_words,
)
from tray_app.desktop.system_job.pick import InThread, NoJob, pick_job
from tray_app.ports import SystemJob

log = logging.getLogger(__name__)


def open_job(locations: Locations, environ: Mapping[str, str]) -> SystemJob:
    """Wire the job of this installation and home; nothing is asked or written yet."""
    command = command_of(locations, environ, locations.job_name, BACKUP)
    if isinstance(command, NoJob):
        return InThread(command)
    return pick_job(command, environ, write_private)


def command_of(
    locations: Locations, environ: Mapping[str, str], name: str, arguments: tuple[str, ...]
) -> JobCommand | NoJob:
    """Return how the system starts this installation with this home."""
    program = own_program(environ)
    if program is None:
        return NoJob(phrase("It is not known how this program was started."))
    home = {HOME_VARIABLE: os.fspath(locations.data.parent)} if locations.own_home else {}
    if not _is_unicode(*program, *home.values()):
        return NoJob(phrase("The path of this program or its home is not UTF-8."))
    return JobCommand(name, (*program, *arguments), home)


def own_program(environ: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return the words that start this installation; None where they cannot be known."""
    return program_words(
        sys.executable,
        sys.platform,
        frozen=bool(getattr(sys, "frozen", False)),
        image=environ.get("APPIMAGE", ""),
    )


async def ensure(job: SystemJob, *, wanted: bool) -> JobState:
    """Create the job or correct a stale one where it is `wanted`, else remove it.

    Never raises: a backup while the app is open does not depend on it.
    """
    try:
        found = await job.read()
        if found.status is JobStatus.UNSUPPORTED:
            return found
        if not wanted:
            return found if found.status is JobStatus.ABSENT else _told(await job.remove())
        right = found.status is JobStatus.PRESENT and found.running is not False
        return found if right else _told(await job.create())
    except TrayError as exc:
        log.warning("The system job could not be kept in step: %s", exc.words())
        return JobState(JobStatus.UNSUPPORTED, exc.words())


def _told(state: JobState) -> JobState:
    log.info("The system job is %s now. %s", state.status, state.words)
    return state


async def keep_in_step(
    locations: Locations, environ: Mapping[str, str], settings: Settings | None = None
) -> JobState | None:
    """Make the job what settings and sign-in ask for: at start, at a change, at quit.

    `settings` None: those of the file. None comes back, and nothing changes, while the file
    cannot be understood.
    """
    try:
        settings = settings or SettingsFile(locations.settings_file).load().settings
        identity = AccountFile(locations.account_file).load()
    except NeedsUser as exc:
        log.warning("The system job stays as it is: %s", exc.words())
        return None
    return await ensure(open_job(locations, environ), wanted=is_wanted(settings, identity))


async def take_away(locations: Locations, environ: Mapping[str, str]) -> JobState:
    """Remove the job: nobody is signed in any more."""
    return await ensure(open_job(locations, environ), wanted=False)


async def look(locations: Locations, environ: Mapping[str, str]) -> JobState:
    """Read the real state of the job."""
    return await open_job(locations, environ).read()


def _is_unicode(*words: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for word in words for char in word)
