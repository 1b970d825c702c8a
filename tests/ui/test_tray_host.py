import pytest
from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBusServiceWatcher
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from tray_app.ui.tray_host import POLL_MS, SNI_WATCHER, TrayHost


@pytest.fixture
def panel(monkeypatch):
    """The panel of the outside world: there is one when the list is not empty."""
    there = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: bool(there))
    return there


def test_a_tray_that_is_there_is_used_and_nothing_polls(qapp, qtbot, panel):
    panel.append("tray")
    host = TrayHost()
    with qtbot.waitSignal(host.appeared):
        host.watch()
    assert not host.findChild(QTimer).isActive()


def test_a_tray_that_appears_later_is_found(qapp, qtbot, panel):
    host = TrayHost()
    timer = host.findChild(QTimer)
    found = []
    host.appeared.connect(lambda: found.append(True))
    host.watch()
    assert timer.isActive()
    assert timer.interval() == POLL_MS >= 60_000
    panel.append("tray")
    timer.timeout.emit()
    assert found == [True]
    assert not timer.isActive()


@pytest.mark.parametrize("platform", ["wayland", "xcb"])
def test_a_status_notifier_host_is_noticed_at_once(qapp, monkeypatch, panel, platform):
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    host = TrayHost()
    heard = []
    host.appeared.connect(lambda: heard.append("appeared"))
    host.changed.connect(lambda: heard.append("changed"))
    host.watch()
    at_once = ["appeared"] if platform == "xcb" else []
    assert heard == at_once
    panel.append("tray")
    host.findChild(QDBusServiceWatcher).serviceOwnerChanged.emit(SNI_WATCHER, "", ":1.7")
    anew = ["changed"] if platform == "xcb" else []
    assert heard == [*at_once, *anew, "appeared"]
    host.close()


def test_a_tray_that_came_within_the_grace_is_not_missed(qapp, panel):
    host = TrayHost()
    missed = []
    host.missing.connect(lambda: missed.append(True))
    host.watch()
    grace = host.findChildren(QTimer)[1]
    panel.append("tray")
    grace.timeout.emit()
    assert not missed
    panel.clear()
    grace.timeout.emit()
    assert missed
    host.close()
