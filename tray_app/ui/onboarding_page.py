"""What all pages of the onboarding have in common."""

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from tray_app.core.onboarding import Field, State
from tray_app.ui.language import localised
from tray_app.ui.readable import HintedLine
from tray_app.ui.setting_row import ErrorLine, QuietLabel


class OnboardingPage(QWidget):
    """One question. Changed in place by `show_state`; `submit` is the button at the bottom."""

    def show_state(self, state: State) -> None:
        """Draw what belongs to this page."""
        raise NotImplementedError

    def submit(self) -> None:
        """Give the answer."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Return where the keyboard begins, or where something is to be put right."""
        raise NotImplementedError

    def entered(self) -> None:
        """Begin: the page has just come up."""

    def left(self) -> None:
        """End: another page comes up, or the window closes."""


class Entry(QWidget):
    """A named line to type in, with what is wrong with it below."""

    def __init__(self, label: str, *, secret: bool = False, hint: str = "") -> None:
        super().__init__()
        self.line = HintedLine()
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(label.replace("&", ""))
        self.label = QLabel(label)
        self.label.setBuddy(self.line)
        self.error = ErrorLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.label, self.line, self.error):
            column.addWidget(part)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def complain(self, words: str) -> None:
        """Say what is wrong, `` nothing is; those who hear the screen hear it with the field."""
        self.error.say(words)
        self.line.setAccessibleDescription(words)


def complaint(state: State, *fields: Field) -> str:
    """Return what is wrong beside one of these fields, `` nothing."""
    return localised(state.trouble.words) if state.trouble and state.trouble.field in fields else ""


def plain(text: str = "") -> QLabel:
    """Return a label for words that may be foreign."""
    label = QuietLabel(text)
    label.setVisible(bool(text))
    return label


def say(label: QLabel, text: str) -> None:
    """Say it, or take no room."""
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))
