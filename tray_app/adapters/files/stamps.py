"""Looks at files and says in plain words why one cannot be used."""

import errno
import os
import stat
import sys
from pathlib import Path

from tray_app.core.asset import Stamp, shown
from tray_app.core.errors import TrayError, Unreadable, Vanished
from tray_app.core.phrase import phrase

# File systems without a change time or inode worth comparing (design section 3): a remount
# gives other numbers to unchanged files.
_VOLATILE = frozenset({"vfat", "exfat", "msdos", "cifs", "smb3", "smbfs", "9p", "ntfs", "ntfs3"})

_RECALL_ON_ACCESS, _RECALL_ON_OPEN = 0x400000, 0x40000  # winnt.h
_DATALESS = 0x40000000  # SF_DATALESS, sys/stat.h of macOS

_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ESTALE})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})


# Where a stat does not tell it, only a file of one byte may be one.
MARKS_PLACEHOLDERS = hasattr(os.stat_result, "st_file_attributes") or hasattr(
    os.stat_result, "st_flags"
)


def stamp_of(found: os.stat_result, *, volatile: bool = False) -> Stamp:
    """Reduce a stat to what tells an unchanged file."""
    if volatile:
        return Stamp(found.st_size, found.st_mtime_ns, 0, 0)
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def is_volatile(path: str, mounts: str = "/proc/self/mounts") -> bool:
    """Tell whether `path` lies on a file system whose inodes and change times mean nothing.

    Unknown (no mount table) counts as False: a wrong guess costs a re-hash, nothing else.
    """
    try:
        table = Path(mounts).read_bytes().splitlines()
    except OSError:
        return False
    best, kind = b"", b""
    target = os.fsencode(os.path.realpath(path))
    for line in table:
        fields = line.split(b" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace(b"\\040", b" ")
        inside = target == point or target.startswith(point.rstrip(b"/") + b"/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    name = kind.decode("ascii", "replace")
    return name in _VOLATILE or name.startswith("fuse")


def is_placeholder(found: os.stat_result, path: str) -> bool:
    """Tell whether the bytes are only in a cloud: reading would download them, or get others.

    Windows marks such files as offline or recall-on-access (OneDrive, Dropbox, iCloud,
    Nextcloud), macOS as dataless (whatever uses its File Provider), Nextcloud on Linux by an
    attribute of a file of one byte. A drive in user space (rclone, Google Drive) marks nothing.
    """
    attributes = getattr(found, "st_file_attributes", 0)
    if attributes & (stat.FILE_ATTRIBUTE_OFFLINE | _RECALL_ON_ACCESS | _RECALL_ON_OPEN):
        return True
    if getattr(found, "st_flags", 0) & _DATALESS:
        return True
    return found.st_size == 1 and _has_nextclouds_mark(path)


def _has_nextclouds_mark(path: str) -> bool:
    if sys.platform != "linux":
        return False
    try:
        return bool(os.getxattr(path, "user.nextcloud.hydrate_exec"))
    except OSError:
        return False


def stands_for(name: str) -> str | None:
    """Return the name of the file that a placeholder by this name stands for.

    Nextcloud and ownCloud append an ending; iCloud up to macOS 13 hides a `.name.icloud`.
    """
    stem, _, ending = name.rpartition(".")
    if ending in ("nextcloud", "owncloud"):
        return stem or None
    return stem[1:] if ending == "icloud" and stem.startswith(".") else None


def trouble(path: str, exc: OSError) -> TrayError:
    """Turn an operating system's refusal into words about this file."""
    name = shown(os.path.basename(path))  # noqa: PTH119  bytes-safe on odd names
    if exc.errno in _GONE:
        return Vanished(phrase("{name} disappeared before it could be read.", name=name))
    if exc.errno in _FORBIDDEN:
        return Unreadable(
            phrase("{name} may not be read by this user.", name=name),
            remedy=phrase("Change its permissions."),
        )
    return Unreadable(
        phrase("{name} could not be read: {error}.", name=name, error=os.strerror(exc.errno or 0)),
        remedy=phrase("Check the disk it is on."),
    )
