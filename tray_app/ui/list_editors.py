"""Settings that are short lists: extra headers, trusted certificates."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QListWidget,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
)

from tray_app.core.account import ShownCertificate
from tray_app.core.connection_checks import check_headers
from tray_app.core.pins import pin_line, read_pin, spelled, with_pin
from tray_app.core.setting_specs import Spec
from tray_app.core.way import header_secret
from tray_app.ports.settings import AccountDesk
from tray_app.ui.language import localised, tr
from tray_app.ui.questions import ask_text
from tray_app.ui.readable import FocusRing
from tray_app.ui.setting_editors import Editor
from tray_app.ui.setting_row import ErrorLine

_LINES = 4


class ListEditor(Editor):
    """A short list with buttons beside it."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        self._value: list[str] = []
        self.list = QListWidget()
        FocusRing(self.list)
        self.list.setFixedHeight(self.list.fontMetrics().lineSpacing() * _LINES + 28)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.trouble = ErrorLine()
        self._buttons = QVBoxLayout()
        left = QVBoxLayout()
        left.addWidget(self.list)
        left.addWidget(self.trouble)
        self._row.addLayout(left, 1)
        self._row.addLayout(self._buttons)
        self.list.setAccessibleName(localised(spec.title))
        self.list.setAccessibleDescription(localised(spec.sentence))
        self.first = self.list
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(lambda _row: self._offer())

    def show_value(self, value: Any) -> None:
        """Show it."""
        if list(value) != self._value or self.list.count() != len(value):
            self._value = list(value)
            row = max(self.list.currentRow(), 0)
            self.list.clear()
            self.list.addItems([self.shown(one) for one in self._value])
            self.list.setCurrentRow(min(row, len(self._value) - 1))
        self._offer()

    def shown(self, value: str) -> str:
        """Write one entry."""
        return value

    def _button(self, text: str, name: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(name)
        button.clicked.connect(lambda _checked: act())
        self._buttons.addWidget(button)
        return button

    def _current(self) -> str:
        row = self.list.currentRow()
        return self._value[row] if 0 <= row < len(self._value) else ""

    def _offer(self) -> None:
        raise NotImplementedError


class HeadersEditor(ListEditor):
    """Names of headers; their values go into the keychain and are never shown."""

    def __init__(self, spec: Spec, desk: AccountDesk) -> None:
        super().__init__(spec)
        self._desk = desk
        self._kept: frozenset[str] = frozenset()
        self.add = self._button(tr("Add…"), tr("Add a header"), self._ask_name)
        self.set_value = self._button(
            tr("Value…"), tr("Type the value of the header"), self._ask_value
        )
        self.remove = self._button(tr("Remove"), tr("Remove the header"), self._remove)
        self._buttons.addStretch()

    def show_value(self, value: Any) -> None:
        """Show it, and ask the keychain for what there is a value."""
        news = list(value) != self._value
        super().show_value(value)
        if news and self._value:
            self._look()

    def shown(self, value: str) -> str:
        """Say whether there is a value."""
        known = header_secret(value) in self._kept
        said = tr("value in the keychain") if known else tr("no value yet")
        return f"{value}: {said}"

    def _offer(self) -> None:
        for button in (self.set_value, self.remove):
            button.setEnabled(bool(self._current()))

    def _look(self) -> None:
        self._desk.kept([header_secret(name) for name in self._value], self._hear)

    def _hear(self, kept: frozenset[str]) -> None:
        self._kept = kept
        for row, name in enumerate(self._value):
            self.list.item(row).setText(self.shown(name))

    def _ask_name(self) -> None:
        def named(name: str) -> None:
            names = [*self._value, name.strip()]
            self.changed.emit(names)
            if _are_headers(names):
                self.list.setCurrentRow(len(names) - 1)
                self._ask_value()

        ask_text(self, tr("Add a header"), tr("Name, for example CF-Access-Client-Id"), named)

    def _ask_value(self) -> None:
        name = self._current()

        def typed(value: str) -> None:
            self._desk.keep(header_secret(name), value, self._done)

        if name:
            ask_text(
                self,
                tr("Value of the header"),
                tr("Value of {name}", name=name),
                typed,
                secret=True,
            )

    def _remove(self) -> None:
        name = self._current()
        self._desk.keep(header_secret(name), None, self._done)
        self.changed.emit([one for one in self._value if one != name])

    def _done(self, trouble: str) -> None:
        self.trouble.say(localised(trouble))
        self._look()


class PinsEditor(ListEditor):
    """Certificates that are trusted; a new one is looked at, compared and then trusted."""

    def __init__(self, spec: Spec, desk: AccountDesk, address: Callable[[], str]) -> None:
        super().__init__(spec)
        self._desk = desk
        self._address = address
        self.add = self._button(tr("Trust…"), tr("Trust the certificate of a server"), self._ask)
        self.remove = self._button(
            tr("Remove"), tr("Trust this certificate no longer"), self._remove
        )
        self._buttons.addStretch()

    def show_value(self, value: Any) -> None:
        """Show it."""
        super().show_value(value)
        for row, line in enumerate(self._value):
            self.list.item(row).setToolTip(line)

    def _offer(self) -> None:
        self.remove.setEnabled(bool(self._current()))

    def _remove(self) -> None:
        self.changed.emit([one for one in self._value if one != self._current()])

    def _ask(self) -> None:
        def typed(address: str) -> None:
            self.trouble.say("")
            self.add.setEnabled(False)
            self._desk.certificate(address, self._confirm)

        title = tr("Trust a certificate")
        ask_text(self, title, tr("Address of the server"), typed, text=self._address())

    def _confirm(self, shown: ShownCertificate | None, trouble: str) -> None:
        self.add.setEnabled(True)
        self.trouble.say(localised(trouble))
        if shown is None:
            return
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(tr("Trust this certificate?"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(
            tr("{place} shows a certificate with this SHA-256 fingerprint:", place=shown.place)
        )
        digits = spelled(shown.fingerprint)
        middle = len(digits) // 2
        box.setInformativeText(
            f"{digits[:middle]}\n{digits[middle + 1 :]}\n\n"
            + tr(
                "Compare it with what the server itself says. Only this certificate will be"
                " accepted there."
            )
        )
        trust = box.addButton(tr("&Trust"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        trust.clicked.connect(lambda _checked: self._trust(shown))
        box.open()

    def _trust(self, shown: ShownCertificate) -> None:
        good = tuple(line for line in self._value if _is_pin(line))
        self.changed.emit(list(with_pin(good, shown.place, shown.fingerprint)))


def _are_headers(names: Sequence[str]) -> bool:
    try:
        return bool(check_headers(names))
    except ValueError:
        return False


def _is_pin(line: str) -> bool:
    try:
        return pin_line(*read_pin(line)) != ""
    except ValueError:
        return False
