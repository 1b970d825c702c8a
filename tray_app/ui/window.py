"""The main window: pages behind a sidebar; hidden rather than closed, honest about being seen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tray_app.engine.foreground import Presence
from tray_app.ui.language import tr
from tray_app.ui.memory import Memory
from tray_app.ui.note import Note
from tray_app.ui.page import FAILED_PAGE, Page, PageSpec
from tray_app.ui.presence import presence_of
from tray_app.ui.sidebar import Sidebar, page_icon
from tray_app.ui.view import APP_NAME
from tray_app.ui.window_view import WindowView

SIZE = QSize(880, 620)
LEAST = QSize(560, 360)


class MainWindow(QMainWindow):
    """Shows one of `pages`, each made when it is first opened; drops go to the first one.

    Ctrl+1 to 9 open the pages, Ctrl+F leads to the page's filter, F5 reads anew, Esc and Ctrl+W
    hide the window, Ctrl+Q asks to quit. `presence_changed` tells a `Presence`.
    """

    presence_changed = Signal(object)
    refresh_wanted = Signal()
    quit_wanted = Signal()
    settings_wanted = Signal()

    def __init__(
        self, pages: Sequence[PageSpec], memory: Memory, *, has_settings: bool = False
    ) -> None:
        super().__init__()
        self._specs = tuple(pages)
        self._memory = memory
        self._made: dict[int, QWidget] = {}
        self._view: WindowView | None = None
        self.setObjectName("main window")
        self.setWindowTitle(APP_NAME)
        self.setAccessibleName(APP_NAME)
        self.setAcceptDrops(True)
        self.sidebar = Sidebar(self._specs)
        self.settings = QPushButton(tr("&Settings\u2026"))
        self.settings.setVisible(has_settings)
        self.settings.clicked.connect(lambda _checked: self.settings_wanted.emit())
        self.note = Note(tr("Note about the tray"))
        self._stack = QStackedWidget()
        self._lay_out()
        self._take_keys(has_settings=has_settings)
        self.sidebar.chosen.connect(self._turn_to)
        self._recall()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._tell)

    def show_view(self, view: WindowView) -> None:
        """Draw `view` on every page that there is."""
        self._view = view
        self.sidebar.mark(FAILED_PAGE, view.failed_count)
        for page in self._made.values():
            if isinstance(page, Page):
                page.show_view(view)

    def open_page(self, key: str) -> None:
        """Turn to the page of this key; an unknown one changes nothing."""
        for row, spec in enumerate(self._specs):
            if spec.key == key:
                self.sidebar.setCurrentRow(row)

    def page(self, key: str) -> QWidget:
        """Return the page of this key, made now if nobody opened it."""
        return self._page(next(row for row, spec in enumerate(self._specs) if spec.key == key))

    def bring_up(self, key: str = "") -> None:
        """Show it in front of the others, turned to a page if one is named."""
        if key:
            self.open_page(key)
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def close_down(self) -> None:
        """Hide it for good; pages end their work."""
        self.hide()
        for page in self._made.values():
            if isinstance(page, Page):
                page.close_down()

    def presence(self) -> Presence:
        """Return whether it is seen, and whether a person works in it or a dialog of it."""
        return presence_of(self)

    def _page(self, row: int) -> QWidget:
        if row not in self._made:
            made = self._made[row] = self._specs[row].make()
            self._stack.addWidget(made)
            if isinstance(made, Page):
                made.page_wanted.connect(self.open_page)
                if self._view:
                    made.show_view(self._view)
        return self._made[row]

    def _turn_to(self, row: int) -> None:
        if row < 0:
            return
        self._stack.setCurrentWidget(self._page(row))
        self._memory.page = self._specs[row].key
        self.setWindowTitle(f"{self._specs[row].name} \u2013 {APP_NAME}" if row else APP_NAME)

    def _recall(self) -> None:
        self.setMinimumSize(LEAST)
        self.resize(SIZE)
        self._memory.put_back("window", self)
        page = self._memory.page  # turning to the first one overwrites it
        self.sidebar.setCurrentRow(0)
        self.open_page(page)

    def _refresh(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, Page):
            page.refresh()
        self.refresh_wanted.emit()

    def _find(self) -> None:
        page = self._stack.currentWidget()
        field = page.filter_field() if isinstance(page, Page) else None
        if field:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()

    def _first(self) -> Page | None:
        first = self._page(0)
        return first if isinstance(first, Page) else None

    def _invite(self, *, on: bool) -> None:
        if first := self._first():
            first.invite(on=on)

    def _tell(self) -> None:
        self.presence_changed.emit(self.presence())

    def _take_keys(self, *, has_settings: bool) -> None:
        self._key(tr("Hide"), self.hide, "Esc", "Ctrl+W")
        self._key(tr("Quit"), self.quit_wanted.emit, "Ctrl+Q")
        self._key(tr("Refresh"), self._refresh, "F5")
        self._key(tr("Find"), self._find, "Ctrl+F")
        if has_settings:
            self._key(tr("Settings"), self.settings_wanted.emit, "Ctrl+,")
        for row, spec in enumerate(self._specs[:9]):
            turn = lambda row=row: self.sidebar.setCurrentRow(row)  # noqa: E731  one of many
            self._key(spec.name, turn, f"Ctrl+{row + 1}")

    def _key(self, name: str, act: Callable[[], object], *keys: str) -> None:
        action = QAction(name, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked: act())
        self.addAction(action)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(8, 10, 0, 10)
        side.addWidget(self.sidebar, 1)
        side.addWidget(self.settings)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(side)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        column.addLayout(row, 1)
        centre = QWidget()
        centre.setLayout(column)
        self.setCentralWidget(centre)

    # Qt's own names from here on.

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Hide: the program lives in the tray."""
        event.ignore()
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Tell that it is seen."""
        super().showEvent(event)
        self._tell()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Tell that it is not, and remember its place."""
        super().hideEvent(event)
        self._memory.note_place("window", self)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow minimising, activation and the colours of the system."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.WindowStateChange, QEvent.Type.ActivationChange):
            self._tell()
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_settings()

    def _draw_settings(self) -> None:
        self.settings.setIcon(page_icon("settings", self.palette(), self.devicePixelRatioF()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and links; what is no file of this computer is told when dropped.

        Only as a copy: after a move the source would delete what we have merely read.
        """
        if event.mimeData().hasUrls() and event.possibleActions() & Qt.DropAction.CopyAction:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._invite(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Calm down."""
        self._invite(on=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Back up what was dropped; the source keeps it, whatever it proposed."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if first := self._first():
            first.invite(on=False)
            self.sidebar.setCurrentRow(0)
            first.take(event.mimeData().urls())
