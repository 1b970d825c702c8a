"""Small signs on a photo: each state has a shape of its own, white on a dark ground.

So they can be told apart without colours and on any picture.
"""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from tray_app.core.timeline import State

SIDE = 22  # pixels
_UNITS = 22.0
_GROUND = QColor(0, 0, 0, 190)
_ALARM = QColor(176, 0, 32)
_INK = QColor(255, 255, 255)


@cache
def badge(state: State, ratio: float) -> QPixmap:
    """Draw the sign of a state for a screen of so many pixels a point."""
    pixmap, painter = _begin(ratio)
    with painter:
        if state is State.FAILED:
            _triangle(painter)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_GROUND)
            painter.drawEllipse(QRectF(0.5, 0.5, _UNITS - 1, _UNITS - 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(_INK, 1.7, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
            painter.drawPath(_GLYPHS[state]())
    return pixmap


@cache
def heart(ratio: float) -> QPixmap:
    """Draw the sign of a favourite."""
    pixmap, painter = _begin(ratio)
    with painter:
        path = QPainterPath(QPointF(11, 18))
        path.cubicTo(1, 11, 4, 3.5, 8.5, 4.5)
        path.cubicTo(10, 4.8, 11, 6.5, 11, 7)
        path.cubicTo(11, 6.5, 12, 4.8, 13.5, 4.5)
        path.cubicTo(18, 3.5, 21, 11, 11, 18)
        painter.setPen(QPen(_GROUND, 2.4))
        painter.drawPath(path)
        painter.fillPath(path, _INK)
    return pixmap


def _begin(ratio: float) -> tuple[QPixmap, QPainter]:
    pixmap = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return pixmap, painter


def _triangle(painter: QPainter) -> None:
    path = QPainterPath(QPointF(11, 1.5))
    path.lineTo(21, 20)
    path.lineTo(1, 20)
    path.closeSubpath()
    painter.setPen(QPen(_INK, 1.4, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(_ALARM)
    painter.drawPath(path)
    painter.setPen(QPen(_INK, 2.0, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(11, 8), QPointF(11, 13))
    painter.drawPoint(QPointF(11, 16.6))


def _computer() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(5, 6, 12, 8), 1, 1)
    path.moveTo(8, 17)
    path.lineTo(14, 17)
    return path


def _cloud() -> QPainterPath:
    path = QPainterPath(QPointF(7, 15.5))
    path.cubicTo(3, 15.5, 3.5, 10.5, 7, 10.6)
    path.cubicTo(7.5, 5.5, 14, 5.5, 14.6, 9.6)
    path.cubicTo(18.5, 9.5, 18.5, 15.5, 15, 15.5)
    path.closeSubpath()
    return path


def _check() -> QPainterPath:
    path = QPainterPath(QPointF(6.5, 11.5))
    path.lineTo(9.8, 14.8)
    path.lineTo(15.5, 7.6)
    return path


def _bin() -> QPainterPath:
    path = QPainterPath(QPointF(6, 7.5))
    path.lineTo(16, 7.5)
    path.moveTo(9.5, 7.3)
    path.lineTo(9.5, 5.7)
    path.lineTo(12.5, 5.7)
    path.lineTo(12.5, 7.3)
    path.moveTo(7.4, 7.8)
    path.lineTo(8.2, 16.5)
    path.lineTo(13.8, 16.5)
    path.lineTo(14.6, 7.8)
    return path


_GLYPHS = {
    State.LOCAL: _computer,
    State.SERVER: _cloud,
    State.BOTH: _check,
    State.TRASHED: _bin,
}
