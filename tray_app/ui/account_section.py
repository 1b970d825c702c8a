"""Who is signed in, how full the storage is, and signing out."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tray_app.core.account import AccountView
from tray_app.ports.settings import AccountDesk
from tray_app.ui.language import localised, mark, tr
from tray_app.ui.readable import FocusRing
from tray_app.ui.setting_row import ErrorLine, QuietLabel
from tray_app.ui.settings_view import account_lines, storage

KEYWORDS = mark("account sign in out server user storage quota permissions version change log")


class AccountSection(QWidget):
    """A picture of an `AccountView`; `change_account` opens the sign-in, where there is one."""

    def __init__(
        self,
        desk: AccountDesk,
        change_account: Callable[[], None] | None,
        listener: Callable[[], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._listener = listener
        self.view = AccountView()
        self.who = QLabel()
        self.more = QuietLabel()
        self.trouble = ErrorLine()
        self.storage = QProgressBar()
        self.storage.setAccessibleName(tr("Storage used on the server"))
        self.storage.setRange(0, 100)
        self.storage.setTextVisible(False)
        self.storage.setMaximumHeight(10)
        self.storage_words = QuietLabel()
        self.out = QPushButton(tr("Sign &out…"))
        self.change = QPushButton(tr("&Change account…"))
        self.change.setVisible(change_account is not None)
        self.out.clicked.connect(lambda _checked: self._ask())
        if change_account:
            self.change.clicked.connect(lambda _checked: change_account())
        self._lay_out()
        self.show_view(self.view)

    def look(self) -> None:
        """Ask anew."""
        self._desk.look(self.show_view)

    def show_view(self, view: AccountView) -> None:
        """Draw `view`."""
        self.view = view
        first, *more = account_lines(view)
        problems = [line for line in more if view.missing or view.trouble]
        self.who.setText(first)
        quiet = more if not problems else more[:1]
        self.more.setText("\n".join(quiet))
        self.more.setVisible(bool(quiet))
        self.trouble.say("\n".join(problems[1:]))
        words, percent = storage(view)
        self.storage_words.setText(words)
        self.storage_words.setVisible(bool(words))
        self.storage.setVisible(percent is not None)
        self.storage.setValue(percent or 0)
        self.out.setVisible(view.signed_in)
        self.change.setText(tr("&Change account…") if view.signed_in else tr("Sign &in…"))

    def _ask(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(tr("Sign out?"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr("Sign out of {server}?", server=self.view.server))
        box.setInformativeText(
            tr(
                "Nothing is backed up until you sign in again. Your photos stay, here and on the"
                " server; so do your settings."
            )
        )
        erase = QCheckBox(tr("&Also forget what was backed up"))
        erase.setToolTip(tr("It is forgotten at the next start of the program."))
        box.setCheckBox(erase)
        out = box.addButton(tr("Sign &out"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(stay)
        FocusRing(stay)
        out.clicked.connect(
            lambda _checked: self._desk.sign_out(self._done, erase=erase.isChecked())
        )
        box.open()

    def _done(self, warning: str) -> None:
        self.look()
        self._listener()
        if warning:
            self.trouble.say(localised(warning))

    def _lay_out(self) -> None:
        font = self.who.font()
        font.setBold(True)
        self.who.setFont(font)
        self.who.setTextFormat(Qt.TextFormat.PlainText)
        self.who.setWordWrap(True)
        self.who.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.who, self.more, self.trouble, self.storage, self.storage_words):
            column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.addWidget(self.out)
        buttons.addWidget(self.change)
        buttons.addStretch()
        column.addSpacing(2)
        column.addLayout(buttons)
