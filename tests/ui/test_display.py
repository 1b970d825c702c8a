import socket

import pytest

from tray_app.ui import display


@pytest.fixture(autouse=True)
def no_screen(monkeypatch, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(display, "_X11_SOCKET", str(tmp_path / "X{}"))
    monkeypatch.chdir(tmp_path)  # names of sockets are short


@pytest.fixture
def listening():
    sockets = []

    def listen(path):
        server = socket.socket(socket.AF_UNIX)
        sockets.append(server)
        server.bind(path)
        server.listen()

    yield listen
    for server in sockets:
        server.close()


@pytest.mark.parametrize(
    "stale", [":77", "unix:77", "127.0.0.1:59000.0", "", ":", "nonsense", ":0x"]
)
def test_a_variable_without_a_screen_is_no_display(monkeypatch, stale):
    monkeypatch.setenv("DISPLAY", stale)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
    assert not display.has_display()


@pytest.mark.parametrize("name", [":5", ":5.0", "unix:5"])
def test_an_x_server_that_listens(monkeypatch, listening, tmp_path, name):
    listening(str(tmp_path / "X5"))
    monkeypatch.setenv("DISPLAY", name)
    assert display.has_display()


def test_wayland_by_name_and_by_path(monkeypatch, listening, tmp_path):
    listening(str(tmp_path / "wl"))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wl")
    assert display.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", str(tmp_path / "wl"))
    assert display.has_display()


def test_a_platform_chosen_by_hand_is_believed(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display.has_display()
