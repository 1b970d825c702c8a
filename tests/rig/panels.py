"""The panels that a desktop of the rig can have: tint2 (XEmbed), xfce4-panel (StatusNotifier)."""

import shutil
import subprocess
from pathlib import Path

from tests.rig.bus import SNI_WATCHER, SessionBus
from tests.rig.processes import Processes
from tests.rig.screen import Screen

HERE = Path(__file__).parent
_XFCONF = "org.xfce.Xfconf"
_XFCONFD = "xfce4/xfconf/xfconfd"  # below the folder of libraries


def start_tint2(processes: Processes, screen: Screen, colour: str) -> subprocess.Popen[bytes]:
    """A "light" or "dark" panel whose tray takes icons by XEmbed only."""
    panel = processes.start(["tint2", "-c", str(HERE / f"tint2-{colour}.tint2rc")])
    processes.wait_for("tint2", "panel on the screen", lambda: screen.windows("tint2"))
    return panel


def start_xfce(processes: Processes, bus: SessionBus, config: Path) -> subprocess.Popen[bytes]:
    """A panel whose tray is a StatusNotifier host and takes XEmbed icons too.

    `config`: the home's folder of configuration.
    """
    if not bus.has_owner(_XFCONF):
        _start_settings(processes, bus, config)
    panel = processes.start(["xfce4-panel", "--disable-wm-check"])
    processes.wait_for("xfce4-panel", SNI_WATCHER, lambda: bus.has_owner(SNI_WATCHER))
    return panel


def _start_settings(processes: Processes, bus: SessionBus, config: Path) -> None:
    folder = config / "xfce4" / "xfconf" / "xfce-perchannel-xml"
    folder.mkdir(parents=True)
    shutil.copy(HERE / "xfce4-panel.xml", folder)
    daemon = next(str(path) for path in Path("/usr/lib").glob(f"*/{_XFCONFD}"))
    processes.start([daemon])
    processes.wait_for(daemon, _XFCONF, lambda: bus.has_owner(_XFCONF))
