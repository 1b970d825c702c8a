"""Pictures are made of what can be read, upright and square, and never of what only claims."""

import os
import struct
import zlib

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from tray_app.ui import pictures

SIDE = 40


def encoded(image, kind=b"png"):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(kind)).write(image)
    return bytes(buffer.data().data())


def halves(width, height):
    """Make a picture that is red on the left and blue on the right."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    for x in range(width // 2):
        for y in range(height):
            image.setPixelColor(x, y, QColor("red"))
    return image


@pytest.mark.parametrize("kind", [b"png", b"jpeg", b"webp", b"bmp"])
@pytest.mark.parametrize("size", [(80, 60), (60, 80), (10, 10), (300, 40)])
def test_usual_pictures_become_squares_of_their_middle(qapp, kind, size):
    image = pictures.of_bytes(encoded(halves(*size), kind), SIDE)
    assert (image.width(), image.height()) == (SIDE, SIDE)
    left, right = image.pixelColor(2, 20), image.pixelColor(SIDE - 3, 20)
    assert left.red() > 150 > left.blue()
    assert right.blue() > 150 > right.red()


def test_a_picture_is_turned_upright(qapp):
    jpeg = encoded(halves(80, 80), b"jpeg")
    turned = struct.pack(">HHHI", 0x0112, 3, 0, 1).hex()
    assert turned  # orientation 6: to be turned by 90 degrees
    tiff = (
        b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"
        + bytes(4)
    )
    exif = b"Exif\x00\x00" + tiff
    block = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    image = pictures.of_bytes(jpeg[:2] + block + jpeg[2:], SIDE)
    assert image.pixelColor(20, 2).red() > 150
    assert image.pixelColor(20, SIDE - 3).blue() > 150


def png_claiming(width, height):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.qt_log_ignore("JPEG")
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"\xff\xd8\xff\xe0 broken",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>",
        png_claiming(60_000, 60_000),
        png_claiming(8_001, 8_000),
        png_claiming(50_000, 1),
    ],
)
def test_what_is_none_or_claims_too_much_is_left_alone(qapp, data):
    assert pictures.of_bytes(data, SIDE) is None


def test_files_of_any_name(qapp, tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff \n.jpg")
    with open(path, "wb") as file:
        file.write(encoded(halves(80, 60), b"jpeg"))
    assert pictures.of_file(path, SIDE).width() == SIDE


@pytest.mark.timeout(10)
def test_pipes_folders_and_what_is_gone_are_not_waited_for(qapp, tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    for path in (tmp_path / "pipe.jpg", tmp_path, tmp_path / "gone.jpg"):
        assert pictures.of_file(str(path), SIDE) is None


def test_files_that_are_too_long_are_not_read(qapp, tmp_path):
    path = tmp_path / "long.jpg"
    path.write_bytes(encoded(halves(8, 8)))
    os.truncate(path, pictures.MOST_BYTES + 1)
    assert pictures.of_file(str(path), SIDE) is None


def test_a_thumbhash_and_a_jpeg_of_it(qapp):
    image = pictures.of_thumbhash("1QcSHQRnh493V4dIh4eXh1h4kJUI", SIDE)
    assert (image.width(), image.height()) == (SIDE, SIDE)
    assert pictures.of_bytes(pictures.as_jpeg(image), SIDE).width() == SIDE
    assert pictures.of_thumbhash("!", SIDE) is None
