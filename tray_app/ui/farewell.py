"""What Quit says, once: that the scheduled backup goes on, and how to end it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from tray_app.core.errors import TrayError
from tray_app.ports.departure import Departure
from tray_app.ui.language import localised, mark, tr
from tray_app.ui.memory import Memory
from tray_app.ui.view import APP_NAME

HEADLINE = mark("Backups go on after you quit")
TEXT = mark(
    "While Immich Tray is closed, the system starts a backup every hour: new photos are safe even"
    " when the program is not running."
)


class Farewell:
    """Stands between the wish to quit and the end."""

    def __init__(
        self, quit_now: Callable[[], None], departure: Departure | None, memory: Memory
    ) -> None:
        self._quit_now = quit_now
        self._departure = departure
        self._memory = memory
        self.box: QMessageBox | None = None

    def ask(self, parent: QWidget | None = None) -> None:
        """Quit; before the first time, where backups go on, say so and wait for the answer."""
        if self.box is not None:
            self.box.raise_()
            self.box.activateWindow()
        elif not self._departure or self._memory.farewell_said or not self._departure.goes_on():
            self._quit_now()
        else:
            self._ask(self._departure, parent)

    def close(self) -> None:
        """Take the question away."""
        if self.box is not None:
            self.box.close()

    def _ask(self, departure: Departure, parent: QWidget | None) -> None:
        box = self.box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(APP_NAME)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr(HEADLINE))
        box.setInformativeText(tr(TEXT))
        go = box.addButton(tr("&Quit"), QMessageBox.ButtonRole.AcceptRole)
        off = box.addButton(tr("Quit and switch &off"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("&Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(go)
        box.finished.connect(lambda _: self._answered(departure, go, off))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()  # not exec: a loop within the loop would hold the engine's tasks up
        box.activateWindow()

    def _answered(self, departure: Departure, go: QPushButton, off: QPushButton) -> None:
        box, self.box = self.box, None
        clicked = box.clickedButton() if box else None
        if clicked not in (go, off):
            return
        self._memory.farewell_said = True
        if clicked is off and not _switched_off(departure, box):
            return
        self._quit_now()


def _switched_off(departure: Departure, box: QMessageBox | None) -> bool:
    try:
        departure.switch_off()
    except TrayError as exc:
        told = QMessageBox(box.parentWidget() if box else None)
        told.setIcon(QMessageBox.Icon.Warning)
        told.setWindowTitle(APP_NAME)
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setText(tr("The scheduled backup could not be switched off"))
        told.setInformativeText(localised(exc.words()))
        told.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told.open()
        return False
    return True
