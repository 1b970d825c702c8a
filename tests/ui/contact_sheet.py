"""Draws every tray picture on light and dark panels: `python tests/ui/contact_sheet.py OUT.png`."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from tray_app.ui.icons import Panel, app_icon, tray_icon
from tray_app.ui.view import Icon

SIZES = (16, 20, 22, 24, 32, 48, 64, 128)
SHOWN = [
    *((icon, None) for icon in Icon),
    *((Icon.WORKING, percent) for percent in (0, 5, 45, 100)),
]
STRIPS = [
    (Panel.LIGHT, "#f6f6f6"),
    (Panel.DARK, "#1e1e1e"),
    (Panel.UNKNOWN, "#ffffff"),
    (Panel.UNKNOWN, "#1e1e1e"),
]
ROW, GAP = 140, 12


def main() -> None:
    app = QGuiApplication([])
    sheet = QImage(
        len(STRIPS) * (sum(SIZES) + GAP * (len(SIZES) + 1)),
        ROW * (len(SHOWN) + 1),
        QImage.Format.Format_ARGB32,
    )
    painter = QPainter(sheet)
    left = 0
    for panel, colour in STRIPS:
        width = sum(SIZES) + GAP * (len(SIZES) + 1)
        painter.fillRect(left, 0, width, sheet.height(), QColor(colour))
        icons = [tray_icon(icon, percent, panel) for icon, percent in SHOWN] + [app_icon()]
        for row, icon in enumerate(icons):
            x = left + GAP
            for size in SIZES:
                painter.drawPixmap(
                    x, row * ROW + (ROW - size) // 2, icon.pixmap(QSize(size, size), 1.0)
                )
                x += size + GAP
        left += width
    painter.end()
    sheet.save(sys.argv[1])
    del app


main()
