"""Makes square pictures of files and bytes that nobody vouches for; for worker threads.

Only usual formats, and only up to a size: a few bytes can claim to be a picture of any size.
"""

import os
import stat

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from tray_app.core.thumbhash import decode

MOST_BYTES = 64_000_000
MOST_PIXELS = 64_000_000  # of these a progressive JPEG needs up to six bytes each
_LONGEST = 20  # times its shorter side, for a picture that is scaled
_FORMATS = frozenset({b"jpeg", b"jpg", b"png", b"webp", b"gif", b"bmp", b"tiff", b"tif"})
_QUALITY = 85


def of_file(path: str, side: int) -> QImage | None:
    """Read a picture of this computer; None where it is none that we can or will read.

    `path` may have surrogate escapes, so Python opens it. Never waits for a pipe or a device.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
                return None
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                data = file.read(MOST_BYTES)
        finally:
            os.close(descriptor)
    except OSError:
        return None
    return of_bytes(data, side)


def of_bytes(data: bytes, side: int) -> QImage | None:
    """Decode a picture into a square of `side` pixels, cut from its middle; upright."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if reader.format().data() not in _FORMATS or not _acceptable(size):
        return None
    factor = side / min(size.width(), size.height())
    wanted = QSize(round(size.width() * factor), round(size.height() * factor))
    reader.setScaledSize(wanted.expandedTo(QSize(side, side)))
    image = reader.read()
    return None if image.isNull() else _square(image, side)


def of_thumbhash(thumbhash: str, side: int) -> QImage | None:
    """Paint what a photo roughly is."""
    pixels = decode(thumbhash)
    if pixels is None:
        return None
    image = QImage(
        pixels.rgb, pixels.width, pixels.height, pixels.width * 3, QImage.Format.Format_RGB888
    )
    grown = image.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    return _square(grown, side)


def as_jpeg(image: QImage) -> bytes:
    """Encode a picture for the store on disk."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(_QUALITY)
    writer.write(image)
    return bytes(buffer.data().data())


def _acceptable(size: QSize) -> bool:
    short, long = sorted((size.width(), size.height()))
    return short > 0 and short * long <= MOST_PIXELS and long <= short * _LONGEST


def _square(image: QImage, side: int) -> QImage:
    left, top = (image.width() - side) // 2, (image.height() - side) // 2
    cut = image.copy(QRect(left, top, side, side))
    return cut.convertToFormat(QImage.Format.Format_RGB32)
