"""The window as a program of its own, for screenshots and the desktop tests.

`python -m tests.ui.window_examples STATE [dark]`; QT_SCALE_FACTOR=2 for a dense screen.
With `--save FOLDER` it writes a picture of every state, light and dark, and ends.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from tests.ui.recorder import Recorder
from tray_app.core.phrase import phrase
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.core.sync_schedule import SyncState
from tray_app.ui.memory import Memory
from tray_app.ui.pages import overview_only
from tray_app.ui.window import MainWindow
from tray_app.ui.window_view import window_view

_ROLE = QPalette.ColorRole
_DARK = {_ROLE.Base: "#1b1e20", _ROLE.AlternateBase: "#222527", _ROLE.Highlight: "#2a6f9e"}
NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
BASE = {
    "last_success": NOW - timedelta(hours=2),
    "backed_up": 12_040,
    "server_url": "https://photos.example.org",
    "account_name": "ada@example.org",
    "automatic": True,
    "sync": SyncState(),
    "last_sync": NOW - timedelta(minutes=3),
}
RUN = UploadState(
    total_count=320,
    completed_count=131,
    duplicate_count=4,
    failed_count=2,
    current_file="/home/ada/Pictures/Sommer 2024 am Meer/IMG_20240717_184502_lange Nacht.HEIC",
    current_progress=42,
)
STATES = {
    "idle": Snapshot(phase=Phase.IDLE, **BASE),
    "uploading": Snapshot(phase=Phase.UPLOADING, upload=RUN, pending=320, **BASE),
    "scanning": Snapshot(phase=Phase.SCANNING, **BASE),
    "waiting": Snapshot(
        phase=Phase.WAITING,
        reasons=(
            "\u201cAda\u2019s phone\u201d is metered.",
            "The battery is at 15 %, below 20 %.",
        ),
        pending=25,
        **BASE,
    ),
    "paused": Snapshot(
        phase=Phase.PAUSED, resume_at=NOW + timedelta(minutes=30), pending=25, **BASE
    ),
    "failed": Snapshot(
        phase=Phase.COOLING_DOWN,
        reasons=("photos.example.org did not answer in time.",),
        resume_at=NOW + timedelta(minutes=4),
        backup_failed_since=NOW - timedelta(days=2),
        pending=325,
        failed=3,
        **BASE,
    ),
    "told": Snapshot(
        phase=Phase.IDLE,
        told=(
            "1 file could not be backed up.",
            "2 files uploaded and verified (8.3 MB in 2.1 s).",
            "1 file skipped: 1 no photo or video (.txt 1).",
            phrase(
                "  failed   {path}: {words}",
                path="/home/ada/Desktop/party.jpg",
                words=phrase("{name} may not be read by this user.", name="party.jpg"),
            ),
        ),
        failed=1,
        pending=1,
        **BASE,
    ),
}


def window_in(state: str) -> MainWindow:
    window = MainWindow(overview_only(Recorder(), lambda: NOW), Memory())
    window.show_view(window_view(STATES[state], NOW, UTC))
    return window


def use(app: QApplication, scheme: Qt.ColorScheme) -> None:
    """Give the palette that a desktop would give; bare Xvfb has no theme that follows a scheme."""
    app.setPalette(_dark() if scheme is Qt.ColorScheme.Dark else QPalette(QColor("#efefef")))


def _dark() -> QPalette:
    """Colours as a dark desktop has them; Qt derives the rest from one of them as black."""
    palette = QPalette(QColor("#31363b"), QColor("#2a2e32"))
    for role, colour in _DARK.items():
        palette.setColor(role, QColor(colour))
    palette.setColor(QPalette.ColorGroup.Disabled, _ROLE.Base, QColor("#25292c"))
    return palette


def save_all(app: QApplication, folder: Path) -> None:
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        use(app, scheme)
        for state in STATES:
            window = window_in(state)
            window.show()
            app.processEvents()
            scale = round(window.devicePixelRatioF() * 100)
            window.grab().save(str(folder / f"{state}-{scheme.name.lower()}-{scale}.png"))
            window.hide()


def main() -> None:
    app = QApplication(sys.argv[:1])
    if sys.argv[1] == "--save":
        save_all(app, Path(sys.argv[2]))
        return
    if "dark" in sys.argv:
        use(app, Qt.ColorScheme.Dark)
    window = window_in(sys.argv[1])
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
