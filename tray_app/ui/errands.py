"""Work that a widget starts and does not wait for: questions to the database, files written."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from tray_app.core.errors import TrayError
from tray_app.ui.language import localised, mark, tr

log = logging.getLogger(__name__)
BUG = mark("Something unexpected happened; the log has the details.")

Say = Callable[[str], object]


class Errands:
    """Keeps the tasks of one window; all of them end with it."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def begin(self, work: Coroutine[Any, Any, object], say: Say) -> asyncio.Task[None] | None:
        """Do `work`; `say` gets the words of what went wrong. A bug is logged and said, too.

        None: nothing is begun any more, since the window has gone or the loop has ended.
        """
        if self._closed or not _loop_runs():
            work.close()
            return None
        task = asyncio.create_task(_done(work, say))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @property
    def busy(self) -> bool:
        """Tell whether anything is under way."""
        return bool(self._tasks)

    def close(self) -> None:
        """Give up what is under way, and begin nothing more."""
        self._closed = True
        for task in self._tasks:
            task.cancel()


def _loop_runs() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def _done(work: Coroutine[Any, Any, object], say: Say) -> None:
    try:
        await work
    except TrayError as exc:
        say(localised(exc.words()))
    except Exception:
        log.exception("The window could not do what was asked; this is a bug.")
        say(tr(BUG))
