"""Exclusion rules, held against git itself."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from tray_app.core.exclusion import SHIPPED_PATTERNS, SHIPPED_RULES, ExclusionRules

JUNK = [
    "a/@eaDir/x.jpg",
    "SYNOFILE_THUMB_M.jpg",
    "#recycle/x.jpg",
    "a/._IMG_1.jpg",
    ".DS_Store",
    "b/Thumbs.db",
    "b/thumbs.db",
    "$RECYCLE.BIN/x.jpg",
    "System Volume Information/x.jpg",
    ".Trash-1000/files/x.jpg",
    "a/.trashed-1700000000-IMG.jpg",
    "x/Catalog Previews.lrdata/0/x.jpg",
    "Shoot/CaptureOne/Cache/x.jpg",
    "P.photoslibrary/resources/derivatives/x.jpeg",
    "a/b/P.photoslibrary/resources/x.jpeg",
    "a\nb/._x.jpg",
    "a\nb/P.photoslibrary/private/x.jpeg",
    "IMG.jpg.part",
]
PHOTOS = [
    "IMG_1.jpg",
    "a/eaDir/x.jpg",
    "a/#1.jpg",
    "a/_IMG.jpg",
    "Thumbs.db.jpg",
    ".picasaoriginals/x.jpg",
    "P.photoslibrary/originals/0/x.heic",
    "lrdata/x.jpg",
    "Trash/x.jpg",
    "bad\udcff/\udcfe.jpg",
    "Thumbs.db\n",
    "a\nb.jpg",
    "CaptureOne/x.jpg",
    "sync/x.jpg",
]


def test_shipped_rules():
    rules = ExclusionRules()
    assert [path for path in JUNK if not rules.excludes(path, is_dir=False)] == []
    assert [path for path in PHOTOS if rules.excludes(path, is_dir=False)] == []
    assert all(reason for _, reason in SHIPPED_RULES)
    assert len(set(SHIPPED_PATTERNS)) == len(SHIPPED_PATTERNS)


@pytest.mark.parametrize(
    ("patterns", "path", "is_dir", "excluded"),
    [
        (["*.png"], "a/b.png", False, True),
        (["*.png"], "a/b.PNG", False, False),  # case differs
        (["*.png", "!keep.png"], "a/keep.png", False, False),
        (["!keep.png", "*.png"], "a/keep.png", False, True),  # the last one decides
        (["!.DS_Store"], ".DS_Store", False, False),  # the user overrules what we ship
        (["!@eaDir/"], "a/@eaDir/x.jpg", False, False),
        (["!x.jpg"], "a/@eaDir/x.jpg", False, True),  # but not below an excluded folder
        (["/top"], "top", True, True),
        (["/top"], "a/top", True, False),
        (["top/sub"], "a/top/sub", True, False),
        (["**/top/sub"], "a/top/sub/x.jpg", False, True),
        (["raw/"], "raw", True, True),
        (["raw/"], "raw", False, False),
        (["raw/"], "a/raw/b/c.dng", False, True),
        (["# note", "", "x"], "x", False, True),
        (["a\\ b"], "a b", False, True),
    ],
)
def test_user_patterns(patterns, path, is_dir, excluded):
    assert ExclusionRules(patterns).excludes(path, is_dir) is excluded


@pytest.mark.parametrize("pattern", ["!", "/", "!/", "[z-a]", "a\\", "a\nb", "a\0"])
def test_a_bad_pattern_is_named(pattern):
    with pytest.raises(ValueError, match="not a valid exclusion pattern") as raised:
        ExclusionRules(["*.png", pattern])
    assert f'"{pattern}"' in str(raised.value)


def test_the_fingerprint_follows_the_rules():
    prints = [ExclusionRules(rules).fingerprint for rules in ([], ["a"], ["a", "b"], ["b", "a"])]
    assert len(set(prints)) == 4
    assert ExclusionRules(["a", "b"]).fingerprint == prints[2]


def test_git_agrees(tmp_path: Path):
    """Git, the owner of the syntax, is asked about a real tree."""
    user = ["*.png", "!keep.png", "/a/x*", "b/**/deep", "sub/", "!c/sub/", "[0-9]?.jpg", "!._x.jpg"]
    names = [
        "keep.png",
        "n.png",
        "x1.jpg",
        "12.jpg",
        "._x.jpg",
        "._y.jpg",
        "Thumbs.db",
        "\udcff.png",
    ]
    folders = [
        "",
        "a",
        "b",
        "b/q/r/deep",
        "c",
        "c/sub",
        "a/sub",
        "@eaDir",
        "x/P.photoslibrary/private",
    ]
    paths = [f"{folder}/{name}".lstrip("/") for folder in folders for name in names]
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    exclude = tmp_path / "rules"
    exclude.write_text("\n".join([*SHIPPED_PATTERNS, *user]))
    clean = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, env=clean, check=True)
    answer = subprocess.run(
        ["git", "-c", f"core.excludesFile={exclude}", "check-ignore", "--stdin", "-z"],
        cwd=tmp_path,
        env=clean,
        input=os.fsencode("\0".join(paths)),
        capture_output=True,
        check=True,
    )
    ignored = {os.fsdecode(path) for path in answer.stdout.split(b"\0") if path}
    rules = ExclusionRules(user)
    assert {path for path in paths if rules.excludes(path, is_dir=False)} == ignored
    assert ignored
    assert ignored != set(paths)


WORDS = st.sampled_from(["a", "b", "ab", "._a", "@eaDir", "x.png", "P.photoslibrary", "private"])
LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "!"]),
    st.sampled_from(["", "/", "**/", "a/"]),
    st.sampled_from(["a", "b", "a*", "?b", "*.png", "private", "@eaDir", "[ab]"]),
    st.sampled_from(["", "/", "/**", "/b"]),
)


@given(st.lists(LINES, max_size=4), st.lists(WORDS, min_size=1, max_size=4), st.booleans())
def test_the_short_cut_decides_like_pathspec(lines, words, is_dir):
    spec = GitIgnoreSpec.from_lines([*SHIPPED_PATTERNS, *lines])
    paths = ["/".join(words[:depth]) + "/" for depth in range(1, len(words))]
    last = "/".join(words)
    expected = any(spec.match_file(path) for path in [*paths, last + "/" * is_dir])
    rules = ExclusionRules(lines)
    assert rules.excludes(last, is_dir) is expected
    files, folders = ([], words[-1:]) if is_dir else (words[-1:], [])
    found = rules.excludes_names("/".join(words[:-1]), files, folders)
    assert found == (frozenset(words[-1:]) if expected else frozenset())


def test_100_000_names_are_quick():
    rules = ExclusionRules(["*.png", "/private/**/old"])
    names = [f"IMG_{number:06}.JPG" for number in range(100_000)]
    begin = time.process_time()
    assert rules.excludes_names("2024/Sommer in Köln", [*names, "x.png"]) == {"x.png"}
    assert time.process_time() - begin < 3  # 0.1 s here; pathspec alone takes 8 times that


def test_a_bracket_within_brackets_is_a_character():
    """Python warns of these sets (a failure here); gitignore knows no nested ones."""
    rules = ExclusionRules(["*.[[a]", "x[a&&b]"])
    assert rules.excludes("p/f.[", is_dir=False)
    assert rules.excludes("x&", is_dir=False)
    assert not rules.excludes("f.b", is_dir=False)
