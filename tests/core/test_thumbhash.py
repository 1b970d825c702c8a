"""ThumbHash against what the reference decoder (as ported by thumbhash-python 1.0.1) gives."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_app.core.thumbhash import SIDE, decode

PORTRAIT, LANDSCAPE = "1QcSHQRnh493V4dIh4eXh1h4kJUI", "3OcRJYB4d3h/iIeHeEh3eIhw+j3A"
# Corners clockwise from the top left one, and the middle.
REFERENCE = {
    PORTRAIT: ((11, 16), [(66, 79, 114), (85, 109, 138), (0, 6, 41), (0, 11, 41)], (129, 99, 78)),
    LANDSCAPE: (
        (16, 11),
        [(127, 139, 162), (127, 139, 161), (84, 96, 44), (89, 101, 38)],
        (112, 124, 138),
    ),
}


@pytest.mark.parametrize("thumbhash", REFERENCE)
def test_it_decodes_as_the_reference_does(thumbhash):
    size, corners, middle = REFERENCE[thumbhash]
    pixels = decode(thumbhash)
    width, height = size
    assert (pixels.width, pixels.height) == size

    def pixel(x, y):
        start = (y * width + x) * 3
        return tuple(pixels.rgb[start : start + 3])

    places = [(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)]
    for place, wanted in [*zip(places, corners, strict=True), ((width // 2, height // 2), middle)]:
        assert pixel(*place) == pytest.approx(wanted, abs=1)


@pytest.mark.parametrize("broken", ["", "!", "AAAA", "1QcS", "ä", PORTRAIT[:12]])
def test_what_is_no_hash_is_none(broken):
    assert decode(broken) is None


@given(st.binary(max_size=40))
def test_a_hostile_hash_gives_a_small_picture_or_none(data):
    pixels = decode(base64.b64encode(data).decode())
    if pixels:
        assert 1 <= pixels.width <= SIDE
        assert 1 <= pixels.height <= SIDE
        assert len(pixels.rgb) == pixels.width * pixels.height * 3
