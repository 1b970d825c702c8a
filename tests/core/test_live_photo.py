"""Pairing of still and motion video."""

from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_app.core.live_photo import (
    StillFacts,
    VideoFacts,
    content_identifier_of_still,
    is_pair,
)

ID = "5F1D7C52-3A0E-4B7C-9C51-0D2A6E4B8F10"
OTHER = "00000000-0000-0000-0000-000000000001"
SECOND = 10**9
STILL = StillFacts(folder="/p", name="IMG_1.HEIC", mtime_ns=100 * SECOND)
VIDEO = VideoFacts(folder="/p", name="IMG_1.MOV", mtime_ns=102 * SECOND, duration_ms=2900)
HEIC = resources.files("tray_app.demo").joinpath("samples", "live.heic").read_bytes()


@pytest.mark.parametrize(
    ("still", "video", "paired"),
    [
        ({}, {}, True),
        ({"name": "img_1.jpg"}, {"name": "Img_1.mov"}, True),
        ({"name": "IMG_1.jpeg"}, {}, True),
        ({"name": "IMG_1.heif"}, {}, True),
        ({"name": "IMG_1.png"}, {}, False),
        ({"name": "IMG_2.HEIC"}, {}, False),
        ({}, {"name": "IMG_1.MP4"}, False),
        ({"folder": "/q"}, {}, False),
        ({}, {"duration_ms": 5000}, True),
        ({}, {"duration_ms": 5001}, False),
        ({}, {"duration_ms": None}, False),
        ({}, {"mtime_ns": 110 * SECOND}, True),
        ({}, {"mtime_ns": 110 * SECOND + 1}, False),
        ({}, {"mtime_ns": 90 * SECOND - 1}, False),
        ({"content_identifier": ID}, {}, True),  # only one side tells: names decide
        ({"content_identifier": ID}, {"content_identifier": ID.lower()}, True),
        ({"content_identifier": ID}, {"content_identifier": OTHER}, False),
        (
            {"content_identifier": ID, "folder": "/q", "name": "a.heic"},
            {"content_identifier": ID, "name": "b.mp4", "duration_ms": None, "mtime_ns": 0},
            True,
        ),
    ],
)
def test_is_pair(still, video, paired):
    assert is_pair(replace(STILL, **still), replace(VIDEO, **video)) is paired


def test_the_identifier_of_the_fixture():
    assert content_identifier_of_still(HEIC) == ID


def test_a_little_endian_note():
    note = b"Apple iOS\0\0\1II" + b"\1\0" + b"\x11\0\2\0" + b"\x25\0\0\0" + b"\x20\0\0\0"
    rest = b"\0" * 4 + ID.encode() + b"\0"
    assert content_identifier_of_still(b"x" * 99 + note + rest) == ID
    assert content_identifier_of_still(note.replace(b"II", b"XX") + rest) is None


def test_no_note_no_tag_no_uuid():
    assert content_identifier_of_still(b"") is None
    assert content_identifier_of_still(b"Apple iOS\0") is None
    assert content_identifier_of_still(HEIC.replace(ID.encode(), b"z" * 36)) is None
    assert content_identifier_of_still(HEIC.replace(b"\0\x11\0\2", b"\0\x12\0\2")) is None
    assert content_identifier_of_still(HEIC[: HEIC.index(ID.encode()) + 20]) is None


@given(st.binary(max_size=400))
def test_no_note_raises(tail):
    for head in (b"Apple iOS\0", b"Apple iOS\0\0\1MM", b"Apple iOS\0\0\1II\x05\0"):
        assert content_identifier_of_still(head + tail) is None
