"""Paints cells and headings of the timeline in the colours of the system."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from tray_app.core.timeline import Cell
from tray_app.ui import badges
from tray_app.ui.colours import mixed
from tray_app.ui.timeline_words import length

_EDGE = 5  # between a cell's edge and what stands on it
_INSET = 9  # by which a selected picture shrinks
_EMPTY_SHARE = 0.12
_PLATE = QColor(0, 0, 0, 190)

Picture = Callable[[Cell], QImage | None]


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell stands among the others."""

    selected: bool = False
    current: bool = False


class TimelinePaint:
    """Made for one widget; `picture` gives a square picture of a cell, None: not there (yet)."""

    def __init__(self, widget: QWidget, picture: Picture) -> None:
        self._widget = widget
        self._picture = picture

    def cell(self, painter: QPainter, box: QRect, cell: Cell | None, look: Look) -> None:
        """Paint one cell; None: not loaded yet."""
        palette = self._widget.palette()
        inner = box
        if look.selected:
            painter.fillRect(box, palette.color(QPalette.ColorRole.Highlight))
            inner = box.adjusted(_INSET, _INSET, -_INSET, -_INSET)
        image = self._picture(cell) if cell else None
        if image is None:
            self._blank(painter, inner, cell)
        elif look.selected:
            painter.drawImage(inner, image)
        else:
            painter.drawImage(inner.topLeft(), image)
        if cell:
            self._signs(painter, inner, cell)
        if look.current and self._widget.hasFocus():
            self._focus(painter, box)

    def heading(self, painter: QPainter, box: QRect, title: str, count: str) -> None:
        """Paint a month's heading over whatever is below."""
        palette = self._widget.palette()
        ground = palette.color(QPalette.ColorRole.Base)
        text = palette.color(QPalette.ColorRole.Text)
        painter.fillRect(box, ground)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        font = self._widget.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(text)
        painter.drawText(box, middle, title)
        offset = QFontMetrics(font).horizontalAdvance(f"{title}   ")
        painter.setFont(self._widget.font())
        painter.setPen(mixed(text, ground))
        painter.drawText(box.adjusted(offset, 0, 0, 0), middle, count)

    def _blank(self, painter: QPainter, box: QRect, cell: Cell | None) -> None:
        palette = self._widget.palette()
        ground = palette.color(QPalette.ColorRole.Base)
        text = palette.color(QPalette.ColorRole.Text)
        painter.fillRect(box, mixed(text, ground, _EMPTY_SHARE))
        if cell is None or cell.thumbhash:
            return
        painter.setFont(self._widget.font())
        painter.setPen(mixed(text, ground, 0.8))
        room = box.adjusted(8, 26, -8, -26)
        width = room.width() * 3
        name = painter.fontMetrics().elidedText(cell.name, Qt.TextElideMode.ElideMiddle, width)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(room, flags, name)

    def _signs(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        ratio = self._widget.devicePixelRatioF()
        low = box.bottom() + 1 - badges.SIDE - _EDGE
        right = QPoint(box.right() + 1 - badges.SIDE - _EDGE, low)
        painter.drawPixmap(right, badges.badge(cell.state, ratio))
        if cell.favourite:
            painter.drawPixmap(QPoint(box.left() + _EDGE, low), badges.heart(ratio))
        if cell.is_video:
            self._video(painter, box, cell)

    def _video(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        text = f"▶ {length(cell.duration_ms)}" if cell.duration_ms else "▶"
        painter.setFont(self._widget.font())
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(text) + 12
        plate = QRectF(
            box.right() + 1 - _EDGE - width, box.top() + _EDGE, width, metrics.height() + 2
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PLATE)
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(QColor(255, 255, 255))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _focus(self, painter: QPainter, box: QRect) -> None:
        palette = self._widget.palette()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for role, width, inset in (
            (QPalette.ColorRole.Base, 5, 2),
            (QPalette.ColorRole.Text, 2, 1),
        ):
            painter.setPen(QPen(palette.color(role), width, j=Qt.PenJoinStyle.MiterJoin))
            painter.drawRect(box.adjusted(inset, inset, -inset, -inset))
