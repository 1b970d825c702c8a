"""What the kernel's mount table says of a path, and what kind of file system that means."""

import os
import re
from collections.abc import Iterable
from typing import NamedTuple

# Changes made by other computers raise no events here.
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ncpfs"}
    | {"davfs", "coda", "orangefs", "gfs2", "ocfs2", "virtiofs", "vboxsf", "prl_fs", "drvfs"}
)
# Drives in user space that live on this computer; every other one may be anywhere.
_LOCAL_FUSE = frozenset({"fuseblk", "fuse.ntfs-3g", "fuse.exfat", "fuse.exfat-fuse", "fuse.lxcfs"})
# What memory cards and other drives are formatted with.
_DRIVES = frozenset(
    {"vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "fuse.exfat", "fuse.ntfs-3g"}
    | {"hfs", "hfsplus", "udf", "ext2", "ext3", "ext4", "f2fs", "btrfs", "xfs"}
)
_ESCAPE = re.compile(rb"\\([0-7]{3})")


class Mount(NamedTuple):
    """One line of the table; `point` surrogate-escaped, `device` as major:minor."""

    point: str
    kind: str
    source: str
    device: str

    @property
    def watched_by_polling(self) -> bool:
        """Tell whether others may change it unseen by this kernel."""
        fuse = self.kind == "fuse" or self.kind.startswith("fuse.")
        return self.kind in _NETWORK or (fuse and self.kind not in _LOCAL_FUSE)

    @property
    def may_be_a_card(self) -> bool:
        """Tell whether it may be a drive that somebody has just plugged in."""
        return self.kind in _DRIVES and self.point != "/"


def parse(table: bytes) -> tuple[Mount, ...]:
    """Read `/proc/self/mountinfo` (proc(5)); a line of another shape is left out."""
    found = []
    for line in table.splitlines():
        left, _, right = line.partition(b" - ")
        fields, rest = left.split(b" "), right.split(b" ")
        if len(fields) >= 5 and len(rest) >= 2:
            found.append(
                Mount(
                    point=_text(fields[4]),
                    kind=_text(rest[0]),
                    source=_text(rest[1]),
                    device=_text(fields[2]),
                )
            )
    return tuple(found)


def mount_of(path: str, table: Iterable[Mount]) -> Mount | None:
    """Return the mount that a path without links lies on: the last of the deepest points."""
    best: Mount | None = None
    for mount in table:
        inside = path == mount.point or path.startswith(mount.point.rstrip("/") + "/")
        if inside and (best is None or len(mount.point) >= len(best.point)):
            best = mount
    return best


def _text(field: bytes) -> str:
    return os.fsdecode(_ESCAPE.sub(lambda found: bytes([int(found[1], 8) & 255]), field))
