"""The pictures of the README are there, small, all used, and described for those who see none."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PICTURES = sorted((ROOT / "resources" / "screenshots").glob("*.png"))


def test_every_picture_is_used_and_small():
    assert 1 <= len(PICTURES) <= 8
    for picture in PICTURES:
        assert f"(resources/screenshots/{picture.name})" in README
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size <= 150_000, picture.name


def test_a_light_and_a_dark_one_are_shown_near_the_top_with_words():
    top = "\n".join(README.splitlines()[:25])
    shown = re.findall(r"!\[(.{20,})\]\(resources/screenshots/(\S+)\.png\)", top)
    assert [name for _words, name in shown] == ["overview", "timeline-dark"]
