"""Files that are only in a cloud are skipped and said so: looking at them downloads nothing."""

import os
from types import SimpleNamespace

import pytest

from tray_app.adapters.files.stamps import is_placeholder, stands_for
from tray_app.adapters.files.walk import walk
from tray_app.core.asset import Kind
from tray_app.core.exclusion import ExclusionRules
from tray_app.core.listing import WalkRules

KINDS = {".jpg": Kind.IMAGE, ".mov": Kind.VIDEO, ".xmp": Kind.SIDECAR}
RULES = WalkRules(KINDS, ExclusionRules().excludes)
NEXTCLOUD = "user.nextcloud.hydrate_exec"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"st_file_attributes": 0x1000}, True),  # OFFLINE
        ({"st_file_attributes": 0x400000}, True),  # RECALL_ON_DATA_ACCESS
        ({"st_file_attributes": 0x40000}, True),  # RECALL_ON_OPEN
        ({"st_file_attributes": 0x20}, False),  # ARCHIVE, as every file has it
        ({"st_flags": 0x40000000}, True),  # SF_DATALESS
        ({"st_flags": 0x20}, False),  # UF_COMPRESSED
        ({"st_blocks": 0}, False),  # bytes kept in the inode, as btrfs and ext4 do
        ({}, False),
    ],
)
def test_the_marks_of_each_system(facts, expected):
    assert is_placeholder(SimpleNamespace(st_size=5000, **facts), "/a.jpg") is expected


@pytest.mark.parametrize(
    ("name", "real"),
    [
        ("a.jpg.nextcloud", "a.jpg"),
        ("a.jpg.owncloud", "a.jpg"),
        (".a.jpg.icloud", "a.jpg"),
        ("a.jpg.icloud", None),
        ("a.jpg", None),
        ("nextcloud", None),
    ],
)
def test_the_names_of_placeholders(name, real):
    assert stands_for(name) == real


def test_they_are_skipped_by_name_and_others_are_taken(tmp_path):
    for name in ("a.jpg", "b.jpg.nextcloud", ".c.mov.icloud", "d.txt.nextcloud", "e.xmp.nextcloud"):
        (tmp_path / name).write_bytes(b" " if name != "a.jpg" else b"photo")
    [listing] = walk(str(tmp_path), RULES)
    assert [entry.name for entry in listing.entries] == ["a.jpg"]
    assert {os.path.basename(skip.path): skip.reason for skip in listing.skipped} == {
        "b.jpg.nextcloud": "only in the cloud, not on this computer",
        ".c.mov.icloud": "only in the cloud, not on this computer",
    }
    assert all(skip.notable for skip in listing.skipped)
    assert listing.unsupported == 2


def test_nextclouds_files_of_one_byte(tmp_path):
    for name in ("virtual.jpg", "tiny.jpg"):
        (tmp_path / name).write_bytes(b" ")
    try:
        os.setxattr(tmp_path / "virtual.jpg", NEXTCLOUD, b"nextcloud\0")
    except (OSError, AttributeError):
        pytest.skip("no extended attributes here")
    [listing] = walk(str(tmp_path), RULES)
    assert [entry.name for entry in listing.entries] == ["tiny.jpg"]
    assert [os.path.basename(skip.path) for skip in listing.skipped] == ["virtual.jpg"]
