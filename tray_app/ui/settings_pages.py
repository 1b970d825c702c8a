"""Puts the pages of the dialog together: which setting gets which editor, and what is besides."""

from collections.abc import Callable, Sequence
from pathlib import PurePath

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tray_app.core.inspection import By, below, together
from tray_app.core.setting_specs import Group, Shape, Spec
from tray_app.core.settings import find_spec
from tray_app.core.way import KEY_SECRET, PROXY_SECRET
from tray_app.engine.preferences import Preferences
from tray_app.ports.settings import AccountDesk, Inspector
from tray_app.ui import account_section, autostart_section
from tray_app.ui.account_section import AccountSection
from tray_app.ui.autostart_section import AutostartSection
from tray_app.ui.folder_counts import FolderCounts
from tray_app.ui.folders_editor import FoldersEditor
from tray_app.ui.language import localised, tr
from tray_app.ui.list_editors import HeadersEditor, PinsEditor
from tray_app.ui.mnemonics import mnemonics
from tray_app.ui.pattern_box import LinesEditor
from tray_app.ui.questions import SecretButton
from tray_app.ui.setting_editors import Editor, TextEditor, editor_for
from tray_app.ui.setting_row import QuietLabel, SettingRow
from tray_app.ui.settings_page import SettingsPage
from tray_app.ui.settings_view import left_out, specs_of

_PASSWORDS = {"proxy": PROXY_SECRET, "clientKeyFile": KEY_SECRET}
_TAKEN = {Group.ACCOUNT: "oc", Group.FOLDERS: "aml"}  # by buttons of the sections

More = Sequence[tuple[Callable[[], QWidget], str]]


class Folders:
    """What belongs to the page of the folders: the list, the rules for all, and the counting."""

    def __init__(self, preferences: Preferences, inspector: Inspector) -> None:
        self._preferences = preferences
        self.counts = FolderCounts(inspector)
        self.editor = FoldersEditor(find_spec("folders"), self.counts, self._everywhere)
        self.preview = QuietLabel()
        self._counting = False
        self.counts.changed.connect(self._show)

    def refresh(self) -> None:
        """Count what has changed, where somebody looks."""
        if self._counting:
            self.count()

    def count(self) -> None:
        """Begin to count."""
        self._counting = True
        self.editor.count()
        self._show()

    def stop(self) -> None:
        """Count no more."""
        self._counting = False
        self.counts.again()

    def _everywhere(self) -> tuple[str, ...]:
        return self._preferences.settings.exclude_patterns

    def _show(self) -> None:
        self.editor.show_counts()
        asked = self.editor.asked()
        found = together(below(self.counts.of(one), PurePath(one.path).name) for one in asked)
        words = left_out(found, By.EVERYWHERE) if self._everywhere() else ""
        self.preview.setText(words)
        self.preview.setVisible(bool(words))


class Pages:
    """Builds them."""

    def __init__(self, preferences: Preferences, desk: AccountDesk, inspector: Inspector) -> None:
        self._preferences = preferences
        self._desk = desk
        self.folders = Folders(preferences, inspector)
        self.autostart = AutostartSection(desk)

    def account(self, change_account: Callable[[], None] | None) -> AccountSection:
        """Build the section that says who is signed in."""
        return AccountSection(self._desk, change_account, self._preferences.reload)

    def pages(
        self, account: AccountSection, file: str, open_file: Callable[[], None], more: More
    ) -> dict[Group, SettingsPage]:
        """Build all pages, in their order."""
        pages = {group: SettingsPage(group) for group in Group}
        pages[Group.ACCOUNT].add_section(account, tr(account_section.KEYWORDS))
        pages[Group.GENERAL].add_section(self.autostart, tr(autostart_section.KEYWORDS))
        for make, keywords in more:
            pages[Group.GENERAL].add_section(make(), keywords)
        pages[Group.GENERAL].add_section(
            _file_section(file, open_file), tr("settings file edit toml path open")
        )
        for group, page in pages.items():
            self._fill(page, specs_of(group))
        return pages

    def _fill(self, page: SettingsPage, specs: Sequence[Spec]) -> None:
        shown = [spec for spec in _ordered(specs) if spec.shape is not Shape.SHOWN]
        titles = mnemonics([localised(spec.title) for spec in shown], _TAKEN.get(page.group, ""))
        for spec, title in zip(shown, titles, strict=True):
            row = SettingRow(spec, self._preferences, title, self._editor(spec, title))
            if spec.key in _PASSWORDS and isinstance(row.editor, TextEditor):
                what = tr("Password: {title}", title=localised(spec.title))
                row.editor.add_button(
                    SecretButton(_PASSWORDS[spec.key], what, self._desk, row.error)
                )
            if spec.shape is Shape.LINES:
                row.add_below(self.folders.preview)
            page.add_row(row)
        if page.group is Group.ACCOUNT:
            page.add_heading(tr("Connection"), before=page.rows[0])

    def _editor(self, spec: Spec, title: str) -> Editor:
        match spec.shape:
            case Shape.FOLDERS:
                return self.folders.editor
            case Shape.LINES:
                return LinesEditor(spec)
            case Shape.HEADERS:
                return HeadersEditor(spec, self._desk)
            case Shape.PINS:
                return PinsEditor(spec, self._desk, lambda: self._preferences.settings.server_url)
            case _:
                return editor_for(spec, title)


def _ordered(specs: Sequence[Spec]) -> list[Spec]:
    """Put the folders first: they are what their page is about."""
    return sorted(specs, key=lambda spec: spec.shape is not Shape.FOLDERS)


def _file_section(file: str, open_file: Callable[[], None]) -> QWidget:
    section = QWidget()
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(QLabel(tr("The settings file")))
    where = QuietLabel(
        tr(
            "All settings are in {file}, with an explanation each. It may be edited by hand; a"
            " change is in force at once.",
            file=file,
        )
    )
    button = QPushButton(tr("Open the settings &file"))
    button.clicked.connect(lambda _checked: open_file())
    column.addWidget(where)
    column.addSpacing(4)
    column.addWidget(button)
    button.setSizePolicy(button.sizePolicy().Policy.Fixed, button.sizePolicy().Policy.Fixed)
    return section
