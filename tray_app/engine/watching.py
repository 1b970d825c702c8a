"""Files as they come: bursts of changes become few knocks on the service."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress

from tray_app.core.changes import NOTHING, Folders, Problem, Seen, merged
from tray_app.core.listing import WalkRules
from tray_app.ports.watching import Watcher

log = logging.getLogger(__name__)
QUIET_SECONDS = 0.3  # as long as a file must be unchanged when there is no delay (design section 3)
LONGEST_SECONDS = 10.0


class Watching:
    """Follows a set of roots; `knock` gets the changed folders after a moment of quiet.

    A steady stream of changes knocks every 10 seconds. What only the periodic look found goes
    to `late`. `warn` gets the problems in force whenever they are others.
    """

    def __init__(
        self,
        watcher: Watcher,
        knock: Callable[[Folders], None],
        late: Callable[[Folders], None],
        warn: Callable[[tuple[Problem, ...]], object] = lambda _problems: None,
    ) -> None:
        self._watcher = watcher
        self._knock, self._knock_late = knock, late
        self._late = True
        self._warn = warn
        self._folders: Folders = NOTHING
        self._timer: asyncio.TimerHandle | None = None
        self._since = self._last = 0.0
        self._task: asyncio.Task[None] | None = None
        self.problems: tuple[Problem, ...] = ()

    async def follow(self, roots: Sequence[tuple[str, WalkRules]]) -> None:
        """Watch these roots instead of the former ones; none: stop."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
            self._take(())
        if roots:
            self._task = asyncio.create_task(self._serve(roots), name="watching")

    async def close(self) -> None:
        """Stop; what was noticed and not told yet is left to the next start's full look."""
        await self.follow(())
        if self._timer:
            self._timer.cancel()

    async def _serve(self, roots: Sequence[tuple[str, WalkRules]]) -> None:
        try:
            await self._watcher.watch(roots, self._seen)
        except Exception:
            log.exception("Watching folders broke; this is a bug. The periodic look goes on.")

    def _seen(self, seen: Seen) -> None:
        self._take(seen.problems)
        if seen.folders == NOTHING:
            return
        loop = asyncio.get_running_loop()
        if self._timer is None:
            self._since = loop.time()
            self._timer = loop.call_later(QUIET_SECONDS, self._look)
        self._last = loop.time()
        self._late = self._late and seen.late
        self._folders = merged(self._folders, seen.folders)

    def _take(self, problems: tuple[Problem, ...]) -> None:
        if problems == self.problems:
            return
        for problem in set(problems) - set(self.problems):
            log.warning("%s", problem.words())
        self.problems = problems
        self._warn(problems)

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        left = min(self._last + QUIET_SECONDS, self._since + LONGEST_SECONDS) - now
        if left > 0.01:
            self._timer = loop.call_later(left, self._look)
            return
        folders, self._folders, self._timer = self._folders, NOTHING, None
        knock = self._knock_late if self._late else self._knock
        self._late = True
        knock(folders)
