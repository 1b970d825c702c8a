"""Windows and macOS: watchfiles tells of changes. Tried on Linux only, never run on those two.

It drops events of a large burst and does not say so; the periodic look finds what was dropped.
"""

import os
from collections.abc import Callable

from tray_app.core.changes import MOST_FOLDERS, Folders
from tray_app.core.listing import WalkRules

_PATIENCE_MS = 1000  # how long its thread lives on after the watching ended


async def watch_below(root: str, rules: WalkRules, tell: Callable[[Folders], None]) -> None:
    """Tell the folders that have news until cancelled; raises OSError when the root is gone."""
    from watchfiles import awatch  # noqa: PLC0415  not installed on Linux

    async for changes in awatch(
        root,
        watch_filter=None,
        rust_timeout=_PATIENCE_MS,
        yield_on_timeout=False,
        ignore_permission_denied=True,
    ):
        folders = frozenset(os.path.dirname(path) for _, path in changes)  # noqa: PTH120  any bytes
        wanted = frozenset(folder for folder in folders if _is_wanted(folder, root, rules))
        if wanted:
            tell(wanted if len(wanted) <= MOST_FOLDERS else None)


def _is_wanted(folder: str, root: str, rules: WalkRules) -> bool:
    if folder == root:
        return True
    return not rules.excludes(os.path.relpath(folder, root).replace(os.sep, "/"), True)
