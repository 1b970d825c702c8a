"""Run by test_deb_in_a_clean_root in namespaces of its own: the root, loopback, nobody else.

Screen, bus and keyring run outside the root, so that it has only what the package depends on.
"""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.acceptance.photos import holds_once, photos
from tests.packaging.clean_root import APT, DESKTOP, QUIET, inside
from tests.rig.desktop import Desktop, running_desktop
from tests.rig.processes import wait_until
from tray_app.core.system_job import AT_LOGIN, BACKUP
from tray_app.demo.faults import SlowRead
from tray_app.demo.process import DemoProcess, serve_in_process

PROGRAM = "/usr/lib/immich-tray/immich-tray"
EMAIL, PASSWORD = "anna@example.org", "right horse"
ENTRY = "usr/share/applications/immich-tray.desktop"
AUTOSTART = "/usr/lib/systemd/user-generators/systemd-xdg-autostart-generator"
UNITS = Path("/tmp/units")  # noqa: S108  a tmpfs of our own
SLOW = 180.0  # seconds within which a busy machine has done what takes some


class Life:
    """One person's computer, with the package on it."""

    def __init__(self, root: Path, desktop: Desktop, server: DemoProcess) -> None:
        self.root, self.desktop, self.server = root, desktop, server
        self.env = desktop.env | {"PATH": QUIET["PATH"], "LANG": "de_DE.UTF-8"}
        self.home = desktop.home
        self.folder = self.home / "Bilder"

    def apt(self, *words: str) -> None:
        """Change what is installed; the network is out of reach."""
        inside(self.root, [*APT, *words])

    def tray(self, *words: str, text: str = "") -> str:
        """Type a command of the program."""
        return inside(self.root, ["immich-tray", *words], self.env, text=text, seconds=SLOW)

    def running(self) -> set[int]:
        """The ids of the installed program's processes, alive ones only."""
        found = set()
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if (path / "exe").readlink() == self.root / PROGRAM[1:]:
                    found.add(int(path.name))
            except OSError:
                continue
        return found

    def in_the_tray(self) -> object:
        """Whether its icon is there."""
        return self.running() and self.desktop.screen.find_tray_icon()

    def all_arrived(self) -> None:
        """Wait for every photo, then compare bytes."""
        wanted = len([path for path in self.folder.rglob("*") if path.is_file()])
        wait_until(
            f"{wanted} photos at the server",
            lambda: len(self.server.assets(EMAIL)) >= wanted,
            SLOW,
        )
        holds_once(self.server, EMAIL, self.folder)

    def desktop_starts(self, *words: str) -> None:
        """Have a tool of the desktop start something; what it starts goes on."""
        subprocess.run(
            ["chroot", self.root, *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # the program inherits it, and would hold a pipe open
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=SLOW,
        )

    def log_in(self) -> int:
        """Start what a session starts at login, as systemd reads it; how many programs."""
        shutil.rmtree(UNITS, ignore_errors=True)
        UNITS.mkdir()
        inside(self.root, [AUTOSTART, *[str(UNITS)] * 3], self.env)
        units = [path.read_text() for path in UNITS.glob("*.service")]
        for unit in units:
            (line,) = re.findall(r"^ExecStart=:?(.*)$", unit, re.MULTILINE)
            self.desktop_starts("setsid", "--fork", *shlex.split(line))
        return len(units)


def install(life: Life) -> None:
    """Install the older build; its dependencies alone must do."""
    assert not list(life.root.glob("usr/bin/python*"))
    life.apt("install", "/before.deb")
    assert not list(life.root.glob("usr/bin/python*"))
    say("installed", life.tray("--version"))
    helped = life.tray("--help").partition("Commands:")[2]
    names = re.findall(r"^  ([a-z-]+) {2,}", helped, re.MULTILINE)
    for name in names:
        life.tray(name, "--help")
    assert len(names) >= 20
    say(f"{len(names)} commands answer")


def sign_in(life: Life) -> None:
    """Sign in; the secret goes into the real keyring."""
    say(life.tray("login", life.server.url, "--email", EMAIL, text=f"{PASSWORD}\n"))
    photos(life.folder, 20, seed="first")
    life.tray("settings", "set", "folders", str(life.folder))
    for name, value in (
        ("backupTriggerDelay", "0"),
        ("backupRequireWifi", "false"),
        ("backupMinBatteryPercent", "0"),
        ("backgroundBackup", "true"),
    ):
        life.tray("settings", "set", name, value)
    say(life.tray("doctor"))


def start_from_the_menu(life: Life) -> None:
    """Start the menu entry as GNOME does, and back 20 photos up."""
    life.desktop_starts("gio", "launch", f"/{ENTRY}")
    wait_until("icon in the tray", life.in_the_tray, SLOW)
    screen = life.desktop.screen
    wait_until("window", lambda: "Immich Tray" in screen.window_titles(), SLOW)
    screen.key("alt+e")
    wait_until("settings in German", lambda: "Einstellungen" in str(screen.window_titles()), SLOW)
    screen.key("Escape")
    life.all_arrived()
    say("20 photos have arrived, byte for byte")


def start_at_login(life: Life) -> None:
    """Log in anew: the entry that the program wrote brings it back."""
    say(life.tray("autostart", "on"))
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(life.home / ".config" / "autostart" / "immich-tray.desktop")
    assert entry["Desktop Entry"]["Exec"] == shlex.join([PROGRAM, *AT_LOGIN])
    units = life.home / ".config" / "systemd" / "user"
    service = (units / "immich-tray-backup.service").read_text()
    assert f"\nExecStart=:{PROGRAM} {' '.join(BACKUP)}\n" in service.replace('"', "")
    assert f"\nConditionFileIsExecutable={PROGRAM}\n" in service
    life.tray("quit")
    wait_until("end of the program", lambda: not life.running(), SLOW)
    photos(life.folder, 25, seed="first")
    assert life.log_in() == 1
    wait_until("icon in the tray", life.in_the_tray, SLOW)
    life.all_arrived()
    say("autostart and job name the installed program; a login starts it")


def upgrade(life: Life) -> None:
    """Upgrade in the middle of uploads: it ends, comes back, and nothing is lost."""
    (before,) = life.running()
    life.server.faults.add(SlowRead(bytes_per_second=100_000))
    photos(life.folder / "upgraded", 20, 400_000, seed="upgraded")
    wait_until("uploads", lambda: life.server.log.count("POST", "/api/assets") > 25, SLOW)
    life.apt("install", "/now.deb")
    life.server.faults.clear()
    wait_until("program after the upgrade", life.running, SLOW)
    assert before not in life.running()
    wait_until("icon in the tray", life.in_the_tray, SLOW)
    life.all_arrived()
    say(inside(life.root, ["dpkg-query", "-W", "immich-tray"]), "upgraded while uploading")


def remove(life: Life) -> None:
    """Remove it while it runs: data stays, nothing else does, nothing starts any more."""
    held = [
        life.root / one[1:] for one in inside(life.root, ["dpkg", "-L", "immich-tray"]).split("\n")
    ]
    files = [path for path in held if path.is_symlink() or path.is_file()]
    assert len(files) > 100
    life.apt("remove", "immich-tray")
    assert not life.running()
    assert not [path for path in files if path.is_symlink() or path.exists()]
    assert not (life.root / "usr/lib/immich-tray").exists()
    assert not (life.root / "run/immich-tray-upgrade").exists()
    kept = life.home / ".local" / "share" / "immich-tray" / "backup.db"
    assert kept.exists()
    holds_once(life.server, EMAIL, life.folder)
    assert life.log_in() == 0
    condition = f"ConditionFileIsExecutable={PROGRAM}"
    inside(life.root, ["systemd-analyze", "condition", condition], life.env, status=1)
    assert not life.running()
    inside(life.root, ["dpkg-query", "-W", "immich-tray"], status=1)
    say("removed: nothing of it is left but the person's data; neither login nor job starts it")


def say(*words: str) -> None:
    """Tell the test how far we are."""
    sys.stdout.write(" ".join(word.strip() for word in words) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Live through all of it."""
    root = Path(sys.argv[1])
    with (
        serve_in_process(Path("/tmp/server")) as server,  # noqa: S108  a tmpfs of our own
        running_desktop(Path("/tmp/desk")) as desktop,  # noqa: S108  likewise
    ):
        life = Life(root, desktop, server)
        server.add_user(EMAIL, PASSWORD)
        install(life)
        life.apt("install", *DESKTOP)
        for step in (sign_in, start_from_the_menu, start_at_login, upgrade, remove):
            step(life)


if __name__ == "__main__":
    main()
