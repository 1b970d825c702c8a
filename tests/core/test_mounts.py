"""What a line of the mount table means for watching."""

import pytest

from tray_app.core.mounts import mount_of, parse


def mount(kind, source="/dev/sdb1"):
    [found] = parse(f"40 30 8:17 / /media/me/d rw shared:1 - {kind} {source} rw".encode())
    return found


@pytest.mark.parametrize(
    ("kind", "polled"),
    [
        *((kind, True) for kind in ("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "davfs")),
        *((kind, True) for kind in ("fuse", "fuse.rclone", "fuse.gvfsd-fuse", "virtiofs")),
        *((kind, False) for kind in ("ext4", "btrfs", "vfat", "exfat", "fuseblk", "tmpfs")),
    ],
)
def test_what_others_can_change_is_polled(kind, polled):
    assert mount(kind).watched_by_polling is polled


def test_names_with_blanks_and_odd_bytes_and_lines_of_another_shape():
    [found] = parse(b"40 30 8:17 / /media/me/MY\\040CARD\xff rw - vfat /dev/sdb1 rw\nnonsense\n")
    assert found.point == "/media/me/MY CARD\udcff"
    assert (found.kind, found.source, found.device) == ("vfat", "/dev/sdb1", "8:17")


def test_the_deepest_and_last_mount_counts():
    table = parse(
        b"1 0 8:1 / / rw - ext4 /dev/sda1 rw\n"
        b"2 1 8:2 / /mnt/nas rw - ext4 /dev/sda2 rw\n"
        b"3 1 0:9 / /mnt/nas rw - nfs4 nas:/p rw\n"
    )
    assert mount_of("/mnt/nas/photos", table).kind == "nfs4"
    assert mount_of("/mnt/nas2", table).kind == "ext4"
    assert mount_of("/", table).point == "/"
