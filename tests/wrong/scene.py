"""The stage on which something goes wrong: a home, a person, a server, all of them real."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.acceptance.photos import photo, settled
from tests.fakes.certificates import Authority
from tests.fakes.site import Site, immich, serving
from tests.rig.bus import SessionBus
from tests.rig.desktop import start_bus
from tests.rig.processes import Processes, wait_until
from tests.rig.system_bus import running_bus
from tray_app.demo.faults import AnyFault
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.process import DemoProcess

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "tray_app")
HOST = "127.0.0.1"


@dataclass
class Scene:
    """One row's stage; what is entered into `stack` ends with the row.

    `says` fills the names in the row's words: {host}, {port}, {folder} and the like.
    """

    place: Path
    server: DemoProcess
    authority: Authority
    stack: ExitStack
    says: dict[str, object] = field(default_factory=lambda: {"host": HOST})
    environ: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    desktop: Callable[[], dict[str, str]] = dict

    @property
    def home(self) -> Path:
        return self.place / "home"

    @property
    def folder(self) -> Path:
        """The folder with photos; it has one once `photos` is called."""
        self.says["folder"] = self.place / "Pictures"
        return self.place / "Pictures"

    def run(self, *words: str, typed: str = "") -> str:
        """What the program says, as a person runs it."""
        env = {
            "PATH": os.environ["PATH"],
            "DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SYSTEM_BUS_ADDRESS"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.place),
            "IMMICH_TRAY_HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TEST_KEYRING": str(self.place / "keyring.json"),
            "PYTHON_KEYRING_BACKEND": "tests.fakes.file_keyring.FileKeyring",
            **self.environ,
        }
        done = subprocess.run(
            [*self.before, *PROGRAM, *words],
            input=typed,
            env=env,
            cwd=self.place,
            capture_output=True,
            text=True,
            timeout=50,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    def login(self, url: str = "", *more: str, password: str = DEMO_PASSWORD) -> str:
        """Sign in at an address, by default the demo server's."""
        email = () if more else ("--email", DEMO_EMAIL)
        return self.run("login", url or self.server.url, *email, *more, typed=f"{password}\n")

    def by_key(self, *permissions: str) -> None:
        """Sign in by variables, with a key that may do this, or everything."""
        self.environ["IMMICH_INSTANCE_URL"] = self.server.url
        key = self.server.add_api_key(permissions or ("all",))
        self.environ["IMMICH_API_KEY"] = key

    def photos(self) -> Path:
        photo(self.folder / "beach.jpg", str(self.place), 3000)
        settled()
        return self.folder

    def settings(self, **values: object) -> Path:
        """Write settings as by hand."""
        file = self.home / "config" / "settings.toml"
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lines = [f"{key} = {json.dumps(value)}\n" for key, value in values.items()]
        file.write_text("".join(lines))
        return file

    def chosen(self) -> None:
        """Choose the folder in the settings."""
        self.settings().write_text(f"[[folders]]\npath = {json.dumps(str(self.folder))}\n")

    def backup(self, *words: str) -> str:
        return self.run("backup", *(words or (str(self.photos()),)), "--once")

    def meeting(self, fault: AnyFault) -> str:
        """Back up while the server has this fault."""
        self.by_key()
        self.server.faults.add(fault)
        return self.backup()

    def site(self, routes: Any = None, tls: ssl.SSLContext | None = None) -> Site:
        """A web server of our own."""
        site = self.stack.enter_context(serving(routes or immich(), tls=tls))
        self.says["port"] = site.port
        return site

    def trusting(self) -> Authority:
        """Let the computer trust the test's authority."""
        self.environ["SSL_CERT_FILE"] = str(self.authority.file)
        return self.authority

    def closed_port(self) -> int:
        """A port where nobody listens."""
        with socket.create_server((HOST, 0)) as found:
            port = found.getsockname()[1]
        self.says["port"] = port
        return port

    def in_a_network_of_its_own(self, *set_up: str) -> None:
        """Run the program where there is no network but what `set_up` makes."""
        script = " && ".join([*set_up, 'exec "$@"'])
        self.before = ("unshare", "-rn", "sh", "-c", script, "sh")

    def system_bus(self) -> str:
        """A system bus where nobody is yet."""
        folder = self.stack.enter_context(tempfile.TemporaryDirectory(prefix="bus-"))
        address = self.stack.enter_context(running_bus(Path(folder, "bus")))
        self.environ["DBUS_SYSTEM_BUS_ADDRESS"] = address
        return address

    def locked_keychain(self) -> None:
        """The real keychain of a desktop that nobody unlocked."""
        env = {"PATH": os.environ["PATH"], "HOME": str(self.place)}
        env["XDG_RUNTIME_DIR"] = self.stack.enter_context(
            tempfile.TemporaryDirectory(prefix="run-")
        )
        processes = Processes(self.place, env)
        self.stack.callback(processes.stop)
        env["DBUS_SESSION_BUS_ADDRESS"] = start_bus(processes)
        bus = SessionBus(env["DBUS_SESSION_BUS_ADDRESS"])
        self.stack.callback(bus.close)
        daemon = "gnome-keyring-daemon"
        processes.start([daemon, "--foreground", "--components=secrets"])
        owned = "org.freedesktop.secrets"
        processes.wait_for(daemon, owned, lambda: bus.has_owner(owned))
        self.environ |= env
        self.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.SecretService.Keyring"

    def on_a_desktop(self) -> None:
        self.environ |= self.desktop()
        self.environ["IMMICH_TRAY_HOME"] = str(self.home)

    def running_program(self) -> None:
        """Start the program in the tray, until the row ends."""
        process = subprocess.Popen(
            [*PROGRAM, "--hidden"], env=self.environ | {"PYTHONPATH": str(ROOT)}, cwd=self.place
        )
        self.stack.callback(process.wait)
        self.stack.callback(process.terminate)
        wait_until("running program", lambda: '"running": true' in self.run("status", "--json"))

    @property
    def can_unshare(self) -> bool:
        unshare = shutil.which("unshare")
        probe = [unshare or "false", "-rn", "true"]
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
