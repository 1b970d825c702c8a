"""One editor for each kind of setting: it shows a raw value and emits `changed` with a new one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from tray_app.core.setting_specs import Shape, Spec
from tray_app.ui.language import localised, tr
from tray_app.ui.settings_view import choice_label, suffix, zero_words

NARROW = 150


class Editor(QWidget):
    """A control of one setting; `first` is where the keyboard gets in."""

    changed = Signal(object)

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.spec = spec
        self.first: QWidget = self
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def show_value(self, value: Any) -> None:
        """Show a raw value; emits nothing."""
        raise NotImplementedError

    def _add(self, control: QWidget, name: str, stretch: int = 0) -> None:
        control.setAccessibleName(name)
        control.setAccessibleDescription(localised(self.spec.sentence))
        if self.first is self:
            self.first = control
            self.setFocusProxy(control)
        if isinstance(control, QAbstractSpinBox | QComboBox):
            _keep_from_the_wheel(control)
        self._row.addWidget(control, stretch)


class SwitchEditor(Editor):
    """On or off; its title stands beside the box."""

    def __init__(self, spec: Spec, title: str) -> None:
        super().__init__(spec)
        self.box = QCheckBox(title)
        self._add(self.box, localised(spec.title), 1)
        self.box.clicked.connect(lambda on: self.changed.emit(bool(on)))

    def show_value(self, value: Any) -> None:
        """Show it."""
        self.box.setChecked(bool(value))


class ChoiceEditor(Editor):
    """One of a few."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        self.box = QComboBox()
        for choice in spec.choices:
            self.box.addItem(choice_label(spec, choice), choice)
        self._add(self.box, localised(spec.title))
        self._row.addStretch()
        self.box.activated.connect(lambda _index: self.changed.emit(self.box.currentData()))

    def show_value(self, value: Any) -> None:
        """Show it."""
        self.box.setCurrentIndex(self.box.findData(value))


class NumberEditor(Editor):
    """A number with its unit, and the words that may stand in its place as a choice before it."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        self.words = QComboBox() if spec.words else None
        if self.words:
            for word in spec.words:
                self.words.addItem(choice_label(spec, word), word)
            self.words.addItem(tr("This many"), None)
            self._add(self.words, localised(spec.title))
            self.words.activated.connect(lambda _index: self._chosen())
        self.number = QSpinBox()
        self.number.setRange(spec.low or 0, spec.high or 1_000_000)
        self.number.setSuffix(suffix(spec))
        self.number.setGroupSeparatorShown(True)
        self.number.setKeyboardTracking(False)
        self.number.setSpecialValueText(zero_words(spec))
        self.number.setMinimumWidth(NARROW)
        self._add(
            self.number,
            tr("{title}, number", title=localised(spec.title))
            if self.words
            else localised(spec.title),
        )
        self._row.addStretch()
        self.number.valueChanged.connect(self.changed.emit)

    def show_value(self, value: Any) -> None:
        """Show it; a draft that is no number is shown nowhere but in its error."""
        is_word = isinstance(value, str)
        if self.words:
            self.words.setCurrentIndex(self.words.findData(value if is_word else None))
            self.number.setVisible(not is_word)
        if not is_word:
            blocked = self.number.blockSignals(True)
            self.number.setValue(int(value))
            self.number.blockSignals(blocked)

    def _chosen(self) -> None:
        if self.words:
            word = self.words.currentData()
            self.changed.emit(self.number.value() if word is None else word)


class TextEditor(Editor):
    """A line of text, in force with Enter or when one goes on."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        self._shown = ""
        self.line = QLineEdit()
        self.line.setClearButtonEnabled(True)
        self._add(self.line, localised(spec.title), 1)
        self.line.editingFinished.connect(self._finish)

    def show_value(self, value: Any) -> None:
        """Show it, unless something else is being typed."""
        if self.line.hasFocus() and self.line.text() != self._shown and value == self._shown:
            return
        self._shown = str(value)
        if self.line.text() != self._shown:
            self.line.setText(self._shown)

    def add_button(self, button: QPushButton) -> None:
        """Put a button behind the line."""
        self._row.addWidget(button)

    def _finish(self) -> None:
        if self.line.text() != self._shown:
            self._shown = self.line.text()
            self.changed.emit(self._shown)


class FileEditor(TextEditor):
    """A file of this computer."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        self.browse = QPushButton(tr("Choose…"))
        self._add(self.browse, tr("{title}: choose a file", title=localised(spec.title)))
        self.browse.clicked.connect(lambda _checked: self._ask())

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), localised(self.spec.title))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [tr("Certificates and keys (*.pem *.crt *.cer *.key)"), tr("All files (*)")]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.changed.emit)
        dialog.open()


class HoursEditor(Editor):
    """None, or from a time of day to another."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        self.on = QCheckBox(tr("From"))
        self.begin, self.end = QTimeEdit(QTime(22, 0)), QTimeEdit(QTime(6, 0))
        self._add(self.on, localised(spec.title))
        self._add(self.begin, tr("{title}: from", title=localised(spec.title)))
        self._add(self.end, tr("{title}: to", title=localised(spec.title)))
        self._row.addStretch()
        self.on.clicked.connect(lambda _on: self._tell())
        for one in (self.begin, self.end):
            one.setDisplayFormat("HH:mm")
            one.setKeyboardTracking(False)
            one.timeChanged.connect(lambda _time: self._tell())

    def show_value(self, value: Any) -> None:
        """Show it; without hours the usual ones are proposed."""
        start, _, end = str(value).partition("-")
        self.on.setChecked(bool(value))
        for one, text in ((self.begin, start), (self.end, end)):
            one.setEnabled(bool(value))
            blocked = one.blockSignals(True)
            if text:
                one.setTime(QTime.fromString(text, "HH:mm"))
            one.blockSignals(blocked)

    def _tell(self) -> None:
        hours = [one.time().toString("HH:mm") for one in (self.begin, self.end)]
        self.changed.emit("-".join(hours) if self.on.isChecked() else "")


def editor_for(spec: Spec, title: str) -> Editor:
    """Choose the editor; `title` with its mnemonic."""
    if isinstance(spec.default, bool):
        return SwitchEditor(spec, title)
    if spec.choices:
        return ChoiceEditor(spec)
    if isinstance(spec.default, int):
        return NumberEditor(spec)
    kinds = {Shape.HOURS: HoursEditor, Shape.FILE: FileEditor}
    return kinds.get(spec.shape, TextEditor)(spec)


class _WheelGuard(QObject):
    """Lets the page scroll under the mouse: a wheel must not change a setting by accident."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() is QEvent.Type.Wheel and not (
            isinstance(watched, QWidget) and watched.hasFocus()
        ):
            event.ignore()
            return True
        return False


def _keep_from_the_wheel(control: QWidget) -> None:
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    control.installEventFilter(_WheelGuard(control))


def lines_of(text: str) -> Sequence[str]:
    """Return the lines that say something."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]
