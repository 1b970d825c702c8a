"""The list of pages at the side of the window."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QSizePolicy

from tray_app.ui.language import number, tr
from tray_app.ui.page import PageSpec
from tray_app.ui.resources import resource

ICON = 20
_ROW = 34
_DRAWN = b"#202020"  # the colour our SVG files are drawn in


class Sidebar(QListWidget):
    """One line for each page; `chosen` gives its number. The arrows and a click choose."""

    chosen = Signal(int)

    def __init__(self, pages: Sequence[PageSpec]) -> None:
        super().__init__()
        self._pages = tuple(pages)
        self.setObjectName("pages")
        self.setAccessibleName(tr("Pages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(ICON, ICON))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        for place, page in enumerate(self._pages, 1):
            item = QListWidgetItem(page.name)
            item.setToolTip(f"{page.name} (Ctrl+{place})")
            item.setSizeHint(QSize(0, max(_ROW, self.fontMetrics().height() + 14)))
            self.addItem(item)
        self.viewport().setAutoFillBackground(False)
        self._draw()
        self._fit()
        self.currentRowChanged.connect(self.chosen)

    def mark(self, key: str, count: int) -> None:
        """Put a number behind a page's name; 0: none."""
        for row, page in enumerate(self._pages):
            text = f"{page.name} ({number(count)})" if count else page.name
            if page.key == key and self.item(row).text() != text:
                self.item(row).setText(text)
                self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow the colours and the font of the system."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._draw()
            self._fit()

    def _fit(self) -> None:
        widest = max(
            self.fontMetrics().horizontalAdvance(self.item(row).text())
            for row in range(self.count())
        )
        name = self.fontMetrics().horizontalAdvance(f"{tr('Timeline')} (999)")
        self.setFixedWidth(max(widest, name) + ICON + 34)

    def _draw(self) -> None:
        for row, page in enumerate(self._pages):
            self.item(row).setIcon(page_icon(page.icon, self.palette(), self.devicePixelRatioF()))


def page_icon(name: str, palette: QPalette, ratio: float) -> QIcon:
    """Paint a page's picture in the colours of text, chosen and not."""
    icon = QIcon()
    for role, mode in (
        (QPalette.ColorRole.WindowText, QIcon.Mode.Normal),
        (QPalette.ColorRole.HighlightedText, QIcon.Mode.Selected),
    ):
        ink = palette.color(role).name().encode()
        art = QSvgRenderer(QByteArray(resource(f"icons/pages/{name}.svg").replace(_DRAWN, ink)))
        pixmap = QPixmap(QSize(ICON, ICON) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            art.render(painter, QRectF(pixmap.rect()))
        pixmap.setDevicePixelRatio(ratio)
        icon.addPixmap(pixmap, mode)
    return icon
