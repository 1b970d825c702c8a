"""Port `Watcher`: each root is watched, polled or waited for, whatever it allows at the time."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from tray_app.adapters.watch.elsewhere import watch_below
from tray_app.adapters.watch.mount_table import hearing_of_mounts, read_mounts
from tray_app.adapters.watch.polling import INTERVAL, poll
from tray_app.core.changes import NOTHING, Folders, Problem, Seen
from tray_app.core.listing import WalkRules
from tray_app.core.mounts import mount_of

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from asyncinotify import Inotify

    from tray_app.adapters.watch.inotify import Tree

_LINUX = sys.platform == "linux"
RECONCILE = 1800.0  # seconds between two looks at what is watched: events are never trusted alone
_PATIENCE = 10  # intervals between two tries to watch what the system had no room for
_BREATH = 1 / 60  # of an interval: how long a flood may go on before it is watched again


class FolderWatcher:
    """Watches by inotify on Linux, by watchfiles elsewhere; looks once a minute on network drives.

    `interval`: seconds between two looks at what is polled, missing, or may be another drive;
    `reconcile`: between two looks at what is watched, too.
    """

    def __init__(self, interval: float = INTERVAL, reconcile: float = RECONCILE) -> None:
        self._interval = interval
        self._reconcile = reconcile
        self._problems: dict[str, Problem] = {}
        self._floods: dict[str, float] = {}  # when a root's queue overflowed last, by the loop
        self._mounted = asyncio.Event()
        self._tell: Callable[[Seen], None] = lambda _seen: None

    async def watch(
        self, roots: Sequence[tuple[str, WalkRules]], tell: Callable[[Seen], None]
    ) -> None:
        """Watch until cancelled."""
        self._tell = tell
        self._problems.clear()
        self._floods.clear()
        with hearing_of_mounts(self._mounts_changed):
            async with asyncio.TaskGroup() as tasks:
                for root, rules in roots:
                    tasks.create_task(self._follow(root, rules), name="watch")

    def _mounts_changed(self) -> None:
        self._mounted.set()
        self._mounted = asyncio.Event()

    def _changed(self, folders: Folders, *, late: bool = False) -> None:
        self._tell(Seen(folders, tuple(self._problems.values()), late=late))

    async def _follow(self, root: str, rules: WalkRules) -> None:
        while True:
            identity = await asyncio.to_thread(_identity, root)
            if identity is None:
                await self._pause()
            elif await asyncio.to_thread(_needs_polling, root):
                await _first(self._polled(root, rules), self._until_other(root, identity))
            elif _LINUX:
                await self._watched(root, rules, identity)
            else:
                await self._watched_elsewhere(root, rules, identity)

    def _polled(self, root: str, rules: WalkRules) -> "Coroutine[object, object, None]":
        return poll(root, rules, self._changed, self._interval)

    def _reconciled(self, root: str, rules: WalkRules) -> "Coroutine[object, object, None]":
        """Tell everywhere, and every half hour what no event has told; also what one has."""
        late = partial(self._changed, late=True)
        return poll(root, rules, self._changed, self._reconcile, late)

    async def _watched(self, root: str, rules: WalkRules, identity: tuple[int, int]) -> None:
        from tray_app.adapters.watch import inotify as linux  # noqa: PLC0415  Linux only

        try:
            with linux.open_inotify(root) as inotify:
                tree = linux.Tree(root, rules, inotify)
                await tree.cover([root])
                if root not in self._floods:
                    self._problems.pop(root, None)
                await _first(
                    self._read(tree, inotify),
                    self._grow(tree),
                    self._until_other(root, identity),
                    self._reconciled(root, rules),
                )
        except linux.Overflow as exc:
            self._problems[root] = exc.problem
            self._floods[root] = asyncio.get_running_loop().time()
            self._changed(None)
            await asyncio.sleep(self._interval * _BREATH)
        except linux.Lost:
            return
        except linux.NoRoom as exc:
            self._problems[root] = exc.problem
            await _first(
                self._polled(root, rules),
                self._until_other(root, identity),
                self._until_room(root, rules),
            )

    async def _watched_elsewhere(
        self, root: str, rules: WalkRules, identity: tuple[int, int]
    ) -> None:
        try:
            await _first(
                watch_below(root, rules, self._changed),
                self._until_other(root, identity),
                self._reconciled(root, rules),
            )
        except OSError:
            await self._pause()  # gone, or not to be watched now

    async def _read(self, tree: "Tree", inotify: "Inotify") -> None:
        async for event in inotify:
            if (folder := tree.take(event)) is not None:
                self._changed(frozenset({folder}))

    async def _grow(self, tree: "Tree") -> None:
        while True:
            self._changed(frozenset(await tree.cover(await tree.next_fresh())))

    async def _until_other(self, root: str, identity: tuple[int, int]) -> None:
        """Return when the root is gone, or a drive was mounted over it."""
        while await asyncio.to_thread(_identity, root) == identity:
            self._forget_flood(root)
            await self._pause()

    async def _until_room(self, root: str, rules: WalkRules) -> None:
        """Return when everything can be watched after all."""
        from tray_app.adapters.watch import inotify as linux  # noqa: PLC0415  Linux only

        while True:
            await asyncio.sleep(self._interval * _PATIENCE)
            with suppress(linux.NoRoom), linux.open_inotify(root) as inotify:
                await linux.Tree(root, rules, inotify).cover([root])
                return

    async def _pause(self) -> None:
        """Wait for an interval, or until something is mounted or unmounted."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._interval):
                await self._mounted.wait()

    def _forget_flood(self, root: str) -> None:
        """Say no more of an overflow when none has followed up to the next look at everything."""
        since = self._floods.get(root)
        if since is not None and asyncio.get_running_loop().time() - since > self._reconcile:
            del self._floods[root]
            self._problems.pop(root, None)
            self._changed(NOTHING)


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
    """Tell whether others may change it unseen by this system.

    Elsewhere only a share by its name is known for one; the periodic look is there for the rest.
    """
    if not _LINUX:
        return root.startswith("\\\\")
    mount = mount_of(os.path.realpath(root), read_mounts())
    return mount is None or mount.watched_by_polling
