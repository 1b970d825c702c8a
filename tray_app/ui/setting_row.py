"""One setting of the dialog: its name, its editor, what it means, and what is wrong with it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tray_app.core.setting_specs import Shape, Spec
from tray_app.engine.preferences import Preferences
from tray_app.ui.colours import mixed
from tray_app.ui.language import localised, tr
from tray_app.ui.setting_editors import Editor, SwitchEditor, editor_for
from tray_app.ui.settings_view import default_words

INDENT = 24
_ICON = 16
_LARGE = (Shape.FOLDERS, Shape.LINES, Shape.HEADERS, Shape.PINS)  # explained before, not behind


class QuietLabel(QLabel):
    """Smaller in weight than other text, in colours of the system, and still easy to read."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._quieten()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ParentChange:
            self._quieten()
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self._quieten()

    def _quieten(self) -> None:
        parent = self.parentWidget()
        palette = parent.palette() if parent else QPalette()
        text, ground = QPalette.ColorRole.WindowText, QPalette.ColorRole.Window
        palette.setColor(text, mixed(palette.color(text), palette.color(ground), 0.7))
        self.setPalette(palette)


class ErrorLine(QWidget):
    """A sign and words; takes no room while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = QLabel()
        self._sign.setAccessibleName(tr("Problem"))
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        font = self._words.font()
        font.setBold(True)
        self._words.setFont(font)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        icon = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
        self._sign.setPixmap(icon.pixmap(_ICON, _ICON))
        self.hide()

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def say(self, text: str) -> None:
        """Say what is wrong; `` nothing is."""
        if self._words.text() != text:
            self._words.setText(text)
            self._words.setAccessibleName(text)
        self.setVisible(bool(text))


class SettingRow(QWidget):
    """Bound to the preferences: shows what is in force, and applies what a person does at once."""

    def __init__(
        self, spec: Spec, preferences: Preferences, title: str, editor: Editor | None = None
    ) -> None:
        super().__init__()
        self.spec = spec
        self._preferences = preferences
        self.editor = editor or editor_for(spec, title)
        self.editor.changed.connect(lambda raw: preferences.change(spec.key, raw))
        self.error = ErrorLine()
        self.help = QuietLabel(localised(spec.sentence))
        self.reset = _reset_button(spec)
        self.reset.clicked.connect(lambda _checked: preferences.reset(spec.key))
        self.label: QLabel | None = None
        self._lay_out(title)
        self.refresh()

    def refresh(self) -> None:
        """Show the present state."""
        spec, preferences = self.spec, self._preferences
        self.editor.show_value(preferences.value(spec))
        self.error.say(localised(preferences.error(spec)))
        self.reset.setVisible(not preferences.is_default(spec))
        used = preferences.is_used(spec)
        for part in (self.editor, self.label, self.help):
            if part:
                part.setEnabled(used)

    def add_below(self, label: QLabel) -> None:
        """Say something more below."""
        self._below.addWidget(label)

    def _lay_out(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        top = QHBoxLayout()
        below = self._below = QVBoxLayout()
        below.setSpacing(3)
        if isinstance(self.editor, SwitchEditor):
            below.setContentsMargins(INDENT, 0, 0, 0)
            top.addWidget(self.editor, 1)
        else:
            self.label = QLabel(title)
            self.label.setBuddy(self.editor.first)
            top.addWidget(self.label, 1)
            if self.spec.shape in _LARGE:
                below.addWidget(self.help)
            below.addWidget(self.editor)
        top.addWidget(self.reset)
        column.addLayout(top)
        below.addWidget(self.error)
        if self.spec.shape not in _LARGE:
            below.addWidget(self.help)
        column.addLayout(below)


def _reset_button(spec: Spec) -> QToolButton:
    button = QToolButton()
    button.setText(tr("Reset"))
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setToolTip(tr("Back to the default: {value}", value=default_words(spec)))
    button.setAccessibleName(tr("Reset {title} to the default", title=localised(spec.title)))
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    policy.setVerticalPolicy(QSizePolicy.Policy.Fixed)
    button.setSizePolicy(policy)
    return button
