"""Short questions that hold nothing up."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QPushButton, QWidget

from tray_app.ports.settings import AccountDesk
from tray_app.ui.language import tr
from tray_app.ui.setting_row import ErrorLine


def ask_text(
    parent: QWidget,
    title: str,
    label: str,
    typed: Callable[[str], None],
    *,
    text: str = "",
    secret: bool = False,
) -> None:
    """Ask for a line of text; not exec: a loop within the loop would hold the engine's tasks up."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextValue(text)
    if secret:
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
    line = dialog.findChild(QLineEdit)
    if line:
        line.setAccessibleName(label)
    dialog.textValueSelected.connect(typed)
    dialog.open()


def ask_where(
    parent: QWidget, title: str, kind: str, name: str, chosen: Callable[[Path], object]
) -> None:
    """Ask for a file to write, `name` unless another is chosen; `kind` is a filter as Qt has it."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()


class SecretButton(QPushButton):
    """Asks for a password that belongs to a setting, and keeps it in the keychain."""

    def __init__(self, name: str, what: str, desk: AccountDesk, trouble: ErrorLine) -> None:
        super().__init__(tr("Password…"))
        self.setAccessibleName(what)
        keep = lambda value: desk.keep(name, value, trouble.say)  # noqa: E731
        self.clicked.connect(lambda _checked: ask_text(self, what, what, keep, secret=True))
