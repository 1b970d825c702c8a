"""Finds changes by looking: for file systems that raise no events, and while there is no room."""

import asyncio
import os
import threading
import time
from collections.abc import Callable

from tray_app.adapters.files.stamps import is_volatile, stamp_of
from tray_app.core.asset import Stamp
from tray_app.core.changes import MOST_FOLDERS, Folders
from tray_app.core.listing import WalkRules

INTERVAL = 60.0  # seconds
_SHARE = 20  # a look may take one part in so many of the time


def survey(
    root: str, rules: WalkRules, ended: Callable[[], bool] = lambda: False
) -> dict[str, int]:
    """Reduce each folder that is not excluded to a number that changes with its files.

    `ended`: nobody waits for the answer any more.
    """
    found: dict[str, int] = {}
    volatile = is_volatile(root)
    for folder, below, names in os.walk(root):
        if ended():
            break
        relative = "" if folder == root else f"{os.path.relpath(folder, root)}/"
        below[:] = [name for name in below if not rules.excludes(relative + name, True)]
        files = sorted((name, _facts(f"{folder}/{name}", volatile=volatile)) for name in names)
        found[folder] = hash((tuple(files), tuple(sorted(below))))
    return found


def _facts(path: str, *, volatile: bool) -> Stamp | None:
    """Look at what a run looks at, so that neither sees a change that the other does not."""
    try:
        return stamp_of(os.stat(path), volatile=volatile)  # noqa: PTH116  undecodable bytes
    except OSError:
        return None


def differences(before: dict[str, int], after: dict[str, int]) -> Folders:
    """Name the folders that are new, gone or have changed."""
    names = before.keys() | after.keys()
    found = frozenset(name for name in names if before.get(name) != after.get(name))
    return found if len(found) <= MOST_FOLDERS else None


async def poll(
    root: str,
    rules: WalkRules,
    tell: Callable[[Folders], None],
    interval: float = INTERVAL,
    later: Callable[[Folders], None] | None = None,
) -> None:
    """Look again and again until cancelled; a large or slow tree is looked at less often.

    `tell` gets everywhere after the first look; what the others find goes to `later`, if any.
    """
    before: dict[str, int] | None = None
    ended = threading.Event()
    try:
        while True:
            begin = time.monotonic()
            after = await asyncio.to_thread(survey, root, rules, ended.is_set)
            took = time.monotonic() - begin
            if before is None:
                tell(None)
            elif before != after:
                (later or tell)(differences(before, after))
            before = after
            await asyncio.sleep(max(interval, took * _SHARE))
    finally:
        ended.set()  # a thread cannot be cancelled
