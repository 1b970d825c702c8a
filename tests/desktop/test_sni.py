"""The tray as a StatusNotifierItem in a real xfce4-panel: over D-Bus, and as a person sees it."""

import signal
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.desktop.sni import items
from tests.desktop.test_foreground import shown
from tests.desktop.test_program import running_program
from tests.desktop.test_tray import icon_in_tray, menus, open_menu, running_client
from tests.rig.desktop import running_desktop
from tests.rig.processes import wait_until
from tests.rig.screen import Window

pytestmark = pytest.mark.desktop

PLACE = Window("", 0, 764, 36, 36)  # of the first icon in the panel of the rig
GTK_MENU = "wrapper-2.0"  # the program in which xfce4-panel runs its tray


@contextmanager
def desktop_of_its_own(panel):
    with (
        tempfile.TemporaryDirectory(prefix="desk-") as folder,
        running_desktop(Path(folder), panel=panel) as desk,
    ):
        yield desk


@pytest.fixture(scope="module")
def desk():
    with desktop_of_its_own("xfce") as it:
        yield it


def the_item(desk):
    (item,) = wait_until("registered icon", lambda: items(desk.bus))
    return item


def no_item(desk):
    wait_until("empty tray", lambda: not items(desk.bus))


@pytest.fixture
def client(desk):
    with running_client(desk.env) as it:
        yield it
    no_item(desk)


def seen(desk):
    return desk.screen.image().copy(PLACE.x, PLACE.y, PLACE.width, PLACE.height)


def painted(desk):
    wait_until("painted icon", lambda: len(desk.screen.colors(PLACE)) > 3)


def gtk_menu_is_open(screen) -> bool:
    try:
        return screen.window_titles().count(GTK_MENU) > 1  # the tray itself is one
    except OSError:  # a window went away while the list was being made
        return False


def test_a_host_learns_name_tooltip_and_a_picture_for_every_size(desk, client):
    item = the_item(desk)
    told = item.properties()
    assert (told["Id"], told["Category"], told["Status"]) == (
        "immich-tray",
        "ApplicationStatus",
        "Active",
    )
    assert told["ItemIsMenu"] is False
    assert {16, 22, 24, 32, 48, 64} <= set(item.sizes())
    assert item.tooltip().splitlines()[:2] == ["Immich Tray", "All 1,204 photos are backed up"]


def test_every_state_has_a_picture_of_its_own_that_the_panel_draws(desk, client):
    item = the_item(desk)
    painted(desk)
    pictures, drawn = {item.picture()}, seen(desk)
    for state in ("uploading", "paused", "waiting", "needsUser", "failed"):
        client.show(state)
        wait_until(f"picture of {state}", lambda: item.picture() not in pictures)
        pictures.add(item.picture())
        wait_until(f"drawn {state}", lambda before=drawn: seen(desk) != before)
        drawn = seen(desk)
    assert len(pictures) == 6
    assert "Backup failed: something unexpected happened." in item.tooltip()


def test_the_right_button_opens_the_menu_that_the_panel_draws(desk, client):
    the_item(desk)
    painted(desk)
    desk.screen.click(*PLACE.center, button=3)
    wait_until("menu of the panel", lambda: gtk_menu_is_open(desk.screen))
    desk.screen.move(2, 2)
    desk.screen.key("Down", "Return")
    assert client.asked() == "back up now"
    wait_until("closed menu", lambda: not gtk_menu_is_open(desk.screen))


def test_the_left_button_opens_our_own_menu(desk, client):
    the_item(desk)
    painted(desk)
    open_menu(desk.screen, PLACE, 1)
    desk.screen.key("Down", "Return")
    assert client.asked() == "back up now"
    wait_until("closed menu", lambda: not menus(desk.screen))


def test_the_entries_work_over_d_bus_and_follow_the_state(desk, client):
    item = the_item(desk)
    assert item.menu()["All 1,204 photos are backed up"][1] is False
    item.choose("1 hour")
    assert client.asked() == "pause 60"
    assert "Resume" not in item.menu()
    client.show("paused")
    wait_until("Resume", lambda: "Resume" in item.menu())
    assert "1 hour" not in item.menu()
    item.choose("Resume")
    assert client.asked() == "resume"
    item.choose("Quit")
    assert client.asked() == "quit"
    assert client.process.wait(5) == 0


def test_the_program_is_opened_and_ended_from_its_icon(desk, tmp_path):
    session = {"IMMICH_TRAY_HOME": str(tmp_path), "XDG_CURRENT_DESKTOP": "XFCE"}  # Qt's GTK theme
    with running_program(desk.env | session) as program:
        item = the_item(desk)
        item.choose("Open window")
        wait_until("window", lambda: shown(desk.screen))
        item.choose("Quit")
        asked = time.monotonic()
        assert program.wait(7) == 0
        assert time.monotonic() - asked < 5 + 2
    no_item(desk)


def end(panel, desk):
    """End a panel as a log-out does, and see that its tray is gone."""
    panel.send_signal(signal.SIGTERM)
    panel.wait(10)
    no_item(desk)


def tells(item, state) -> bool:
    return state in item.tooltip().lower()


def test_panels_that_start_later_again_or_of_the_other_kind_get_the_icon():
    with desktop_of_its_own(None) as desk, running_client(desk.env) as client:
        assert "no tray" in client.process.stderr.readline()
        for state in ("paused", "failed"):
            panel = desk.start_panel("xfce")
            item = the_item(desk)
            painted(desk)
            client.show(state)
            wait_until("state", partial(tells, item, state))
            item.choose("Open Immich")
            assert client.asked() == "open immich"
            end(panel, desk)
        panel = desk.start_panel("light")
        icon = icon_in_tray(desk.screen)
        open_menu(desk.screen, icon, 3)
        desk.screen.key("Down", "Return")
        assert client.asked() == "back up now"
        panel.kill()
        panel.wait(10)
        desk.start_panel("xfce")
        the_item(desk).choose("Quit")
        assert client.asked() == "quit"
        assert client.process.wait(5) == 0
