"""Linux: the kernel tells of changes; it costs nothing while there are none.

Every folder has a watch of its own. One is set before the folder is listed, so that what is
made in between is either listed or told.
"""

import asyncio
import errno
import os
from collections.abc import Iterable
from pathlib import Path

from asyncinotify import Event, Inotify, Mask

from tray_app.core.changes import Problem
from tray_app.core.listing import WalkRules
from tray_app.core.phrase import phrase

_CHUNK = 100  # folders watched or listed at a time, so that the loop stays free
_EVENTS = 64  # of the longest names, read at a time
_MASK = (
    Mask.CREATE
    | Mask.CLOSE_WRITE
    | Mask.MOVED_FROM
    | Mask.MOVED_TO
    | Mask.DELETE
    | Mask.DELETE_SELF
    | Mask.MOVE_SELF
    | Mask.ONLYDIR
    | Mask.EXCL_UNLINK
)
_LIMITS = Path("/proc/sys/fs/inotify")
_INSTEAD = phrase("new files are found by looking once a minute instead.")


class NoRoom(Exception):
    """The kernel allows no more watches; `problem` says what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class Lost(Exception):
    """The root is gone or another one: begin anew."""


class Overflow(Lost):
    """The kernel dropped events; `problem` says what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class Tree:
    """The watches below one root; `changed` is called with each folder that has news."""

    def __init__(self, root: str, rules: WalkRules, inotify: Inotify) -> None:
        self._root = root
        self._rules = rules
        self._inotify = inotify
        self._paths: dict[int, str] = {}
        self._fresh: asyncio.Queue[str] = asyncio.Queue()

    async def cover(self, folders: Iterable[str]) -> list[str]:
        """Watch folders and all below them; returns every one. Raises NoRoom."""
        waiting, covered = list(folders), []
        while waiting:
            batch, waiting = waiting[:_CHUNK], waiting[_CHUNK:]
            watched = [folder for folder in batch if self._add(folder)]
            covered += watched
            waiting += await asyncio.to_thread(self._below, watched)
        return covered

    def _add(self, folder: str) -> bool:
        mask = _MASK if folder == self._root else _MASK | Mask.DONT_FOLLOW
        try:
            watch = self._inotify.add_watch(folder, mask)
        except OSError as exc:
            if exc.errno == errno.ENOSPC:
                raise NoRoom(no_room(self._root, len(self._paths))) from exc
            return False  # gone again, or not ours to read: the periodic look names it
        self._paths[watch.wd] = folder
        return True

    def _below(self, folders: Iterable[str]) -> list[str]:
        found = []
        for folder in folders:
            try:
                with os.scandir(folder) as entries:
                    found += [e.path for e in entries if _is_folder(e) and self._wanted(e.path)]
            except OSError:
                continue
        return found

    def _wanted(self, path: str) -> bool:
        return not self._rules.excludes(os.path.relpath(path, self._root), True)

    def take(self, event: Event) -> str | None:
        """Return the folder that an event is about; raises Lost.

        A folder that is new here is queued for `next_fresh`.
        """
        if event.mask & Mask.Q_OVERFLOW:
            raise Overflow(overflow(self._root))
        wd = event.watch.wd if event.watch else -1
        folder = self._paths.get(wd)
        if folder is None:
            return None
        if event.mask & (Mask.DELETE_SELF | Mask.MOVE_SELF | Mask.UNMOUNT | Mask.IGNORED):
            if folder == self._root:
                raise Lost
            if event.mask & Mask.IGNORED:
                del self._paths[wd]
            return None
        if event.mask & Mask.ISDIR and event.name is not None:
            self._folder_event(event, f"{folder.rstrip('/')}/{event.name}")
        return folder

    def _folder_event(self, event: Event, path: str) -> None:
        if event.mask & Mask.MOVED_FROM:
            raise Lost  # its watches go by another name now, as do all below it
        if event.mask & (Mask.CREATE | Mask.MOVED_TO) and self._wanted(path):
            self._fresh.put_nowait(path)

    async def next_fresh(self) -> list[str]:
        """Wait for folders that are new."""
        found = [await self._fresh.get()]
        while not self._fresh.empty():
            found.append(self._fresh.get_nowait())
        return found


def open_inotify(root: str) -> Inotify:
    """Open a queue of its own for a root; raises NoRoom."""
    try:
        return Inotify(cache_size=_EVENTS)
    except OSError as exc:
        if exc.errno == errno.EMFILE:
            raise NoRoom(no_queue(root)) from exc
        raise


def no_room(root: str, watched: int) -> Problem:
    """Name the limit and the line to type; twice what is in use leaves room for growth."""
    limit = most_watches() or watched
    return Problem(
        root,
        phrase(
            "The system lets programs watch {limit} folders, and that is used up; {what}",
            limit=limit,
            what=_INSTEAD,
        ),
        _raise("max_user_watches", max(524_288, 2 * max(limit, watched))),
    )


def most_watches() -> int:
    """Return how many folders one user's programs may watch together; 0: unknown."""
    return _limit("max_user_watches", 0)


def no_queue(root: str) -> Problem:
    """Say so where it is not the folders that are too many but those who watch."""
    limit = _limit("max_user_instances", 128)
    return Problem(
        root,
        phrase(
            "The system lets a user's programs watch {limit} times, and that is used up; {what}",
            limit=limit,
            what=_INSTEAD,
        ),
        _raise("max_user_instances", max(512, 2 * limit)),
    )


def overflow(root: str) -> Problem:
    """Say that there was more news than the system keeps."""
    limit = _limit("max_queued_events", 16_384)
    return Problem(
        root,
        phrase(
            "So much changed at once that the system, which keeps {limit} pieces "
            "of news, dropped some; everything is looked at instead, so nothing is "
            "lost.",
            limit=limit,
        ),
        _raise("max_queued_events", max(65_536, 4 * limit)),
    )


def _limit(name: str, otherwise: int) -> int:
    try:
        return int((_LIMITS / name).read_text())
    except (OSError, ValueError):
        return otherwise


def _raise(name: str, wanted: int) -> str:
    return phrase(
        "To allow more, type: sudo sysctl fs.inotify.{name}={wanted}", name=name, wanted=wanted
    )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
