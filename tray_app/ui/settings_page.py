"""A page of the dialog: a heading, sections of its own, and a row for each setting."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from tray_app.core.setting_specs import Group
from tray_app.ui.language import localised, tr
from tray_app.ui.setting_row import SettingRow
from tray_app.ui.settings_view import matches, spec_matches

_HEADING = 1.3


class SettingsPage(QScrollArea):
    """Scrolls; hides what a search does not ask for."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.group = group
        self.rows: list[SettingRow] = []
        self._sections: list[tuple[QWidget, str]] = []
        self.setObjectName(group.value)
        self.setAccessibleName(tr("{group} settings", group=localised(group.value)))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(22, 16, 22, 20)
        self._column.setSpacing(18)
        heading = QLabel(localised(group.value))
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * _HEADING)
        font.setBold(True)
        heading.setFont(font)
        self._column.addWidget(heading)
        self._column.addStretch()
        self.setWidget(inside)

    def add_section(self, section: QWidget, keywords: str) -> None:
        """Add something that is no setting; a search finds it by its keywords."""
        self._sections.append((section, keywords))
        self._column.insertWidget(self._column.count() - 1, section)

    def add_row(self, row: SettingRow) -> None:
        """Add a setting."""
        self.rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)

    def add_heading(self, text: str, *, before: SettingRow) -> None:
        """Put a smaller heading before a row."""
        heading = QLabel(text)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self._sections.append((heading, " ".join((text, *(row.spec.key for row in self.rows)))))
        self._column.insertWidget(self._column.indexOf(before), heading)

    def look_for(self, typed: str) -> int:
        """Show what matches, all where nothing is typed; returns how much that is."""
        found = 0
        for row in self.rows:
            fits = spec_matches(typed, row.spec)
            row.setVisible(fits)
            found += fits
        for section, keywords in self._sections:
            fits = matches(typed, keywords, localised(self.group.value), self.group)
            section.setVisible(fits)
            found += fits
        return found

    @property
    def first_match(self) -> QWidget | None:
        """Where the keyboard goes after a search."""
        return next((row.editor.first for row in self.rows if not row.isHidden()), None)

    def is_empty(self) -> bool:
        """Tell whether there is nothing on it."""
        return not self.rows and not self._sections
