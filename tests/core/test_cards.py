"""Which drive is offered: new ones, once each, and never what is backed up anyway."""

import pytest

from tray_app.core.cards import Card, appeared, worth_offering
from tray_app.core.mounts import parse

HOME = b"30 1 254:1 / / rw - ext4 /dev/vda1 rw"
CARD = b"40 30 8:17 / /media/me/EOS rw - vfat /dev/sdb1 rw"
OTHER = b"41 30 8:33 / /media/me/EOS rw - vfat /dev/sdc1 rw"
NAS = b"42 30 0:50 / /mnt/nas rw - nfs4 nas:/photos rw"
PROC = b"43 30 0:5 / /proc rw - proc proc rw"


def table(*lines):
    return parse(b"\n".join(lines))


@pytest.mark.parametrize(
    ("before", "after", "points"),
    [
        ([HOME], [HOME, CARD], ["/media/me/EOS"]),
        ([], [HOME, CARD], ["/media/me/EOS"]),
        ([HOME, CARD], [HOME, CARD], []),
        ([HOME, CARD], [HOME], []),
        ([HOME, CARD], [HOME, OTHER], ["/media/me/EOS"]),
        ([HOME], [HOME, NAS, PROC], []),
    ],
)
def test_only_drives_that_are_new(before, after, points):
    assert [mount.point for mount in appeared(table(*before), table(*after))] == points


@pytest.mark.parametrize(
    ("offered", "folders", "expected"),
    [
        ([], [], True),
        (["1234-ABCD"], [], False),
        (["other"], ["/media/me/EOS/DCIM/100CANON"], True),
        ([], ["/media/me/EOS/DCIM"], False),
        ([], ["/media/me/EOS"], False),
    ],
)
def test_once_and_not_what_is_backed_up(offered, folders, expected):
    card = Card("1234-ABCD", "EOS", "/media/me/EOS/DCIM")
    assert worth_offering(card, offered, folders) is expected
