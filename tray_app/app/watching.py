"""Wiring of file watching: settings to roots, changes to knocks on the service."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tray_app.adapters.watch.watcher import FolderWatcher
from tray_app.app.workshop import roots_of
from tray_app.core.changes import Problem
from tray_app.core.settings import Settings
from tray_app.engine.knocks import Knocks
from tray_app.engine.watching import Watching


class FileWatch:
    """Watches the enabled folders while automatic backup is on."""

    def __init__(self, watching: Watching) -> None:
        self._watching = watching
        self._followed: object = None
        self._turn = asyncio.Lock()

    async def settings_changed(self, settings: Settings) -> None:
        """Watch what these settings name; nothing is done when that is the same."""
        wanted = (
            settings.enabled_folders if settings.background_backup else (),
            settings.exclude_patterns,
        )
        async with self._turn:
            if wanted != self._followed:
                self._followed = wanted
                await self._watching.follow(roots_of(wanted[0], settings, {}))


@asynccontextmanager
async def opened_file_watch(
    service: Knocks,
    settings: Settings,
    say: Callable[[tuple[str, ...]], object] = lambda _sentences: None,
) -> AsyncIterator[FileWatch]:
    """Watch until the end of the block; `say` gets what a person can do about late news."""

    def warn(problems: tuple[Problem, ...]) -> None:
        say(tuple(problem.words() for problem in problems))

    watching = Watching(FolderWatcher(), service.files_changed, service.look_again, warn)
    files = FileWatch(watching)
    await files.settings_changed(settings)
    try:
        yield files
    finally:
        await watching.close()
