"""The virtual desktop does what desktop tests will take for granted."""

import subprocess
import sys
from pathlib import Path

import pytest
from jeepney import DBusAddress

from tests.rig.desktop import running_desktop
from tests.rig.processes import wait_until

pytestmark = pytest.mark.desktop

KEYRING = """
import keyring
from keyring.backends.SecretService import Keyring
keyring.set_keyring(Keyring())
keyring.set_password("rig", "someone", "s3cret")
print(keyring.get_password("rig", "someone"))
"""


def run_tray(env):
    program = Path(__file__).with_name("tray_program.py")
    return subprocess.Popen([sys.executable, program], env=env, stderr=subprocess.PIPE)


def test_a_tray_icon_is_shown_by_the_panel_and_its_menu_answers(desktop_session, screen):
    with run_tray(desktop_session) as program:
        try:
            icon = wait_until("tray icon", screen.find_tray_icon)
            wait_until("magenta icon", lambda: "#ff00ff" in screen.colors(icon))
            screen.click(*icon.center, button=3)
            wait_until("menu", lambda: screen.windows("tray_program.py"))
            screen.key("Down", "Return")
            assert program.wait(10) == 0, program.stderr.read()
        finally:
            program.kill()
    assert wait_until("empty tray", lambda: screen.find_tray_icon() is None)


def test_the_keyring_keeps_a_secret_without_asking(desktop_session):
    done = subprocess.run(
        [sys.executable, "-c", KEYRING],
        env=desktop_session,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.stdout.strip() == "s3cret", done.stderr


def test_a_notification_is_shown(desktop):
    address = DBusAddress(
        "/org/freedesktop/Notifications",
        bus_name="org.freedesktop.Notifications",
        interface="org.freedesktop.Notifications",
    )
    desktop.bus.close_notifications()
    wait_until("no notification", lambda: desktop.bus.notifications_shown() == 0)
    body = ("rig", 0, "", "Backup Progress", "Uploading photo 5 of 100", [], {}, 0)
    (number,) = desktop.bus.call(address, "Notify", "susssasa{sv}i", *body)
    wait_until("notification", lambda: desktop.bus.notifications_shown() == 1)
    desktop.bus.call(address, "CloseNotification", "u", number)
    wait_until("closed notification", lambda: desktop.bus.notifications_shown() == 0)


def test_a_dark_panel_is_dark_and_everything_ends(tmp_path):
    with running_desktop(tmp_path, panel="dark") as dark:
        (panel,) = dark.screen.windows("tint2")
        wait_until("dark panel", lambda: dark.screen.colors(panel) == {"#202020"})
        picture = dark.screen.screenshot(tmp_path / "screen.png")
        assert picture.read_bytes().startswith(b"\x89PNG")
    with pytest.raises(OSError, match="unable to open display"):
        dark.screen.windows("tint2")
