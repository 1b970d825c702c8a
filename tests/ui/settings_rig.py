"""The settings dialog over a real file and real folders, with a made-up account and keychain."""

from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tray_app.adapters.files.inspect import FolderInspector
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.settings_window import known_kinds
from tray_app.core.account import AccountView, ShownCertificate
from tray_app.core.settings import find_spec
from tray_app.core.system_job import JobState, JobStatus
from tray_app.engine.preferences import Preferences
from tray_app.ui.list_editors import HeadersEditor, PinsEditor
from tray_app.ui.pattern_box import LinesEditor
from tray_app.ui.setting_editors import (
    ChoiceEditor,
    HoursEditor,
    NumberEditor,
    SwitchEditor,
    TextEditor,
)
from tray_app.ui.settings_window import SettingsWindow, Surroundings

VIEW = AccountView(
    server="https://photos.example.org",
    version="3.0.3",
    user="Maria Beispiel (maria@example.org)",
    method="e-mail and password",
    used=41_200_000_000,
    quota=100_000_000_000,
)


@dataclass
class FakeDesk:
    """Port `AccountDesk` in memory; answers at once."""

    view: AccountView = VIEW
    secrets: dict[str, str] = field(default_factory=dict)
    trouble: str = ""
    shown: ShownCertificate | None = None
    asked: list[str] = field(default_factory=list)
    login: JobState = field(default_factory=lambda: JobState(JobStatus.ABSENT))

    def look(self, told):
        self.asked.append("look")
        told(self.view)

    def sign_out(self, told, *, erase):
        self.asked.append(f"sign out, erase {erase}")
        self.view = AccountView()
        told(self.trouble)

    def kept(self, names, told):
        told(frozenset(names) & frozenset(self.secrets))

    def keep(self, name, value, told):
        if not self.trouble:
            self.secrets[name] = value
            if value is None:
                del self.secrets[name]
        told(self.trouble)

    def autostart(self, told, *, on=None):
        if on is not None and not self.trouble:
            self.login = JobState(JobStatus.PRESENT if on else JobStatus.ABSENT)
        told(self.login, self.trouble if on is not None else "")

    def certificate(self, address, told):
        self.asked.append(f"certificate of {address}")
        told(self.shown, self.trouble)


class Rig:
    def __init__(self, folder: Path, desk: FakeDesk | None = None, **more):
        self.file = SettingsFile(folder / "settings.toml")
        self.file.create()
        self.desk = desk or FakeDesk()
        self.preferences = Preferences(self.file)
        self.opened = []
        self.window = SettingsWindow(
            Surroundings(
                preferences=self.preferences,
                desk=self.desk,
                inspector=FolderInspector(known_kinds),
                file=str(self.file.path),
                open_file=lambda: self.opened.append(self.file.path),
                **more,
            )
        )

    @property
    def settings(self):
        """What is in the file, read anew."""
        return self.file.load().settings

    def edit(self, old, new):
        """Edit the file by hand, and let the dialog notice."""
        text = self.file.path.read_text()
        assert old in text
        self.file.path.write_text(text.replace(old, new))
        self.preferences.reload()


def use(rig, key, value):
    """Do with the editor what a person does."""
    row = rig.window.row(find_spec(key))
    rig.window.show_page(row.spec.group)
    editor = row.editor
    if isinstance(editor, SwitchEditor):
        QTest.mouseClick(editor.box, Qt.MouseButton.LeftButton, pos=QPoint(6, 8))
        assert editor.box.isChecked() is value
    elif isinstance(editor, ChoiceEditor):
        choose(editor.box, value)
    elif isinstance(editor, NumberEditor):
        number(editor, value)
    elif isinstance(editor, HoursEditor):
        hours(editor, value)
    elif isinstance(editor, TextEditor):
        write(editor.line, value)
    elif isinstance(editor, LinesEditor):
        editor.box.setFocus()
        editor.box.setPlainText("\n".join(value))
        editor.box.clearFocus()
    else:
        assert isinstance(editor, HeadersEditor | PinsEditor) or key == "folders"
        editor.changed.emit(value)  # their dialogs have tests of their own


def choose(box, value):
    box.setFocus()
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def number(editor, value):
    if editor.words:
        choose(editor.words, value if isinstance(value, str) else None)
    if not isinstance(value, str):
        editor.number.setFocus()
        editor.number.selectAll()
        QTest.keyClicks(editor.number, str(value))
        QTest.keyClick(editor.number, Qt.Key.Key_Return)


def hours(editor, value):
    begin, _, end = value.partition("-")
    if not editor.on.isChecked():
        editor.on.click()
    editor.begin.setTime(time.fromisoformat(begin))
    editor.end.setTime(time.fromisoformat(end))


def write(line, text):
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def shown_by(editor):
    """Read what a person sees."""
    if isinstance(editor, TextEditor):
        return editor.line.text()
    return _READERS.get(type(editor), lambda it: it._value)(editor)


def _shown_number(editor):
    word = editor.words.currentData() if editor.words else None
    return editor.number.value() if word is None else word


def _texts(editor):
    return [editor.list.item(row).text() for row in range(editor.list.count())]


_READERS = {
    SwitchEditor: lambda it: it.box.isChecked(),
    ChoiceEditor: lambda it: it.box.currentData(),
    NumberEditor: _shown_number,
    HoursEditor: lambda it: "on" if it.on.isChecked() else "",
    LinesEditor: lambda it: it.box.toPlainText().splitlines(),
    HeadersEditor: lambda it: [text.partition(":")[0] for text in _texts(it)],
    PinsEditor: _texts,
}
