"""A session without a tray: the window says so and how to get one, until one appears."""

import asyncio
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tests.ui.recorder import Recorder
from tests.ui.waiting import until
from tray_app.core.snapshot import Snapshot
from tray_app.engine.foreground import Foreground
from tray_app.engine.store import Store
from tray_app.ui import tray_host
from tray_app.ui.shell import run_tray
from tray_app.ui.window import MainWindow


@pytest.fixture
def both_loops():
    return "qasync"


@pytest.fixture
def panel(monkeypatch):
    """The panel of the outside world: there is one when the list is not empty."""
    there = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: bool(there))
    monkeypatch.setattr(tray_host, "GRACE_MS", 0)
    monkeypatch.setattr(tray_host, "POLL_MS", 20)
    return there


@pytest.mark.qt_log_ignore(
    "This plugin does not support", "No such signal QPlatformNativeInterface"
)
async def test_the_window_says_how_to_get_a_tray_until_there_is_one(
    qapp, both_loops, panel, monkeypatch
):
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    done = asyncio.Event()
    running = asyncio.create_task(
        run_tray(qapp, Store(Snapshot()), Recorder(), done, lambda: datetime.now(UTC), Foreground())
    )
    try:
        await until(windows)
        (window,) = windows()
        assert window.note.isVisible()
        assert window.note.text().startswith("This desktop shows no tray icons. GNOME shows")
        assert "AppIndicator and KStatusNotifierItem Support" in window.note.text()
        window.hide()  # the program stays
        assert not running.done()
        window.show()
        panel.append("tray")
        await until(lambda: not window.note.isVisible())
    finally:
        done.set()
        await running


def windows():
    shown = [it for it in QApplication.topLevelWidgets() if it.isVisible()]
    return [it for it in shown if isinstance(it, MainWindow)]
