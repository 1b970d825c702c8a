"""Paints the tray's pictures from our SVG art, crisp at every size a panel asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tray_app.ui.resources import resource
from tray_app.ui.view import Icon

# 16 to 64 px at 100 to 300 %: between two sizes Qt scales down, never up.
SIZES = (16, 18, 20, 22, 24, 28, 32, 36, 40, 44, 48, 56, 64, 72, 96, 128, 192)
RING_STEP = 5
_RING_TRACK_ALPHA = 0.38


@dataclass(frozen=True, slots=True)
class Colours:
    """The two colours of a picture: `ink` draws the mark, `accent` what wants attention."""

    ink: str
    accent: str


class Panel(Enum):
    """What the icon stands on; UNKNOWN has middle tones that read on light and dark alike."""

    LIGHT = Colours(ink="#2b2f33", accent="#b3261e")
    DARK = Colours(ink="#f2f4f5", accent="#ff8a75")
    UNKNOWN = Colours(ink="#2f86ad", accent="#dd4433")


# The colours our SVG files are drawn in.
_DRAWN = Colours(ink="#202020", accent="#b00020")

# Desktops whose panel is dark whatever the colours of windows are.
_DARK_PANELS = frozenset({"gnome", "unity", "pop"})
# Desktops whose panel follows the colours of windows.
_FOLLOWING = frozenset({"kde", "win32", "darwin"})
_BY_SCHEME: Mapping[Qt.ColorScheme, Panel] = MappingProxyType(
    {Qt.ColorScheme.Light: Panel.LIGHT, Qt.ColorScheme.Dark: Panel.DARK}
)


def pick_panel(scheme: Qt.ColorScheme, desktop: str) -> Panel:
    """Tell what the panel looks like.

    `scheme`: the colour scheme of windows; `desktop`: `XDG_CURRENT_DESKTOP`, or `sys.platform`
    outside Linux. Most Linux panels have colours of their own that nobody tells us: UNKNOWN.
    """
    names = {name.casefold() for name in desktop.split(":")}
    if names & _DARK_PANELS:
        return Panel.DARK
    return _BY_SCHEME.get(scheme, Panel.UNKNOWN) if names & _FOLLOWING else Panel.UNKNOWN


def tray_icon(icon: Icon, percent: int | None, panel: Panel) -> QIcon:
    """Return the picture of a state; `percent` (0-100) fills the ring of a working one."""
    if icon is not Icon.WORKING or percent is None:
        return _tray_icon(icon, None, panel)
    return _tray_icon(icon, percent // RING_STEP * RING_STEP, panel)


# A picture takes about 0.4 MB and 6 ms. Rings only move on, so the few newest are enough.
@lru_cache(maxsize=12)
def _tray_icon(icon: Icon, percent: int | None, panel: Panel) -> QIcon:
    art = _renderer(f"icons/{icon}.svg", panel.value)
    built = QIcon()
    for size in SIZES:
        pixmap = _painted(art, size)
        if icon is Icon.WORKING:
            _paint_ring(pixmap, percent, QColor(panel.value.ink))
        built.addPixmap(pixmap)
    return built


def app_icon() -> QIcon:
    """Return the coloured icon of windows, task lists and notifications."""
    art = _renderer("icons/app.svg", _DRAWN)
    built = QIcon()
    for size in (*SIZES, 256):
        built.addPixmap(_painted(art, size))
    return built


def _renderer(name: str, colours: Colours) -> QSvgRenderer:
    art = resource(name)
    art = art.replace(_DRAWN.ink.encode(), colours.ink.encode())
    art = art.replace(_DRAWN.accent.encode(), colours.accent.encode())
    return QSvgRenderer(QByteArray(art))


def _painted(art: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    art.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _paint_ring(pixmap: QPixmap, percent: int | None, ink: QColor) -> None:
    """Draw the ring around the arrow: filled from the top, or dashed where nothing is counted."""
    size = pixmap.width()
    width = max(2.0, size * 3 / 32)
    inset = width / 2 + size / 64
    box = QRectF(inset, inset, size - 2 * inset, size - 2 * inset)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if percent is None:
        painter.setPen(pen)
        for start in range(0, 360, 60):
            painter.drawArc(box, (start + 10) * 16, 40 * 16)
    else:
        track = QColor(ink)
        track.setAlphaF(_RING_TRACK_ALPHA)
        painter.setPen(QPen(track, width))
        painter.drawEllipse(box)
        painter.setPen(pen)
        painter.drawArc(box, 90 * 16, round(-percent * 3.6 * 16))
    painter.end()
