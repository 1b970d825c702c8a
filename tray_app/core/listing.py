"""What a look at a folder yields, before anything is compared or written."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from tray_app.core.asset import Kind, Stamp


class Entry(NamedTuple):
    """A supported regular file in a folder, with its XMP sidecar; names surrogate-escaped."""

    name: str
    kind: Kind
    stamp: Stamp
    sidecar: str | None = None
    sidecar_mtime_ns: int | None = None


class Skip(NamedTuple):
    """A file that is not taken, and why.

    `notable`: its name says photo or video, so a person may wonder where it is.
    """

    path: str
    reason: str
    notable: bool


class FolderListing(msgspec.Struct, frozen=True, gc=False):
    """One folder's contents.

    `error`: why the folder could not be read; then `entries` is empty and says nothing about
    the files in it (design section 3: unavailable, never deleted). `kinds`: how many of the
    unsupported files have which extension, lower case with its dot, empty for none. `below`: the
    paths of its folders that are not excluded.
    """

    path: str
    entries: tuple[Entry, ...]
    skipped: tuple[Skip, ...]
    unsupported: int = 0
    excluded: int = 0
    error: str | None = None
    kinds: tuple[tuple[str, int], ...] = ()
    below: tuple[str, ...] = ()


def _cannot_tell(_folder: str, _names: Sequence[str]) -> bool:
    return False


class WalkRules(msgspec.Struct, frozen=True):
    """What to take: `kinds` by lower-case extension; `excludes(relative path, is folder)`.

    `spares(relative folder, names in it)`: True when for sure none of these is an excluded file.
    """

    kinds: dict[str, Kind]
    excludes: Callable[[str, bool], bool]
    spares: Callable[[str, Sequence[str]], bool] = _cannot_tell
