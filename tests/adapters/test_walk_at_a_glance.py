"""The quick way through a folder takes what the careful one takes, whatever is in it."""

import os

import pytest

from tray_app.adapters.files.walk import walk
from tray_app.core.asset import Kind
from tray_app.core.exclusion import ExclusionRules
from tray_app.core.listing import WalkRules

KINDS = {".jpg": Kind.IMAGE, ".mp4": Kind.VIDEO, ".xmp": Kind.SIDECAR}
PATTERNS = ((), ("*.mp4",), ("!a.jpg", "b*"), ("sub/*.jpg",), ("x\\*.jpg",), ("[ab].jpg",))


def fill(root):
    sub = root / "sub" / "deeper"
    sub.mkdir(parents=True)
    (root / "folder.jpg").mkdir()
    for folder in (root, root / "sub", sub, root / "folder.jpg"):
        for name in (
            "a.jpg",
            "b.JPG",
            "c.Jpg",
            "d.mp4",
            "e.txt",
            "f",
            ".jpg",
            "g.jpg.xmp",
            "._h.jpg",
        ):
            (folder / name).write_bytes(b"some bytes")
        (folder / "empty.jpg").write_bytes(b"")
        (folder / "one.jpg").write_bytes(b"1")
        (folder / "a\nb.jpg").write_bytes(b"two lines")
        os.mkfifo(folder / "pipe.jpg")
        (folder / "link.jpg").symlink_to(root / "a.jpg")
        (folder / "astray.jpg").symlink_to(root / "nowhere.jpg")
        (folder / "to a folder.jpg").symlink_to(sub)
    (root / os.fsdecode(b"\xff.jpg")).write_bytes(b"no UTF-8")
    (root / "Thumbs.db").write_bytes(b"junk")
    (sub / "half.jpg.part").write_bytes(b"junk")


@pytest.mark.parametrize("patterns", PATTERNS, ids=str)
def test_both_ways_find_the_same(tmp_path, patterns):
    fill(tmp_path)
    rules = ExclusionRules(patterns)
    quick = [*walk(str(tmp_path), WalkRules(KINDS, rules.excludes, rules.spares))]
    careful = [*walk(str(tmp_path), WalkRules(KINDS, rules.excludes))]
    assert quick == careful
    assert sum(len(one.skipped) for one in careful) >= 4


@pytest.mark.parametrize(
    ("patterns", "names", "spared"),
    [
        ((), ["a.jpg", "b.jpg"], True),
        ((), ["a.jpg", "b.jpg.part"], False),
        ((), ["._a.jpg"], False),
        (("IMG_1*",), ["IMG_2.jpg"], True),
        (("IMG_1*",), ["IMG_12.jpg"], False),
        (("IMG_?2.jpg",), ["IMG_12.jpg"], False),
        (("[x]IMG.jpg",), ["xIMG.jpg"], False),
        (("[]x]IMG.jpg",), ["a.jpg"], False),  # too hard to tell
        (("\\!a.jpg",), ["b.jpg"], False),
        (("*",), ["b.jpg"], False),
        (("/a.jpg",), ["b.jpg"], False),
        (("raw/", "!a.jpg", "# words", ""), ["a.jpg"], True),
    ],
)
def test_what_is_spared_is_never_excluded(patterns, names, spared):
    rules = ExclusionRules(patterns)
    assert rules.spares("", names) == spared
    if spared:
        assert not any(rules.excludes(name, False) for name in names)


def test_nothing_in_an_excluded_folder_is_spared():
    assert not ExclusionRules(["raw/"]).spares("2024/raw/", ["a.jpg"])
