"""What changed on disk, as folders to look at: bounded, merged, and cut to a root.

A name ending in `/` stands for the folder and everything below it, any other name for the
folder's own entries alone. None stands for everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

Folders = frozenset[str] | None

NOTHING: Folders = frozenset()
EVERYWHERE: Folders = None
MOST_FOLDERS = 1000  # beyond that a full look costs about the same and needs no memory


class Problem(NamedTuple):
    """Why changes below `root` are noticed late, and what a person can do about it."""

    root: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a watcher noticed since it was last asked; `problems`: all that are in force."""

    folders: Folders = NOTHING
    problems: tuple[Problem, ...] = ()


class Part(NamedTuple):
    """What of one root has to be looked at: all of it, whole trees, or single folders."""

    whole: bool
    trees: tuple[str, ...] = ()
    flat: tuple[str, ...] = ()


def tree(folder: str) -> str:
    """Name a folder with everything below it."""
    return folder.rstrip("/") + "/"


def is_below(path: str, folder: str) -> bool:
    """Tell whether `path` is the folder or inside of it."""
    return path == folder or path.startswith(tree(folder))


def merged(one: Folders, other: Folders) -> Folders:
    """Join two sets; too many become everywhere."""
    if one is None or other is None:
        return EVERYWHERE
    both = one | other
    return both if len(both) <= MOST_FOLDERS else EVERYWHERE


def part_of(root: str, folders: Folders) -> Part:
    """Cut the changes to what concerns one root; its trees never contain one another."""
    if folders is None:
        return Part(whole=True)
    base = root.rstrip("/") or "/"
    trees = _outermost(name[:-1] or "/" for name in folders if name.endswith("/"))
    if any(is_below(base, found) for found in trees):
        return Part(whole=True)
    flat = (name for name in folders if not name.endswith("/") and is_below(name, base))
    return Part(
        whole=False,
        trees=tuple(found for found in trees if is_below(found, base)),
        flat=tuple(sorted(name for name in flat if not _inside(name, trees))),
    )


def _outermost(trees: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for found in sorted(trees):
        # Sorted by text a parent comes before what is below it, though not next to it.
        if not _inside(found, kept):
            kept.append(found)
    return kept


def _inside(path: str, trees: Iterable[str]) -> bool:
    return any(is_below(path, found) for found in trees)
