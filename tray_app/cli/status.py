"""`immich-tray status`: what is backed up and what is not, from the database."""

import asyncio
from datetime import datetime
from typing import Any

import click

from tray_app.adapters.locations import Locations
from tray_app.cli.channel import NOBODY, ask_running
from tray_app.cli.home import open_home
from tray_app.cli.output import complain, errors_in_words, print_json, say
from tray_app.core.asset import Failure
from tray_app.core.channel import RpcError
from tray_app.core.quantities import files
from tray_app.core.snapshot import Overview, Phase

_MOST_NAMED = 5


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def status(*, as_json: bool) -> None:
    """Say what is backed up and what is not."""
    from tray_app.app.overview import read_overview, read_unreadable  # noqa: PLC0415

    with errors_in_words(as_json=as_json):
        home = open_home()
        running = _running(home)
        seen = asyncio.run(read_overview(home))
        if seen.note:
            complain(seen.note)
        closed = _closed(asyncio.run(read_unreadable(home)))
        for line in [*_now(running), *_lines(seen), *_stale(running), *closed]:
            say(line, err=as_json)
        if as_json:
            print_json(running or _json(seen))


def _running(home: Locations) -> dict[str, Any] | None:
    """Ask the running program; None: there is none, or it does not answer."""
    try:
        found: dict[str, Any] | None = ask_running(home, "status")
    except RpcError as exc:
        complain(exc.words)
        return None
    return found


def _now(running: dict[str, Any] | None) -> list[str]:
    if running is None:
        return [NOBODY]
    automatic = "on" if running["automatic"] else "off"
    notes = [f"Note: {note}" for note in running.get("notes", ())]
    return [f"Now: {running['words']}", f"Automatic backup is {automatic}.", *notes]


def _lines(seen: Overview) -> list[str]:
    known = f"Account: {seen.account_name} at {seen.server_url}"
    lines = [
        known if seen.account_name else "You are not signed in. Sign in: immich-tray login URL"
    ]
    lines.append(f"Backed up: {files(seen.backed_up)}")
    lines.append(f"Not backed up yet: {files(seen.pending)}, {seen.failed:,} of them failed")
    if seen.trashed:
        lines.append(f"In the server's trash: {seen.trashed:,}")
    if seen.missing:
        lines.append(
            f"Gone from the server: {seen.missing:,}. Send them again: immich-tray upload-again"
            " --all; leave them deleted: immich-tray keep-deleted --all"
        )
    lines.append(f"Last complete backup: {_when(seen.last_success) or 'none yet'}")
    lines.append(f"Library last synced: {_when(seen.last_sync) or 'not yet'}")
    if seen.backup_failed_since:
        lines.append(f"Failing since {_when(seen.backup_failed_since)}")
    return lines


def _stale(running: dict[str, Any] | None) -> list[str]:
    """Say why the library of the running program is not up to date."""
    return [f"Library: {reason}" for reason in (running or {}).get("syncReasons", ())]


def _closed(folders: list[Failure]) -> list[str]:
    """Name folders whose photos nobody knows of."""
    lines = [f"Cannot be read: {folder.path}" for folder in folders[:_MOST_NAMED]]
    more = len(folders) - _MOST_NAMED
    return [*lines, f"... and {more} more: immich-tray failed"] if more > 0 else lines


def _json(seen: Overview) -> dict[str, object]:
    """Return the object of design section 4; a running program answers itself."""
    return {
        "running": False,
        "state": Phase.STOPPED.value,
        "reasons": [],
        "pending": seen.pending,
        "failed": seen.failed,
        "lastSuccess": seen.last_success.isoformat() if seen.last_success else None,
        "lastSync": seen.last_sync.isoformat() if seen.last_sync else None,
        "syncing": False,
        "syncReasons": [],
        "backupFailedSince": (
            seen.backup_failed_since.isoformat() if seen.backup_failed_since else None
        ),
        "trashed": seen.trashed,
        "missing": seen.missing,
    }


def _when(moment: datetime | None) -> str:
    return f"{moment.astimezone():%A %d %B %Y %H:%M}" if moment else ""
