"""What changed on disk, as a bounded set of folders to look at; None stands for everywhere."""

import os
from dataclasses import dataclass
from typing import NamedTuple

from tray_app.core.asset import shown
from tray_app.core.phrase import join, phrase

Folders = frozenset[str] | None

NOTHING: Folders = frozenset()
EVERYWHERE: Folders = None
MOST_FOLDERS = 1000  # beyond that a full look costs about the same and needs no memory


class Problem(NamedTuple):
    """Why changes below `root` are noticed late, and what a person can do about it."""

    root: str
    reason: str
    remedy: str = ""

    def words(self) -> str:
        """Say all of it in one line."""
        words = join(" ", (self.reason, self.remedy))
        return phrase("{path}: {words}", path=shown(self.root), words=words)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a watcher noticed since it was last asked; `problems`: all that are in force.

    `late`: found by the periodic look, so nobody knows when it changed.
    """

    folders: Folders = NOTHING
    problems: tuple[Problem, ...] = ()
    late: bool = False


def merged(one: Folders, other: Folders) -> Folders:
    """Join two sets; too many become everywhere."""
    if one is None or other is None:
        return EVERYWHERE
    both = one | other
    return both if len(both) <= MOST_FOLDERS else EVERYWHERE


def below(path: str, root: str) -> bool:
    """Tell whether a path is `root` or lies in it."""
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)
