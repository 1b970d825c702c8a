"""The switch for starting at login: it shows what the system says, not what was asked of it."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from tray_app.core.system_job import JobState, JobStatus
from tray_app.ports.settings import AccountDesk
from tray_app.ui.language import localised, mark, tr
from tray_app.ui.setting_row import INDENT, ErrorLine, QuietLabel

TITLE = mark("Start at login")
KEYWORDS = mark("start at login autostart general startup boot")
_MEANING = mark("Immich Tray comes up hidden in the tray when you log in to this computer.")


class AutostartSection(QWidget):
    """Reads back after each change, and whenever somebody looks."""

    def __init__(self, desk: AccountDesk) -> None:
        super().__init__()
        self._desk = desk
        self.box = QCheckBox(f"&{tr(TITLE)}")
        self.box.setAccessibleName(tr(TITLE))
        self.box.setAccessibleDescription(tr(_MEANING))
        self.words = QuietLabel(tr(_MEANING))
        self.trouble = ErrorLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.box)
        below = QVBoxLayout()
        below.setContentsMargins(INDENT, 0, 0, 0)
        below.addWidget(self.trouble)
        below.addWidget(self.words)
        column.addLayout(below)
        self.box.clicked.connect(lambda on: desk.autostart(self.show_state, on=bool(on)))

    def look(self) -> None:
        """Ask the system anew."""
        self._desk.autostart(self.show_state)

    def show_state(self, state: JobState, trouble: str) -> None:
        """Show what the system says, and why a change did not come about."""
        there = state.status in (JobStatus.PRESENT, JobStatus.STALE)
        self.box.setChecked(there)
        self.box.setEnabled(state.status is not JobStatus.UNSUPPORTED)
        told = (
            "" if state.status in (JobStatus.PRESENT, JobStatus.ABSENT) else localised(state.words)
        )
        self.words.setText(f"{tr(_MEANING)} {told}".strip())
        self.trouble.say(localised(trouble))
