"""A file is shown by the file manager of the session bus, or its folder by the desktop."""

import threading

import pytest
from jeepney import DBusAddress, MessageType, new_method_call, new_method_return
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg
from PySide6.QtCore import QObject, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QDesktopServices

from tray_app.desktop import reveal as module
from tray_app.desktop.reveal import file_uri, reveal

NAME = "org.freedesktop.FileManager1"


class FileManager:
    """Answers ShowItems on the bus at `address` and remembers what it was asked."""

    def __init__(self, address):
        self.asked = []
        self._connection = open_dbus_connection(address)
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        claim = new_method_call(bus, "RequestName", "su", (NAME, 0))
        unwrap_msg(self._connection.send_and_get_reply(claim, timeout=10))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self):
        self._ended.set()
        self._thread.join()
        self._connection.close()

    def _serve(self):
        while not self._ended.is_set():
            try:
                message = self._connection.receive(timeout=0.1)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self.asked.append(message.body)
                self._connection.send(new_method_return(message))


class Folders(QObject):
    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot("QUrl")
    def open(self, url):
        self.opened.append(bytes(url.toEncoded()).decode())


@pytest.fixture
def folders(qapp):
    it = Folders()
    QDesktopServices.setUrlHandler("file", it, "open")
    yield it
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def session(desktop, monkeypatch):
    """Let Qt speak to the rig's session bus; it has no other in the tests."""
    bus = QDBusConnection.connectToBus(desktop.env["DBUS_SESSION_BUS_ADDRESS"], "reveal")
    monkeypatch.setattr(QDBusConnection, "sessionBus", lambda: bus)
    yield desktop.env["DBUS_SESSION_BUS_ADDRESS"]
    QDBusConnection.disconnectFromBus("reveal")


@pytest.mark.desktop
def test_the_file_manager_is_asked_byte_for_byte(qtbot, session, folders):
    manager = FileManager(session)
    try:
        reveal("/p/Größe #1 %41\udcff.jpg")
        qtbot.waitUntil(lambda: bool(manager.asked) and not module._waiting)
    finally:
        manager.close()
    assert manager.asked == [(["file:///p/Gr%C3%B6%C3%9Fe%20%231%20%2541%FF.jpg"], "")]
    assert folders.opened == []


@pytest.mark.desktop
def test_without_one_the_folder_opens(qtbot, session, folders, tmp_path):
    photo = tmp_path / "a b.jpg"
    photo.touch()
    reveal(str(photo))
    qtbot.waitUntil(lambda: bool(folders.opened))
    assert folders.opened == [file_uri(str(tmp_path))]


def test_without_a_bus_the_folder_opens(qtbot, folders, tmp_path):
    reveal(str(tmp_path))
    qtbot.waitUntil(lambda: bool(folders.opened))
    assert folders.opened == [file_uri(str(tmp_path))]
