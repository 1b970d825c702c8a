"""Background work of a widget: on the loop that Qt and asyncio share, and ended with the widget."""

import asyncio
import logging
from collections.abc import Callable, Coroutine

log = logging.getLogger(__name__)


class Tasks:
    """Holds what runs; what breaks is a bug, loud in the log, and breaks nothing else."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(
        self, work: Coroutine[object, object, None], done: Callable[[], object] = lambda: None
    ) -> asyncio.Task[None]:
        """Run `work`; `done` is called when it has ended, however it did."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(lambda ended: self._ended(ended, done))
        return task

    def stop(self) -> None:
        """Cancel everything."""
        for task in tuple(self._running):
            task.cancel()

    def _ended(self, task: asyncio.Task[None], done: Callable[[], object]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (met := task.exception()):
            log.error("Work of a window broke; this is a bug.", exc_info=met)
        done()
