"""Lists folders: what is a photo, what is not taken, and why."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tray_app.adapters.files.stamps import (
    MARKS_PLACEHOLDERS,
    is_placeholder,
    is_volatile,
    stamp_of,
    stands_for,
)
from tray_app.core.asset import Kind, Stamp
from tray_app.core.listing import Entry, FolderListing, Skip, WalkRules
from tray_app.core.phrase import phrase

_TYPE = 0o170000  # S_IFMT of a mode
_PLAIN_BYTES = 2  # Nextcloud's placeholders have one
_IN_THE_CLOUD = phrase("only in the cloud, not on this computer")


class _Folder(NamedTuple):
    path: str
    relative: str


def walk(root: str, rules: WalkRules, start: str | None = None) -> Iterator[FolderListing]:
    """Yield every folder below `root`, depth first; a file as `root` yields just itself.

    A `root` that is not there yields one listing of itself with an error. `start`: begin at this
    folder in or below `root`, by whose rules it is judged.

    Links to folders are not followed, so no loop and no second copy can arise; links to
    files are taken when they lead to a regular file outside of the tree's own listing.
    """
    if not os.path.lexists(root):
        yield FolderListing(root, (), (), error=os.strerror(errno.ENOENT))
        return
    volatile = is_volatile(root)
    if not os.path.isdir(root):  # noqa: PTH112  root may hold undecodable bytes
        yield _single(root, rules, volatile=volatile)
        return
    waiting = [_Folder(start or root, _relative(root, start or root))]
    while waiting:
        folder = waiting.pop()
        listing, below = _list(folder, rules, volatile=volatile)
        waiting.extend(reversed(below))
        yield listing


def look(root: str, folders: Iterable[str], rules: WalkRules) -> Iterator[FolderListing]:
    """Yield just these folders in or below `root`, without what is in their subfolders.

    Left out are those that a walk of `root` would not come to: gone, excluded, behind a link.
    """
    volatile = is_volatile(root)
    for path in folders:
        if _reached(root, path, rules):
            folder = _Folder(path, _relative(root, path))
            listing, _ = _list(folder, rules, volatile=volatile)
            if listing.error is None or os.path.lexists(path):
                yield listing


def _relative(root: str, path: str) -> str:
    return "" if path == root else f"{os.path.relpath(path, root)}/"


def _reached(root: str, path: str, rules: WalkRules) -> bool:
    """Tell whether every step from the root to this folder is a folder that is wanted."""
    if path == root:
        return True
    here = ""
    for name in Path(path).relative_to(root).parts:
        here = f"{here}{name}"
        if rules.excludes(here, True) or not _is_folder(f"{root.rstrip('/')}/{here}"):
            return False
        here += "/"
    return True


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except PermissionError:
        return True  # nobody can say otherwise; its listing will tell
    except OSError:
        return False


def _single(path: str, rules: WalkRules, *, volatile: bool) -> FolderListing:
    parent, name = os.path.split(path)
    listing, _ = _list(_Folder(parent, ""), rules, volatile=volatile, only=name)
    return listing


def _list(
    folder: _Folder, rules: WalkRules, *, volatile: bool, only: str | None = None
) -> tuple[FolderListing, list[_Folder]]:
    reader = _Reader(folder, rules, volatile=volatile)
    try:
        with os.scandir(folder.path) as found:
            if only is None:
                reader.take_all([*found])
            else:
                for entry in found:
                    reader.take(entry, wanted=entry.name == only)
    except OSError as exc:
        return FolderListing(folder.path, (), (), error=os.strerror(exc.errno or 0)), []
    return reader.listing(), reader.below


class _Reader:
    """Sorts the entries of one folder."""

    def __init__(self, folder: _Folder, rules: WalkRules, *, volatile: bool) -> None:
        self._folder = folder
        self._rules = rules
        self._volatile = volatile
        self._photos: list[Entry] = []
        self._sidecars: dict[str, tuple[str, int]] = {}
        self._skipped: list[Skip] = []
        self._unsupported: dict[str, int] = {}
        self._excluded = 0
        self.below: list[_Folder] = []

    def take_all(self, entries: Sequence[os.DirEntry[str]]) -> None:
        """Decide about the entries of a folder; what is plainly a photo is taken at once.

        One loop without calls of our own: it runs for every photo of every look.
        """
        names = [entry.name for entry in entries]
        plain = self._plain_kinds(names)
        photos, volatile, make = self._photos, self._volatile, tuple.__new__
        for name, entry in zip(names, entries, strict=True):
            kind = plain.get(name[name.rfind(".") :])
            try:
                found = entry.stat() if kind else None
            except OSError:  # looked at again there, for the words
                found = None
            if (
                not kind
                or not found
                or found.st_mode & _TYPE != stat.S_IFREG
                or found.st_size < _PLAIN_BYTES
                or (MARKS_PLACEHOLDERS and is_placeholder(found, entry.path))
            ):
                self.take(entry, wanted=True)
                continue
            numbers = found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
            stamp = stamp_of(found, volatile=True) if volatile else make(Stamp, numbers)
            photos.append(make(Entry, (name, kind, stamp, None, None)))

    def _plain_kinds(self, names: Sequence[str]) -> dict[str, Kind]:
        """Return what to take at a glance: nothing where one of the names may be excluded."""
        if not self._rules.spares(self._folder.relative, names):
            return {}
        photos = [it for it in self._rules.kinds.items() if it[1] is not Kind.SIDECAR]
        return {spelt: kind for ext, kind in photos for spelt in (ext, ext.upper())}

    def take(self, entry: os.DirEntry[str], *, wanted: bool) -> None:
        """Decide about one entry."""
        name = entry.name
        kind = self._rules.kinds.get(name[name.rfind(".") :].lower()) if "." in name else None
        relative = f"{self._folder.relative}{name}"
        if kind is Kind.SIDECAR and self._sidecar(entry):
            return
        if not wanted:
            return
        if entry.is_dir(follow_symlinks=False):
            if self._rules.excludes(relative, True):
                self._excluded += 1
            else:
                self.below.append(_Folder(entry.path, f"{relative}/"))
        elif kind is Kind.SIDECAR or (kind is None and not _is_folder_link(entry)):
            self._no_photo(entry)
        elif self._rules.excludes(relative, False):
            self._excluded += 1
        else:
            self._photo(entry, kind)

    def _sidecar(self, entry: os.DirEntry[str]) -> bool:
        """Remember a sidecar; False for a folder or pipe that only has such a name."""
        with suppress(OSError):
            found = entry.stat()
            if not stat.S_ISREG(found.st_mode):
                return False
            if found.st_size:
                self._sidecars[entry.name.lower()] = entry.name, found.st_mtime_ns
        return True

    def _photo(self, entry: os.DirEntry[str], kind: Kind | None) -> None:
        try:
            found = entry.stat()
        except OSError as exc:
            broken = entry.is_symlink() and exc.errno in (errno.ENOENT, errno.ELOOP)
            reason = phrase("a link that leads nowhere") if broken else os.strerror(exc.errno or 0)
            self._skip(entry, reason)
            return
        if not stat.S_ISREG(found.st_mode):
            self._skip(entry, _unusual(entry, found))
        elif kind is None:  # a link to a folder a moment ago
            self._foreign(entry.name)
        elif found.st_size == 0:
            self._skip(entry, phrase("empty (0 bytes)"))
        elif is_placeholder(found, entry.path):
            self._skip(entry, _IN_THE_CLOUD)
        else:
            stamp = stamp_of(found, volatile=self._volatile)
            self._photos.append(Entry(entry.name, kind, stamp))

    def _no_photo(self, entry: os.DirEntry[str]) -> None:
        real = stands_for(entry.name) or ""
        kind = self._rules.kinds.get(os.path.splitext(real)[1].lower())  # noqa: PTH122  a name
        if kind in (Kind.IMAGE, Kind.VIDEO):
            self._skip(entry, _IN_THE_CLOUD)
        else:
            self._foreign(entry.name)

    def _foreign(self, name: str) -> None:
        extension = os.path.splitext(name)[1].lower()  # noqa: PTH122  a name is no path
        self._unsupported[extension] = self._unsupported.get(extension, 0) + 1

    def _skip(self, entry: os.DirEntry[str], reason: str) -> None:
        self._skipped.append(Skip(entry.path, reason, notable=True))

    def listing(self) -> FolderListing:
        """Return what was sorted, with each photo's sidecar."""
        photos = self._photos
        if self._sidecars:
            photos = [_with_sidecar(entry, self._sidecars) for entry in photos]
        return FolderListing(
            path=self._folder.path,
            entries=tuple(photos),
            skipped=tuple(self._skipped),
            unsupported=sum(self._unsupported.values()),
            excluded=self._excluded,
            kinds=tuple(self._unsupported.items()),
            below=tuple(folder.path for folder in self.below),
        )


def _is_folder_link(entry: os.DirEntry[str]) -> bool:
    """Tell whether photos may be behind this link, which a person may miss."""
    return entry.is_symlink() and entry.is_dir()


def _unusual(entry: os.DirEntry[str], found: os.stat_result) -> str:
    if stat.S_ISDIR(found.st_mode):
        return phrase("a link to a folder, not followed") if entry.is_symlink() else "a folder"
    return phrase("not a regular file (pipe, socket or device)")


def _with_sidecar(entry: Entry, sidecars: dict[str, tuple[str, int]]) -> Entry:
    """Find `a.xmp` before `a.jpg.xmp` (protocol 3.4)."""
    stem = os.path.splitext(entry.name)[0]  # noqa: PTH122  a name is no path
    found = sidecars.get(f"{stem}.xmp".lower()) or sidecars.get(f"{entry.name}.xmp".lower())
    return entry._replace(sidecar=found[0], sidecar_mtime_ns=found[1]) if found else entry
