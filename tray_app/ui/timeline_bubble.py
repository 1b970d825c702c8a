"""Names the month beside the scroll bar while a person drags it."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from tray_app.core.timeline import Month
from tray_app.ui.timeline_grid import TimelineGrid

_AWAY = 8


class TimelineBubble(QLabel):
    """A label over the grid, in sight only while the slider is held."""

    def __init__(self, grid: TimelineGrid, title: Callable[[Month], str]) -> None:
        super().__init__(grid)
        self._grid = grid
        self._title = title
        self.setAutoFillBackground(True)
        self.setFrameShape(QLabel.Shape.StyledPanel)
        self.setMargin(8)
        self.hide()
        bar = grid.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: self._follow())
        bar.sliderReleased.connect(self.hide)

    def _follow(self) -> None:
        bar = self._grid.verticalScrollBar()
        month = self._grid.month_at(bar.value())
        if not bar.isSliderDown() or month is None:
            self.hide()
            return
        self.setText(self._title(month))
        self.adjustSize()
        area = self._grid.viewport().geometry()
        share = bar.value() / max(1, bar.maximum())
        y = area.top() + round(share * (area.height() - self.height()))
        self.move(area.right() - self.width() - _AWAY, y)
        self.show()
        self.raise_()
