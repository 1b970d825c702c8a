"""Port `Watcher`: each root is watched, polled or waited for, whatever it allows at the time."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tray_app.adapters.watch.polling import INTERVAL, poll
from tray_app.core.changes import Folders, Problem, Seen
from tray_app.core.listing import WalkRules
from tray_app.core.mounts import mount_of, parse

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from asyncinotify import Inotify

    from tray_app.adapters.watch.inotify import Tree

_TABLE = Path("/proc/self/mountinfo")


class FolderWatcher:
    """Watches by inotify on Linux and looks once a minute elsewhere and on network drives.

    `interval`: seconds between two looks at what is polled, missing, or may be another drive.
    """

    def __init__(self, interval: float = INTERVAL) -> None:
        self._interval = interval
        self._problems: dict[str, Problem] = {}
        self._tell: Callable[[Seen], None] = lambda _seen: None

    async def watch(
        self, roots: Sequence[tuple[str, WalkRules]], tell: Callable[[Seen], None]
    ) -> None:
        """Watch until cancelled."""
        self._tell = tell
        self._problems.clear()
        async with asyncio.TaskGroup() as tasks:
            for root, rules in roots:
                tasks.create_task(self._follow(root, rules), name="watch")

    def _changed(self, folders: Folders) -> None:
        self._tell(Seen(folders, tuple(self._problems.values())))

    async def _follow(self, root: str, rules: WalkRules) -> None:
        while True:
            identity = await asyncio.to_thread(_identity, root)
            if identity is None:
                await asyncio.sleep(self._interval)
            elif sys.platform == "linux" and not await asyncio.to_thread(_needs_polling, root):
                await self._watched(root, rules, identity)
            else:
                await self._polled(root, rules, identity)

    async def _polled(self, root: str, rules: WalkRules, identity: tuple[int, int]) -> None:
        await _first(
            poll(root, rules, self._changed, self._interval), self._until_other(root, identity)
        )

    async def _watched(self, root: str, rules: WalkRules, identity: tuple[int, int]) -> None:
        from tray_app.adapters.watch import inotify as linux  # noqa: PLC0415  Linux only

        try:
            with linux.open_inotify(root) as inotify:
                tree = linux.Tree(root, rules, inotify)
                await tree.cover([root])
                self._problems.pop(root, None)
                self._changed(None)
                await _first(
                    self._read(tree, inotify),
                    self._grow(tree),
                    self._until_other(root, identity),
                )
        except linux.Lost:
            return
        except linux.NoRoom as exc:
            self._problems[root] = exc.problem
            await self._polled(root, rules, identity)

    async def _read(self, tree: "Tree", inotify: "Inotify") -> None:
        async for event in inotify:
            if (folder := tree.take(event)) is not None:
                self._changed(frozenset({folder}))

    async def _grow(self, tree: "Tree") -> None:
        while True:
            self._changed(frozenset(await tree.cover(await tree.next_fresh())))

    async def _until_other(self, root: str, identity: tuple[int, int]) -> None:
        """Return when the root is gone, or a drive was mounted over it."""
        while await asyncio.to_thread(_identity, root) == identity:  # noqa: ASYNC110  no event tells
            await asyncio.sleep(self._interval)


async def _first(*works: "Coroutine[object, object, None]") -> None:
    """Run until the first one ends, then end the others; raises what it raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


def _identity(root: str) -> tuple[int, int] | None:
    """Tell one folder from another by the same name; None: it is not there."""
    try:
        found = os.stat(root)  # noqa: PTH116  the path may hold undecodable bytes
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _needs_polling(root: str) -> bool:
    try:
        table = parse(_TABLE.read_bytes())
    except OSError:
        return True
    mount = mount_of(os.path.realpath(root), table)
    return mount is None or mount.watched_by_polling
