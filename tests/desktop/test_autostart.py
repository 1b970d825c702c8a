"""Start at login: the real file, a real XDG session, a portal on a real bus (issue 5, part 5)."""

import os
import stat
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from dbus_fast import Message, MessageFlag, MessageType, Variant
from dbus_fast.aio import MessageBus

from tests.desktop.test_program import immich_tray
from tests.desktop.test_tray import menus
from tests.rig.processes import wait_until
from tests.rig.system_bus import running_bus
from tray_app.adapters.locations import find_locations
from tray_app.adapters.private_file import write_private
from tray_app.app.autostart import follow_the_program, open_autostart, take_away
from tray_app.core.system_job import AT_LOGIN, JobCommand, JobStatus
from tray_app.desktop.autostart.entry import entry_text, read_entry
from tray_app.desktop.autostart.portal import NO_ANSWER, PortalAutostart
from tray_app.desktop.autostart.xdg import XdgAutostart

ON, OFF, STALE = JobStatus.PRESENT, JobStatus.ABSENT, JobStatus.STALE
SESSION = next(Path("/usr/lib").glob("*/openbox-xdg-autostart"), Path("openbox-xdg-autostart"))


@pytest.fixture
def home(tmp_path):
    return {
        "HOME": os.fspath(tmp_path / "home"),
        "XDG_CONFIG_DIRS": os.fspath(tmp_path / "everyone"),
        "IMMICH_TRAY_HOME": os.fspath(tmp_path / "in stance"),
    }


def made(home, *words):
    command = JobCommand("immich-tray", (*(words or ("/opt/immich tray/run",)), *AT_LOGIN))
    return XdgAutostart(command, home, write_private)


def entry(home, folder="home/.config"):
    return Path(home["HOME"]).parent / folder / "autostart" / "immich-tray.desktop"


def session(home, folder, *words):
    """Start what a desktop starts at login, as openbox does."""
    env = {"PATH": os.environ["PATH"], **home, "OUT": os.fspath(folder / "out")}
    words = words or ("/usr/bin/python3", SESSION, "OPENBOX")
    subprocess.run(words, env=env, check=True, timeout=30, cwd=folder)


def test_switched_on_read_back_and_switched_off(home):
    autostart = made(home)
    assert autostart.read().status is OFF
    assert autostart.create().status is ON
    assert autostart.read().status is ON
    assert autostart.remove().status is OFF
    assert not entry(home).exists()
    assert autostart.remove().status is OFF


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-enabled=false", OFF),
        ("Terminal=false", "Hidden=true", OFF),
        ("Exec=", "#Exec=", OFF),
        ("immich tray/run", "elsewhere/run", STALE),
        ("[Desktop Entry]", "rubbish", STALE),
        ("Name=Immich Tray", "Name=My photos", ON),
    ],
)
def test_what_others_changed_is_read_back_and_can_be_undone(home, before, after, status):
    autostart = made(home)
    autostart.create()
    text = entry(home).read_text()
    assert before in text
    entry(home).write_text(text.replace(before, after))
    assert autostart.read().status is status
    assert autostart.create().status is ON


def test_an_entry_for_everyone_counts_and_is_hidden_not_deleted(home):
    shared = entry(home, "everyone")
    shared.parent.mkdir(parents=True)
    shared.write_text("[Desktop Entry]\nType=Application\nName=I\nExec=immich-tray --hidden\n")
    autostart = made(home)
    assert autostart.read().status is ON
    assert autostart.remove().status is OFF
    assert shared.exists()
    assert autostart.create().status is ON


PLAIN = ["a b", "ünï", "new'quote", "semi;colon&"]
# openbox's own start does not undo what the specification has us escape; the others' (GLib) does.
ODD = ['quo"te', "do$llar", "tick`s", "back\\slash", "100%u"]


@pytest.mark.parametrize(
    ("name", "by_glib"), [*((it, False) for it in PLAIN), *((it, True) for it in PLAIN + ODD)]
)
def test_a_session_starts_the_program_wherever_it_is(home, tmp_path, name, by_glib):
    folder = tmp_path / name
    folder.mkdir()
    program = folder / "run"
    program.write_text('#!/bin/sh\nprintf "%s|" "$0" "$@" > "$OUT.new" && mv "$OUT.new" "$OUT"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    made(home, os.fspath(program), "one word").create()
    session(home, tmp_path, *(("gio", "launch", entry(home)) if by_glib else ()))
    wait_until("start by the session", (tmp_path / "out").exists)
    assert (tmp_path / "out").read_text() == f"{program}|one word|--hidden|"


def test_a_session_starts_nothing_that_is_switched_off(home, tmp_path):
    autostart = made(home, "/bin/sh", "-c", 'touch "$OUT"')
    autostart.create()
    autostart.remove()
    subprocess.run(["touch", tmp_path / "before"], check=True)
    session(home, tmp_path)
    entry(home).parent.mkdir(exist_ok=True)
    entry(home).write_text("[Desktop Entry]\nType=Application\nName=I\nHidden=true\n")
    session(home, tmp_path)
    assert not (tmp_path / "out").exists()


def test_percent_signs_name_no_fields():
    words = ("/opt/100%/run", "--hidden")
    text = entry_text(JobCommand("n", words))
    assert '"/opt/100%%/run" --hidden' in text
    assert read_entry(text).enabled


@pytest.mark.desktop
def test_the_program_comes_up_at_login_without_a_window(desktop_session, desktop, tmp_path):
    env = {**desktop_session, "IMMICH_TRAY_HOME": os.fspath(tmp_path / "instance")}
    env["XDG_CONFIG_HOME"] = os.fspath(tmp_path / "config")
    done = immich_tray(env, "autostart", "on")
    assert (done.returncode, done.stdout) == (0, "It starts at login.\n")
    subprocess.run(
        ["/usr/bin/python3", SESSION, "OPENBOX"],
        env={**env, "PYTHONPATH": os.fspath(Path(__file__).parents[2])},
        check=True,
        timeout=30,
    )

    def running():
        return '"running": true' in immich_tray(env, "status", "--json").stdout

    try:
        wait_until("running program", running, 30)
        assert not menus(desktop.screen)
        assert immich_tray(env, "autostart", "--json").stdout.startswith('{"autostart": true')
    finally:
        immich_tray(env, "quit")
        wait_until("end of the program", lambda: not running(), 30)
    assert immich_tray(env, "autostart", "off").returncode == 0
    assert not list((tmp_path / "config" / "autostart").iterdir())


async def test_it_follows_a_program_that_moved_and_leaves_with_the_account(home, monkeypatch):
    locations = find_locations(home)
    await open_autostart(locations, home).create()
    monkeypatch.setattr(sys, "executable", "/moved/python")
    assert (await open_autostart(locations, home).read()).status is STALE
    await follow_the_program(locations, home)
    assert (await open_autostart(locations, home).read()).status is ON
    await take_away(locations, home)
    assert (await open_autostart(locations, home).read()).status is OFF
    await follow_the_program(locations, home)  # what is off stays off
    assert (await open_autostart(locations, home).read()).status is OFF


def test_an_entry_that_cannot_be_written_is_told(home):
    entry(home).parent.parent.mkdir(parents=True)
    entry(home).parent.write_text("in the way")
    env = {**os.environ, **home}
    done = immich_tray({k: v for k, v in env.items() if k != "XDG_CONFIG_HOME"}, "autostart", "on")
    assert done.returncode == 3
    assert "autostart" in done.stderr


class Portal:
    """The Background portal of a desktop: `async with`; `grants` is what it answers."""

    NAME = "org.freedesktop.portal.Desktop"

    def __init__(self, address, *, grants=True, code=0):
        self.address, self.grants, self.code = address, grants, code
        self.asked = []

    async def __aenter__(self):
        self.bus = await MessageBus(bus_address=self.address).connect()
        self.bus.add_message_handler(self.answer)
        await self.bus.request_name(self.NAME)
        return self

    async def __aexit__(self, *_):
        self.bus.disconnect()
        await self.bus.wait_for_disconnect()

    def answer(self, message):
        if message.member != "RequestBackground":
            return None
        options = {name: variant.value for name, variant in message.body[1].items()}
        self.asked.append(options)
        sender = message.sender[1:].replace(".", "_")
        path = f"/org/freedesktop/portal/desktop/request/{sender}/{options['handle_token']}"
        granted = self.grants and options["autostart"]
        results = {"background": Variant("b", True), "autostart": Variant("b", granted)}
        self.bus.send(Message.new_method_return(message, "o", [path]))
        self.bus.send(
            Message(
                message_type=MessageType.SIGNAL,
                path=path,
                interface="org.freedesktop.portal.Request",
                member="Response",
                signature="ua{sv}",
                body=[self.code, results],
                flags=MessageFlag.NO_REPLY_EXPECTED,
            )
        )
        return True


@contextmanager
def bus_of_a_session(monkeypatch):
    with (
        tempfile.TemporaryDirectory(prefix="bus-") as folder,
        running_bus(Path(folder, "bus")) as address,
    ):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


def through_the_portal(tmp_path):
    command = JobCommand("immich-tray", ("/app/bin/python", "-m", "tray_app", *AT_LOGIN))
    return PortalAutostart(command, tmp_path / "answer", write_private)


async def test_a_sandbox_asks_the_portal(both_loops, monkeypatch, tmp_path):
    autostart = through_the_portal(tmp_path)
    with bus_of_a_session(monkeypatch) as address:
        assert await autostart.create() == NO_ANSWER
        async with Portal(address) as portal:
            assert (await autostart.read()).status is OFF
            assert (await autostart.create()).status is ON
            assert portal.asked[-1]["commandline"] == ["immich-tray", "--hidden"]
            assert (await through_the_portal(tmp_path).read()).status is ON
            assert (await autostart.remove()).status is OFF
            assert portal.asked[-1]["autostart"] is False


@pytest.mark.parametrize("answer", [{"grants": False}, {"code": 1}])
async def test_a_portal_may_refuse(both_loops, monkeypatch, tmp_path, answer):
    autostart = through_the_portal(tmp_path)
    with bus_of_a_session(monkeypatch) as address:
        async with Portal(address, **answer):
            state = await autostart.create()
    assert (state.status, "refused" in state.words) == (OFF, True)
    assert (await autostart.read()).status is OFF
