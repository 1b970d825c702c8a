"""The box walker: right on good files, quiet and frugal on bad ones."""

import io
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tray_app.adapters.media_probe import (
    MOST_BOXES,
    MOST_BYTES,
    VideoProbe,
    probe_still,
    probe_video,
)

ID = "5F1D7C52-3A0E-4B7C-9C51-0D2A6E4B8F10"
KEY = b"com.apple.quicktime.content.identifier"
FIXTURES = resources.files("tray_app.demo").joinpath("samples")
MOV = FIXTURES.joinpath("live.mov").read_bytes()


class Counting(io.BytesIO):
    """Counts what is asked of it; beyond `stored` bytes it is a hole of zeros."""

    asked = 0
    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert size >= 0
        self.asked += size
        self.reads += 1
        return super().read(size)


def probe(data: bytes, size: int | None = None) -> VideoProbe:
    file = Counting(data)
    found = probe_video(file, len(data) if size is None else size)
    assert file.asked <= MOST_BYTES
    assert file.reads <= 2 * MOST_BOXES
    return found


def box(kind: bytes, body: bytes = b"", *, wide: bool = False) -> bytes:
    if wide:
        return b"\0\0\0\1" + kind + (16 + len(body)).to_bytes(8, "big") + body
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def mvhd(scale: int, ticks: int, *, version: int = 0) -> bytes:
    width = 8 if version else 4
    times = b"\0" * 2 * width
    numbers = scale.to_bytes(4, "big") + ticks.to_bytes(width, "big")
    return box(b"mvhd", bytes([version, 0, 0, 0]) + times + numbers + b"\0" * 80)


def meta(identifier: str = ID, *, iso: bool = False) -> bytes:
    keys = b"".join(box(b"mdta", name) for name in (b"com.apple.quicktime.make", KEY))
    item = box(b"data", b"\0\0\0\1\0\0\0\0" + identifier.encode())
    inner = box(b"hdlr", b"\0" * 24) + box(b"keys", b"\0\0\0\0\0\0\0\2" + keys)
    inner += box(b"ilst", box(b"\0\0\0\1", item[:-1] + b"x") + box(b"\0\0\0\2", item))
    return box(b"meta", (b"\0\0\0\0" if iso else b"") + inner)


def test_the_fixtures():
    assert probe(MOV) == VideoProbe(2000, ID)
    assert probe(FIXTURES.joinpath("clip.mp4").read_bytes()) == VideoProbe(1000, None)
    assert probe_still(FIXTURES.joinpath("live.heic").read_bytes()) == ID
    assert probe_still(FIXTURES.joinpath("photo.jpg").read_bytes()) is None


@pytest.mark.parametrize("iso", [False, True])
@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("version", [0, 1])
@pytest.mark.parametrize("in_udta", [False, True])
def test_every_shape_of_a_movie(iso, wide, version, in_udta):
    data = box(b"udta", box(b"name", b"x") + meta(iso=iso)) if in_udta else meta(iso=iso)
    moov = box(b"moov", mvhd(600, 1770, version=version) + box(b"trak") + data, wide=wide)
    assert probe(box(b"ftyp", b"qt  ") + box(b"mdat", b"\0" * 99) + moov) == VideoProbe(2950, ID)


def test_the_movie_box_at_the_end_of_a_huge_file(tmp_path):
    path, hole = tmp_path / "huge.mov", 4 * 2**30
    with path.open("wb") as file:
        file.write(box(b"ftyp", b"qt  ") + b"\0\0\0\1mdat" + (16 + hole).to_bytes(8, "big"))
        file.seek(hole, io.SEEK_CUR)
        file.write(box(b"moov", mvhd(1000, 1234) + meta()))
    with path.open("rb") as file:
        assert probe_video(file, path.stat().st_size) == VideoProbe(1234, ID)


@pytest.mark.parametrize(
    "header",
    [mvhd(0, 5), mvhd(600, 0), mvhd(600, 2**32 - 1), mvhd(1, 2**64 - 2, version=1), box(b"mvhd")],
)
def test_an_unknown_duration(header):
    assert probe(box(b"moov", header + meta())) == VideoProbe(None, ID)


def test_boxes_without_end():
    assert probe(box(b"free") * (MOST_BOXES + 1) + MOV) == VideoProbe()
    assert probe(b"\0\0\0\0moov" + mvhd(600, 600)) == VideoProbe(1000, None)
    assert probe(b"\0\0\0\4moov" + mvhd(600, 600)) == VideoProbe()
    assert probe(MOV[:-400]) == VideoProbe()
    assert probe(MOV, size=10 * len(MOV)).content_identifier == ID  # shrunk since it was listed


def test_a_box_of_no_size_ends_the_walk():
    file = Counting(b"\0\0\0\1free" + b"\0" * 8 + MOV)
    assert probe_video(file, 16 + len(MOV)) == VideoProbe()
    assert file.reads == 1


@given(st.binary(max_size=2000))
def test_noise(data):
    probe(data)
    probe(box(b"moov", data))
    probe(box(b"moov", box(b"meta", data)))
    probe(data, size=2**63)
    probe_still(data)


@settings(max_examples=300)
@given(st.data())
def test_mutations(data):
    """Hits the movie box, where the decisions are, and the top level."""
    mutant = bytearray(MOV)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(MOV.index(b"moov") - 4, len(mutant) - 1) | st.integers(0, 60))
        mutant[at] = data.draw(st.integers(0, 255) | st.sampled_from([0, 1, 8, 255]))
    probe(bytes(mutant))
