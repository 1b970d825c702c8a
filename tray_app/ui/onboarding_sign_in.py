"""The second page: who the person is, by one of the ways that the server offers."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tray_app.core.account import Method, WaysIn
from tray_app.core.onboarding import Field, State, Step
from tray_app.core.server import BACKUP_PERMISSIONS
from tray_app.engine.onboarding import Onboarding
from tray_app.ui.language import tr
from tray_app.ui.onboarding_page import Entry, OnboardingPage, complaint, plain, say
from tray_app.ui.onboarding_view import browser_words, methods, notes
from tray_app.ui.setting_row import ErrorLine, QuietLabel


class PasswordForm(QWidget):
    """E-mail and password."""

    def __init__(self) -> None:
        super().__init__()
        self.email = Entry(tr("E-&mail"))
        self.password = Entry(tr("&Password"), secret=True)
        _column(self, self.email, self.password)

    def complain(self, words: str) -> None:
        """Say why the server refuses; it never tells which of the two is wrong."""
        self.password.complain(words)

    def first(self) -> QWidget:
        """Return what is empty, or to be typed again."""
        return self.password.line if self.email.text else self.email.line


class KeyForm(QWidget):
    """An API key."""

    def __init__(self) -> None:
        super().__init__()
        self.key = Entry(tr("API ke&y"), secret=True)
        hint = QuietLabel(
            tr(
                "Make one in Immich under Account Settings, API Keys. It needs the permissions"
                " {permissions}, or all.",
                permissions=", ".join(sorted(BACKUP_PERMISSIONS)),
            )
        )
        _column(self, self.key, hint)

    def first(self) -> QWidget:
        """Return the key."""
        return self.key.line


class BrowserForm(QWidget):
    """A page in the browser, and the way back from it where it does not come by itself."""

    def __init__(self, other_way: Callable[[], None]) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.page = QLineEdit()
        self.page.setReadOnly(True)
        self.page.setAccessibleName(tr("Address of the page to sign in at"))
        self.copy = _button(tr("Co&py the address"), self._copy)
        self.pasted = Entry(tr("Address fro&m the browser"))
        self.other_way = _button(
            tr("The page shows an error about the redirect &address"), other_way
        )
        self.error = ErrorLine()
        _column(self, self.words, self.page, self.copy, self.pasted, self.error, self.other_way)

    def show_state(self, state: State) -> None:
        """Draw where the sign-in on the page stands."""
        self.words.setText(browser_words(state))
        if self.page.text() != state.page:
            self.page.setText(state.page)
            self.page.setCursorPosition(0)
        self.page.setVisible(bool(state.page))
        self.copy.setVisible(bool(state.page))
        if not state.pasting:
            self.pasted.line.clear()
        self.pasted.setVisible(state.pasting)
        self.other_way.setVisible(state.other_way)
        words = complaint(state, Field.BROWSER)
        self.error.say("" if state.pasting else words)
        self.pasted.complain(words if state.pasting else "")

    def first(self) -> QWidget:
        """Return where to paste."""
        return self.pasted.line

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.page.text())


class SignInPage(OnboardingPage):
    """A choice of ways, and the form of the one that is chosen."""

    method_changed = Signal()

    def __init__(self, work: Onboarding) -> None:
        super().__init__()
        self._work = work
        self._ways: WaysIn | None = None
        self.method = Method.PASSWORD
        self.notes = plain()
        self.buttons = {
            method: self._radio(method)
            for method in (Method.PASSWORD, Method.OAUTH, Method.API_KEY)
        }
        self.password = PasswordForm()
        self.browser = BrowserForm(lambda: work.reply(""))
        self.key = KeyForm()
        self._forms: dict[Method, PasswordForm | BrowserForm | KeyForm] = {
            Method.PASSWORD: self.password,
            Method.OAUTH: self.browser,
            Method.API_KEY: self.key,
        }
        self.stack = QStackedWidget()
        for form in self._forms.values():
            self.stack.addWidget(form)
        row = QHBoxLayout()
        row.setSpacing(18)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.notes)
        column.addLayout(row)
        column.addWidget(self.stack, 1)

    def show_state(self, state: State) -> None:
        """Draw it; what is typed stays, except that secrets go with the page."""
        if state.step is Step.SIGN_IN and state.ways != self._ways:
            self._offer(state.ways)
        say(self.notes, notes(state))
        for button in self.buttons.values():
            button.setEnabled(not state.busy)
        for form in (self.password, self.key):
            form.setEnabled(not state.busy)
        self.password.complain(complaint(state, Field.PASSWORD))
        self.key.key.complain(complaint(state, Field.KEY))
        self.browser.show_state(state)

    def submit(self) -> None:
        """Sign in by the chosen way; while the browser is awaited, give what was pasted."""
        match self.method:
            case Method.PASSWORD:
                self._with_password()
            case Method.API_KEY:
                self._with_key()
            case _ if not self._work.state.busy:
                self._work.with_browser()
            case _ if self.browser.pasted.text.strip():
                self._work.reply(self.browser.pasted.text)

    def first(self) -> QWidget:
        """Return the first line of the form."""
        return self._forms[self.method].first()

    def left(self) -> None:
        """Forget the secrets."""
        self.password.password.line.clear()
        self.key.key.line.clear()

    def _with_password(self) -> None:
        email, password = self.password.email, self.password.password
        email.complain("" if email.text.strip() else tr("Type your e-mail address."))
        password.complain("" if password.text else tr("Type your password."))
        if email.text.strip() and password.text:
            self._work.with_password(email.text.strip(), password.text)
        else:
            self.first().setFocus()

    def _with_key(self) -> None:
        key = self.key.key
        key.complain("" if key.text.strip() else tr("Type or paste the key."))
        if key.text.strip():
            self._work.with_key(key.text.strip())

    def _offer(self, ways: WaysIn) -> None:
        self._ways = ways
        offered = dict(methods(ways))
        for method, button in self.buttons.items():
            button.setVisible(method in offered)
            button.setText(offered.get(method, ""))
        if self.method not in offered or not self.password.email.text:
            self._choose(next(iter(offered)))

    def _choose(self, method: Method) -> None:
        self.method = method
        self.buttons[method].setChecked(True)
        self.stack.setCurrentWidget(self._forms[method])
        self.method_changed.emit()

    def _radio(self, method: Method) -> QRadioButton:
        button = QRadioButton()
        button.clicked.connect(lambda _checked: self._choose(method))
        return button


def _button(text: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked: act())
    return button


def _column(form: QWidget, *parts: QWidget) -> None:
    column = QVBoxLayout(form)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    for part in parts:
        align = Qt.AlignmentFlag.AlignLeft if isinstance(part, QPushButton) else None
        column.addWidget(part, 0, align) if align else column.addWidget(part)
    column.addStretch()
