"""The page that says how the backup is doing: a humble picture of a `WindowView`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tray_app.core.quantities import files
from tray_app.engine.commands import Commands
from tray_app.ui.colours import mixed
from tray_app.ui.drop_area import DropArea
from tray_app.ui.dropped import taken_of
from tray_app.ui.icons import Panel, tray_icon
from tray_app.ui.pause_menu import pause_menu
from tray_app.ui.window_view import WindowView

ICON = 48
MOST_REFUSED = 8  # named
_HEADLINE = 1.35  # times the font of the system


class StatusPage(QWidget):
    """Made once, changed in place; a part that has nothing to say takes no room."""

    def __init__(self, commands: Commands, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._commands = commands
        self._view: WindowView | None = None
        self._taken = ""
        self._refused: tuple[str, ...] = ()
        self.icon = QLabel()
        self.headline, self.reason, self.current = _label(), _label(), _label()
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress of the backup")
        self.protected, self.failed = _label(), _label()
        self.history, self.automatic, self.account = _label(), _label(), _label()
        self.library = _label()
        self.drop_area = DropArea(self.take)
        self.note = _label()
        self._lay_out(self._buttons(now))
        self._enlarge_headline()
        self._quieten()

    def show_view(self, view: WindowView) -> None:
        """Draw `view`."""
        self._view = view
        self._draw_icon()
        self._draw_progress(view)
        _say(self.headline, view.headline)
        _say(self.reason, view.reason)
        _say(self.current, view.current)
        _say(self.protected, view.protected)
        _say(self.failed, view.failed)
        _say(self.history, "\n".join(view.history))
        _say(self.library, view.library)
        _say(self.automatic, view.automatic)
        _say(self.account, view.account)
        if view.told:
            self._taken = ""
        self._draw_note(view.told)
        self._offer(view)

    def take(self, urls: Sequence[QUrl]) -> None:
        """Back up what was dropped or chosen, and say what is not taken."""
        paths, refused = taken_of(urls)
        count = files(len(paths))
        self._taken = f"{count} or folders taken: their backup comes next." if paths else ""
        self._refused = (
            refused
            if len(refused) <= MOST_REFUSED
            else (
                *refused[: MOST_REFUSED - 1],
                f"... and {len(refused) - MOST_REFUSED + 1} more are not taken.",
            )
        )
        self._draw_note(())
        if paths:
            self._commands.back_up_paths(paths)

    def _draw_note(self, told: Sequence[str]) -> None:
        """Say what was taken, then what came of it; what was refused stays until the next drop."""
        taken = [self._taken] if self._taken else []
        _say(self.note, "\n".join([*taken, *self._refused, *told]))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow the colours of the system, from light to dark and back."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._quieten()
            self._draw_icon()

    def _quieten(self) -> None:
        palette = self.palette()
        text, ground = QPalette.ColorRole.WindowText, QPalette.ColorRole.Window
        palette.setColor(text, mixed(palette.color(text), palette.color(ground)))
        for label in (self.current, self.account, self.library):
            label.setPalette(palette)

    def _draw_icon(self) -> None:
        if self._view is None:
            return
        dark = self.palette().color(QPalette.ColorRole.Window).lightnessF() < 0.5
        panel = Panel.DARK if dark else Panel.LIGHT
        icon = tray_icon(self._view.icon, self._view.percent, panel)
        self.icon.setPixmap(icon.pixmap(QSize(ICON, ICON), self.devicePixelRatioF()))
        self.icon.setAccessibleName(f"State: {self._view.icon.replace('-', ' ')}")

    def _draw_progress(self, view: WindowView) -> None:
        self.progress.setVisible(view.busy)
        self.progress.setRange(0, 0 if view.percent is None else 100)
        if view.percent is not None:
            self.progress.setValue(view.percent)

    def _offer(self, view: WindowView) -> None:
        self.back_up_now.setEnabled(view.can_back_up)
        self.pause.setVisible(not view.paused)
        self.pause.setEnabled(view.can_pause)
        self.resume.setVisible(view.paused)
        self.cancel.setEnabled(view.can_cancel)

    def _buttons(self, now: Callable[[], datetime]) -> QHBoxLayout:
        self.back_up_now = QPushButton("&Back up now")
        self.back_up_now.setDefault(True)
        self.pause = QPushButton("&Pause")
        self.pause.setMenu(pause_menu(self._commands, now, self))
        self.resume = QPushButton("&Resume")
        self.cancel = QPushButton("&Cancel")
        self.back_up_now.clicked.connect(lambda _checked: self._commands.back_up_now())
        self.resume.clicked.connect(lambda _checked: self._commands.resume())
        self.cancel.clicked.connect(lambda _checked: self._commands.cancel())
        row = QHBoxLayout()
        for button in (self.back_up_now, self.pause, self.resume, self.cancel):
            row.addWidget(button)
        row.addStretch()
        return row

    def _lay_out(self, buttons: QHBoxLayout) -> None:
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.headline)
        words.addWidget(self.reason)
        top.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.progress)
        column.addWidget(self.current)
        column.addSpacing(6)
        column.addWidget(self.protected)
        column.addWidget(self.failed)
        for line in (self.history, self.automatic, self.account, self.library):
            column.addWidget(line)
        column.addStretch()
        column.addWidget(self.note)
        column.addWidget(self.drop_area)
        column.addSpacing(4)
        column.addLayout(buttons)

    def _enlarge_headline(self) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _HEADLINE)
        font.setBold(True)
        self.headline.setFont(font)


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)  # names of files are no markup
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.hide()
    return label


def _say(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))
