"""A whole desktop for tests: screen, window manager, panel with a tray, notifications, keyring."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.rig.bus import SessionBus
from tests.rig.panels import start_tint2, start_xfce
from tests.rig.processes import Processes
from tests.rig.screen import Screen

HERE = Path(__file__).parent
KEYRING_PASSWORD = b"rig"  # an empty one makes the keyring ask for another and wait for ever


@dataclass(frozen=True, slots=True)
class Desktop:
    """`env` is all that a program needs to run there; `home` is its home folder."""

    env: dict[str, str]
    home: Path
    screen: Screen
    bus: SessionBus
    processes: Processes

    def start_panel(self, panel: str) -> subprocess.Popen[bytes]:
        """Start one more panel, see `running_desktop`; it is there when this returns."""
        if panel == "xfce":
            return start_xfce(self.processes, self.bus, Path(self.env["XDG_CONFIG_HOME"]))
        return start_tint2(self.processes, self.screen, panel)

    def lose_screen(self) -> None:
        """Let the display server crash, and with it all that is shown."""
        self.processes.kill("Xvfb")


@contextmanager
def running_desktop(
    folder: Path, *, panel: str | None = "light", notifications: bool = True
) -> Iterator[Desktop]:
    """Start the desktop in `folder`; end all of it afterwards.

    `panel`: "light" or "dark" (tint2, XEmbed), "xfce" (StatusNotifier) or none.
    `notifications` False: it has no service for them.
    Raises RigError, which names the program that did not come up and what it printed.
    """
    env = _environment(folder)
    with ExitStack() as stack:
        processes = Processes(folder, env)
        stack.callback(processes.stop)
        env["DISPLAY"] = _start_screen(processes, folder)
        env["DBUS_SESSION_BUS_ADDRESS"] = start_bus(processes)
        bus = SessionBus(env["DBUS_SESSION_BUS_ADDRESS"])
        stack.callback(bus.close)
        screen = Screen(env, folder)
        _start_keyring(processes, bus)
        processes.start(["openbox", "--sm-disable"])
        desk = Desktop(env, folder / "home", screen, bus, processes)
        if panel:
            desk.start_panel(panel)
        if notifications:
            processes.start(["dunst", "-conf", str(HERE / "dunstrc")])
            owned = "org.freedesktop.Notifications"
            processes.wait_for("dunst", owned, lambda: bus.has_owner(owned))
        yield desk


def _environment(folder: Path) -> dict[str, str]:
    """A home of its own, and nothing of the person's session."""
    homes = {
        "HOME": folder / "home",
        "XDG_CONFIG_HOME": folder / "home" / ".config",
        "XDG_DATA_HOME": folder / "home" / ".local" / "share",
        "XDG_CACHE_HOME": folder / "home" / ".cache",
        "XDG_STATE_HOME": folder / "home" / ".local" / "state",
        "XDG_RUNTIME_DIR": folder / "runtime",
    }
    for path in homes.values():
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "xcb",
        "XDG_SESSION_TYPE": "x11",
        "NO_AT_BRIDGE": "1",
        "GIO_USE_VFS": "local",
        **{name: str(path) for name, path in homes.items()},
    }


def _start_screen(processes: Processes, folder: Path) -> str:
    """Xvfb takes a free display and tells its number through a pipe."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    size = ["-screen", "0", "1280x800x24", "-fbdir", str(folder), "-nolisten", "tcp", "-noreset"]
    processes.start(["Xvfb", "-displayfd", str(writer), *size], pass_fds=[writer])
    os.close(writer)
    try:
        number = processes.wait_for("Xvfb", "display number", lambda: _read_line(reader))
    finally:
        os.close(reader)
    return f":{number}"


def start_bus(processes: Processes) -> str:
    """Start a session bus where nobody is; its address."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    config = ["--config-file", str(HERE / "bus.conf"), "--nofork", "--nopidfile"]
    processes.start(["dbus-daemon", *config, "--print-address", str(writer)], pass_fds=[writer])
    os.close(writer)
    try:
        return processes.wait_for("dbus-daemon", "address", lambda: _read_line(reader))
    finally:
        os.close(reader)


def _start_keyring(processes: Processes, bus: SessionBus) -> None:
    arguments = ["--foreground", "--components=secrets", "--unlock"]
    processes.start(["gnome-keyring-daemon", *arguments], stdin=KEYRING_PASSWORD)
    owned = "org.freedesktop.secrets"
    processes.wait_for("gnome-keyring-daemon", owned, lambda: bus.has_owner(owned))


def _read_line(descriptor: int) -> str:
    try:
        return os.read(descriptor, 1000).decode().strip()
    except BlockingIOError:
        return ""
