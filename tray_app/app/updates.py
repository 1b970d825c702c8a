"""Wiring of the look for new versions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tray_app import __version__
from tray_app.adapters.updates import CheckFile, WebAnnouncements
from tray_app.app.workshop import Workshop
from tray_app.core.settings import Settings
from tray_app.engine.notes import Notes
from tray_app.engine.updates import UpdateCheck, words_of
from tray_app.ports import Machine


@asynccontextmanager
async def looking_for_updates(
    workshop: Workshop, machine: Machine, notes: Notes
) -> AsyncIterator[UpdateCheck]:
    """Ask until the end of the block, where the settings want it; a new version is a note."""

    def say(sentence: str) -> None:
        notes.say("update", (sentence,) if sentence else ())

    check = UpdateCheck(
        __version__,
        WebAnnouncements(),
        CheckFile(workshop.locations.update_file),
        machine,
        workshop.clock,
        say,
    )
    serving = asyncio.create_task(check.serve(), name="updates")
    try:
        yield check
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


def known_notice(file: CheckFile, settings: Settings) -> str:
    """Say what was found last, without asking; "" where nothing is to be said."""
    return words_of(file.load(), __version__, settings)
