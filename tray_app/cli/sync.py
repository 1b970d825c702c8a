"""`immich-tray sync`: bring the local copy of the server's library up to date, once."""

import asyncio
import os

import click

from tray_app.adapters.locations import Locations
from tray_app.cli.home import open_home
from tray_app.cli.output import errors_in_words, print_json, say
from tray_app.core.sync.standing import SyncResult


@click.command()
@click.option("--once", is_flag=True, help="Sync once and end (what happens without it, too).")
@click.option("--full", is_flag=True, help="Have the server send everything again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def sync(*, once: bool, full: bool, as_json: bool) -> None:
    """Bring the local copy of the server's library up to date: assets, albums, users, partners.

    While Immich Tray runs it does the work and this command waits for it.
    Exit status: 0 all well, 1 it failed and may work later, 2 wrong usage, 3 it needs you.
    """
    from tray_app.cli.follow import follow_sync, is_served  # noqa: PLC0415  the heavy half

    del once
    with errors_in_words(as_json=as_json):
        home = open_home()
        notes: list[str] = []
        if is_served(home):
            result = follow_sync(home, full=full)
        else:
            result, notes = _sync(home, full=full)
        for sentence in (*notes, _told(result)):
            say(sentence, err=as_json)
        if as_json:
            print_json(result.as_json())


def _sync(home: Locations, *, full: bool) -> tuple[SyncResult, list[str]]:
    """Sync in this process; returns what a person should know beside the result, too."""
    from tray_app.app.sync import synchronize  # noqa: PLC0415  the heavy half
    from tray_app.app.workshop import Workshop  # noqa: PLC0415

    workshop = Workshop.open(home)
    try:
        result = asyncio.run(synchronize(workshop, os.environ, full=full))
        return result, workshop.notes()
    finally:
        workshop.close()


def _told(result: SyncResult) -> str:
    counts, done = result.counts, result.applied
    lacking = ""
    if result.missing:
        lacking = (
            f" The API key lacks {', '.join(result.missing)}: what that stands for is as old as"
            " it was."
        )
    return (
        f"The library is up to date: {counts.assets} assets of yours, {counts.albums} albums,"
        f" {counts.users} users, {counts.partners} partners"
        f" ({done.upserted} rows new or changed, {done.deleted} gone).{lacking}"
    )
