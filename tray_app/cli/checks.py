"""What `doctor` looks at on this computer; each check gives one finding and never raises."""

import importlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from tray_app.adapters.locations import Locations
from tray_app.core.asset import shown
from tray_app.core.errors import NeedsUser, TrayError
from tray_app.core.settings import Settings
from tray_app.core.tray_advice import how_to_get_a_tray

LIBRARY = "Library sync"
LEAST_FREE = 500_000_000  # bytes; the databases of 500,000 photos need less
_QT_SECONDS = 20
_AS_MODULE = () if getattr(sys, "frozen", False) else ("-m", "tray_app")


class State(StrEnum):
    """How a check ended; NOTE is worth reading and no fault."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"
    SKIPPED = "not checked"


class Finding(NamedTuple):
    """One line of the report; `needs_user`: the remedy is an act of the person's."""

    name: str
    state: State
    words: str
    remedy: str = ""
    needs_user: bool = False


def found(name: str, act: Callable[[], str]) -> Finding:
    """Run a check that returns its words; a TrayError becomes a problem."""
    try:
        return Finding(name, State.OK, act())
    except TrayError as exc:
        return problem(name, exc)


def problem(name: str, exc: TrayError) -> Finding:
    """Turn an error into a finding."""
    return Finding(name, State.PROBLEM, exc.reason, exc.remedy, isinstance(exc, NeedsUser))


def python_and_qt(environ: Mapping[str, str]) -> Finding:
    """Start Qt in a process of its own: a broken display would end ours."""
    version = f"Python {platform.python_version()}"
    display = bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")) or os.name == "nt"
    display = display or sys.platform == "darwin"
    if importlib.util.find_spec("PySide6") is None:
        return Finding("Python and Qt", State.PROBLEM, f"{version}; PySide6 is not installed.")
    try:
        answer = _start_qt(environ if display else {**environ, "QT_QPA_PLATFORM": "offscreen"})
    except (subprocess.SubprocessError, OSError) as exc:
        why = (getattr(exc, "stderr", "") or str(exc)).strip().splitlines()[-1:]
        return Finding(
            "Python and Qt",
            State.PROBLEM if display else State.NOTE,
            f"{version}; Qt does not start: {''.join(why)}",
            "Install the libraries it names (on Debian: sudo apt install libegl1 libgl1"
            " libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0).",
        )
    if not display:
        return Finding("Python and Qt", State.OK, f"{version}, Qt; no display, so no tray.")
    if answer != "tray":
        return Finding(
            "Python and Qt",
            State.NOTE,
            f"{version}, Qt; this desktop shows no tray.",
            how_to_get_a_tray(environ.get("XDG_CURRENT_DESKTOP", "")),
        )
    return Finding("Python and Qt", State.OK, f"{version}, Qt, a tray.")


def _start_qt(environ: Mapping[str, str]) -> str:
    done = subprocess.run(  # noqa: S603  ourselves
        [sys.executable, *_AS_MODULE, "qt-probe"],
        env=dict(environ),
        capture_output=True,
        text=True,
        timeout=_QT_SECONDS,
        check=True,
    )
    return done.stdout.strip()


def notifications(environ: Mapping[str, str]) -> list[Finding]:
    """Look for a notification service on the session bus, where there is a Linux desktop."""
    display = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    if not display or not sys.platform.startswith("linux"):
        return []
    name = "org.freedesktop.Notifications"
    try:
        offered = _bus_names()
    except (OSError, KeyError, ImportError, RuntimeError) as exc:
        words = f"The session bus does not answer ({type(exc).__name__}): no notifications."
        return [Finding("Notifications", State.NOTE, words)]
    if name in offered:
        return [Finding("Notifications", State.OK, "A notification service is there.")]
    words = "No notification service; the tray icon shows the state."
    return [Finding("Notifications", State.NOTE, words, "Install one, for example dunst.")]


def _bus_names() -> set[str]:
    """Ask the session bus which names are taken or can be started."""
    blocking = importlib.import_module("jeepney.io.blocking")
    bus = importlib.import_module("jeepney").DBus()
    with blocking.open_dbus_connection(bus="SESSION") as connection:
        questions = (bus.ListNames(), bus.ListActivatableNames())
        answers = [connection.send_and_get_reply(one, timeout=5) for one in questions]
    return {name for answer in answers for name in answer.body[0]}


def folders(settings: Settings) -> list[Finding]:
    """Look whether each enabled folder is there and can be read."""
    if not settings.enabled_folders:
        return [
            Finding(
                "Folders",
                State.NOTE,
                "No folder is chosen for backup.",
                "Add one: immich-tray settings set folders /path/to/photos.",
            )
        ]
    return [_folder(folder.path) for folder in settings.enabled_folders]


def _folder(path: str) -> Finding:
    name = f"Folder {shown(path)}"
    try:
        with os.scandir(path) as entries:
            empty = next(entries, None) is None
    except OSError as exc:
        remedy = "Connect its drive, correct its path, or make it readable for you."
        return Finding(name, State.PROBLEM, f"{exc.strerror}.", remedy, needs_user=True)
    if empty:
        return Finding(name, State.NOTE, "Empty; is its drive connected?")
    return Finding(name, State.OK, "Can be read.")


def disk_space(locations: Locations) -> Finding:
    """Look whether the databases can grow."""
    free = shutil.disk_usage(locations.data).free
    words = f"{free // 1_000_000:,} MB free in {locations.data}."
    if free < LEAST_FREE:
        remedy = "Free some space: the record of what is backed up cannot grow."
        return Finding("Disk space", State.PROBLEM, words, remedy, needs_user=True)
    return Finding("Disk space", State.OK, words)


def room_to_watch(folders: int) -> Finding:
    """Look whether the system lets us watch so many folders, besides what others watch."""
    name = "Folder watching"
    if sys.platform != "linux":
        return Finding(name, State.OK, "This system has no limit of its own.")
    from tray_app.adapters.watch.inotify import most_watches, no_room  # noqa: PLC0415  Linux only

    limit = most_watches()
    if limit and folders > limit:
        wanting = no_room("", folders)
        return Finding(name, State.NOTE, wanting.reason, wanting.remedy)
    return Finding(name, State.OK, f"{folders:,} folders; the system allows {limit:,}.")


def library(running: Mapping[str, Any] | None, last_sync: datetime | None) -> Finding:
    """Say how up to date the copy of the server's library is; `running`: the program's status."""
    when = f"Last synced {last_sync.astimezone():%A %d %B %Y %H:%M}." if last_sync else ""
    if running and running.get("syncReasons"):
        return Finding(LIBRARY, State.NOTE, " ".join([*running["syncReasons"], when]).strip())
    if not when:
        remedy = "" if running else "Start immich-tray, or type: immich-tray sync"
        return Finding(LIBRARY, State.NOTE, "The library has not been synced yet.", remedy)
    return Finding(LIBRARY, State.OK, when)
