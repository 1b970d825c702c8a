import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from tray_app.ui import tray_host
from tray_app.ui.tray_host import POLL_MS, TrayHost


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


def test_qt_is_not_asked_on_wayland_before_a_host_is_on_the_bus(qapp, monkeypatch, panel):
    hosts = []
    monkeypatch.setattr(tray_host, "_sni_host_there", lambda: bool(hosts))
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    asked = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: asked.append(1) or True)
    host = TrayHost()
    found = []
    host.appeared.connect(lambda: found.append(True))
    assert not host._look()
    assert not asked
    hosts.append("panel")
    assert host._look()
    assert found == [True]
