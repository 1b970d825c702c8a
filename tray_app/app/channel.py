"""The running program answers other processes: one instance, its status, its commands."""

import logging
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime

from tray_app.adapters.locations import Locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.channel import Call, Code, PauseParams, RpcError
from tray_app.core.errors import TrayError
from tray_app.core.snapshot import Snapshot
from tray_app.engine.commands import Commands
from tray_app.engine.store import Store
from tray_app.ui.view import sentence

log = logging.getLogger(__name__)


class AlreadyRunningError(Exception):
    """Another process serves this installation; it was asked to show itself."""


@asynccontextmanager
async def only_instance(locations: Locations, environ: Mapping[str, str]) -> AsyncIterator[None]:
    """Be the one program of this installation; raises AlreadyRunningError.

    On Windows nothing guards yet (its named pipe is not written).
    """
    if sys.platform == "win32":
        yield
        return
    from tray_app.adapters.channel.place import Claim, socket_path  # noqa: PLC0415  Unix only

    claim = Claim(socket_path(locations, environ))
    if not claim.take():
        raise AlreadyRunningError
    try:
        yield
    finally:
        claim.give_back()


@asynccontextmanager
async def open_to_others(
    locations: Locations,
    environ: Mapping[str, str],
    store: Store,
    commands: Commands,
    now: Callable[[], datetime],
) -> AsyncIterator[None]:
    """Serve the channel; needs `only_instance`."""
    if sys.platform == "win32":
        yield
        return
    from tray_app.adapters.channel.place import socket_path  # noqa: PLC0415  Unix only
    from tray_app.adapters.channel.server import serving  # noqa: PLC0415

    async def answer(call: Call) -> object:
        log.info("Asked by another process: %s.", call.method)
        return _answer(call, locations, store, commands, now)

    async with serving(socket_path(locations, environ), answer):
        yield


def _answer(
    call: Call,
    locations: Locations,
    store: Store,
    commands: Commands,
    now: Callable[[], datetime],
) -> object:
    match call.method:
        case "start" | "stop":
            _switch(locations, on=call.method == "start")
        case "pause":
            commands.pause(call.params.minutes if isinstance(call.params, PauseParams) else None)
        case "resume":
            commands.resume()
        case "backUpNow":
            commands.back_up_now()
        case "quit" | "systemStop":
            commands.quit()
        case "status":
            return status_json(store.snapshot, now())
        case "show" | "initialized":
            pass  # the window is issue 5's; the answer says that somebody is here
        case _:
            raise RpcError(Code.NOT_ALLOWED, f"{call.method} is not for other processes.")
    return {"running": True}


def _switch(locations: Locations, *, on: bool) -> None:
    """Switch automatic backup; the program obeys its settings file at once."""
    try:
        SettingsFile(locations.settings_file).change("backgroundBackup", on)
    except TrayError as exc:
        raise RpcError(Code.INTERNAL, exc.words()) from exc


def status_json(snapshot: Snapshot, now: datetime) -> dict[str, object]:
    """Return the object of `status --json` (design section 4) with the upload state beside it."""
    upload = asdict(snapshot.upload)
    return {
        "running": True,
        "state": snapshot.phase.value,
        "reasons": list(snapshot.reasons),
        "notes": list(snapshot.notes),
        "pending": snapshot.pending,
        "failed": snapshot.failed,
        "lastSuccess": _iso(snapshot.last_success),
        "backupFailedSince": _iso(snapshot.backup_failed_since),
        "resumeAt": _iso(snapshot.resume_at),
        "automatic": snapshot.automatic,
        "words": sentence(snapshot, now),
        "upload": {_camel(name): value for name, value in upload.items()},
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
