"""The timeline tab: filter, grid, what is known of the current item, and what can be done."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedLayout, QVBoxLayout

from tray_app.core.errors import TrayError
from tray_app.core.timeline import Cell, Query
from tray_app.core.timeline_changes import EVERYTHING
from tray_app.ports.thumbnails import Thumbnails
from tray_app.ports.timeline import Timeline, TimelineChanges
from tray_app.ui import timeline_words as words
from tray_app.ui.colours import mixed
from tray_app.ui.language import localised, tr
from tray_app.ui.page import Page
from tray_app.ui.picture_loader import PictureLoader
from tray_app.ui.tasks import Tasks
from tray_app.ui.timeline_bubble import TimelineBubble
from tray_app.ui.timeline_canvas import CELL
from tray_app.ui.timeline_dates import date_text, month_title
from tray_app.ui.timeline_filter import TimelineFilter
from tray_app.ui.timeline_grid import TimelineGrid
from tray_app.ui.timeline_menu import TimelineActions, TimelineMenu, uploadable
from tray_app.ui.timeline_message import TimelineMessage
from tray_app.ui.timeline_model import Progress, TimelineModel

LOOK_MS = 25
PATIENCE_MS = 300  # what was found before stays in sight so long while something else is sought
_HINT = 0.75  # of the text's colour: fields may be black
MOST_CHOSEN = 5000  # that "Upload again" takes at once


class TimelinePage(Page):
    """Shows the timeline while it is seen; hidden it does nothing and keeps no pictures.

    Enter opens the current item in Immich, or its file where the server does not have it. Needs
    the qasync loop.
    """

    def __init__(
        self,
        timeline: Timeline,
        thumbnails: Thumbnails,
        changes: TimelineChanges,
        actions: TimelineActions,
    ) -> None:
        super().__init__()
        self.setAccessibleName(tr("Timeline"))
        self._timeline = timeline
        self._changes = changes
        self._actions = actions
        self._describing, self._sending = Tasks(), Tasks()
        self._unsubscribe: Callable[[], None] = lambda: None
        self._current: Cell | None = None
        self.model = TimelineModel(timeline, _spoken, _told, self)
        self.pictures = PictureLoader(thumbnails, self)
        self.filter = TimelineFilter()
        self.grid = TimelineGrid(self.model, self.pictures.picture, month_title)
        self.bubble = TimelineBubble(self.grid, month_title)
        self.message = TimelineMessage()
        self.details = QLabel()
        self._looking = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._lay_out()
        self._connect()
        self._quieten()
        self._draw()

    def close_down(self) -> None:
        """End all work for good.

        View and model part while both live: were they left to the collector, a view that is half
        gone would be told that its model went.
        """
        self._rest()
        self.grid.setModel(None)
        self._sending.stop()
        self.pictures.close()

    def _lay_out(self) -> None:
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setWordWrap(True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setMinimumHeight(2 * self.fontMetrics().height())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.filter)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self.message)  # not before it has a parent, or it is a window
        self._stack.addWidget(self.grid)
        column.addWidget(self.details)

    def _connect(self) -> None:
        self.filter.changed.connect(self._ask)
        self.filter.left.connect(lambda: self.grid.setFocus(Qt.FocusReason.OtherFocusReason))
        self.model.progressed.connect(self._draw)
        self.model.loaded.connect(self._loaded)
        self.grid.moved.connect(self._look_soon)
        self._looking.timeout.connect(self._look)
        self._patience.timeout.connect(self._draw)
        self.pictures.arrived.connect(self.grid.viewport().update)
        self.grid.activated.connect(lambda _index: self._open_current())
        self.grid.customContextMenuRequested.connect(self._offer)
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._describe_current())
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._describe_current())
        self.message.pressed.connect(self._press)

    def filter_field(self) -> QLineEdit | None:
        """Return the field of the file name."""
        return self.filter.text_box

    def refresh(self) -> None:
        """Look at everything anew."""
        self.model.touch(EVERYTHING)

    def _ask(self, query: Query) -> None:
        self.details.clear()
        if self.grid.isVisible():
            self._patience.start()
        self.model.open(query)

    def _loaded(self) -> None:
        self._draw()
        self._look_soon()
        if self._cell_now() != self._current:
            self._describe_current()

    def _draw(self) -> None:
        progress = self.model.progress
        if progress is Progress.LOADING and self._patience.isActive():
            return
        found = progress is Progress.READY and self.model.total > 0
        self.filter.count.setText(words.items(self.model.total) if found else "")
        if found:
            self._stack.setCurrentWidget(self.grid)
        else:
            self._explain()
            self._stack.setCurrentWidget(self.message)

    def _explain(self) -> None:
        """Say why there are no photos to see."""
        model, searching = self.model, self.model.query != Query()
        if model.progress is Progress.BROKEN and model.trouble:
            self.message.say(localised(model.trouble.words()), tr("&Try again"))
        elif model.progress is Progress.LOADING:
            self.message.say(tr(words.SEARCHING if searching else words.LOADING))
        else:
            self.message.say(
                words.nothing_found(model.query), tr("&Show everything") if searching else ""
            )

    def _press(self) -> None:
        if self.model.progress is Progress.BROKEN:
            self.model.open(self.model.query)
        else:
            self.filter.clear()

    def _look_soon(self) -> None:
        if self.isVisible() and not self._looking.isActive():
            self._looking.start()

    def _look(self) -> None:
        """Load what is in sight first, then what is near."""
        if not self.isVisible():
            return
        self.model.want(self.grid.seen(1.0))
        self.pictures.scale(CELL, self.devicePixelRatioF())
        seen, near = self.grid.seen(), self.grid.seen(0.5)
        rows = [*seen, *range(seen.stop, near.stop), *range(near.start, seen.start)]
        self.pictures.want([cell for row in rows if (cell := self.model.cell(row))])

    def _cell_now(self) -> Cell | None:
        index = self.grid.currentIndex()
        return self.model.cell(index.row()) if index.isValid() else None

    def _describe_current(self) -> None:
        self._current = cell = self._cell_now()
        self._describing.stop()
        chosen = sum(len(rows) for rows in self.grid.selected_rows())
        if chosen > 1:
            self.details.setText(words.chosen(chosen))
        elif cell is None:
            self.details.clear()
        else:
            self._describing.start(self._describe(cell))

    async def _describe(self, cell: Cell) -> None:
        try:
            details = await self._timeline.details(cell.key)
        except TrayError as exc:
            self.details.setText(localised(exc.words()))
            return
        if details and cell == self._current:
            self.details.setText(words.summary(details, date_text(cell.taken_ms)))

    def _open_current(self) -> None:
        cell = self._cell_now()
        if cell and cell.asset_id:
            self._actions.open_in_immich(cell)
        else:
            self._reveal_current()

    def _reveal_current(self) -> None:
        if (cell := self._cell_now()) and cell.path:
            self._actions.reveal(cell.path)

    def _offer(self, place: QPoint) -> None:
        menu = TimelineMenu(self._cell_now(), can_upload=self._may_upload(), parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.open.triggered.connect(self._open_current)
        menu.reveal.triggered.connect(self._reveal_current)
        menu.upload.triggered.connect(self._upload_selected)
        menu.select_all.triggered.connect(self.grid.selectAll)
        menu.popup(self.grid.viewport().mapToGlobal(place))

    def _may_upload(self) -> bool:
        """Tell whether some of the selection can be sent; what is not loaded may be."""
        ranges = self.grid.selected_rows()
        if not 0 < sum(len(rows) for rows in ranges) <= MOST_CHOSEN:
            return False
        cells = [self.model.cell(row) for rows in ranges for row in rows]
        return any(cell is None or uploadable(cell) for cell in cells)

    def _upload_selected(self) -> None:
        self._sending.start(self._upload(self.grid.selected_rows()))

    async def _upload(self, ranges: list[range]) -> None:
        try:
            cells = await self.model.fetch([row for rows in ranges for row in rows])
        except TrayError as exc:
            self.details.setText(localised(exc.words()))
            return
        if wanted := [cell for cell in cells if uploadable(cell)]:
            self._actions.upload_again(wanted)

    def _quieten(self) -> None:
        palette = self.palette()
        text, ground = QPalette.ColorRole.WindowText, QPalette.ColorRole.Window
        palette.setColor(text, mixed(palette.color(text), palette.color(ground)))
        for label in (self.details, self.filter.count):
            label.setPalette(palette)
        typed, field = QPalette.ColorRole.Text, QPalette.ColorRole.Base
        hint = mixed(palette.color(typed), palette.color(field), _HINT)
        box = self.filter.text_box.palette()
        box.setColor(QPalette.ColorRole.PlaceholderText, hint)
        self.filter.text_box.setPalette(box)

    def _rest(self) -> None:
        self._unsubscribe()
        self._unsubscribe = lambda: None
        self._looking.stop()
        self._describing.stop()
        self.model.pause()
        self.pictures.clear()

    # Qt's own names from here on.

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begin to follow what changes, and catch up."""
        super().showEvent(event)
        self._unsubscribe()
        self._unsubscribe = self._changes.subscribe(self.model.touch)
        self.refresh()
        self._look_soon()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Cost nothing while nobody looks."""
        super().hideEvent(event)
        self._rest()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the colours of the system."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._quieten()


def _spoken(cell: Cell) -> str:
    return words.spoken(cell, date_text(cell.taken_ms))


def _told(cell: Cell) -> str:
    return words.tooltip(cell, date_text(cell.taken_ms))
