"""A person's pause outlives the program, and holds what the system job starts."""

import logging
from datetime import datetime

from tray_app.adapters.clock import SystemClock
from tray_app.adapters.locations import Locations
from tray_app.adapters.pause_file import Pause, PauseFile
from tray_app.core.errors import TrayError

log = logging.getLogger(__name__)


def saved_pause(locations: Locations) -> Pause | None:
    """Return the pause in force, for the start of the program."""
    return PauseFile(locations.pause_file).load(SystemClock().now())


def remember_pause(locations: Locations, *, paused: bool, until: datetime | None) -> None:
    """Save a pause or its end; a full disk costs no more than the memory of it."""
    try:
        PauseFile(locations.pause_file).save(Pause(until) if paused else None)
    except TrayError as exc:
        log.warning("The pause cannot be remembered: %s", exc.words())


def read_pause(locations: Locations) -> str:
    """Say why nothing is sent by itself now; empty when nothing is paused."""
    pause = saved_pause(locations)
    if pause is None:
        return ""
    if pause.until is None:
        return "You paused the backup until you resume it."
    return f"You paused the backup until {pause.until.astimezone():%A %H:%M}."
