"""Our own program as a person runs it, for one home after another."""

import os
import sys
from pathlib import Path

from tests.bench.kernel import Used, command
from tests.bench.peer import ROOT

PYTHON = (sys.executable, "-m", "tray_app")


def environment(home: Path, address: str = "", key: str = "", **more: str) -> dict[str, str]:
    """Signed in by the environment, all files below `home`, byte code kept as after any install."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(ROOT / ".build" / "pycache")}
    if address:
        env |= {"IMMICH_INSTANCE_URL": address, "IMMICH_API_KEY": key}
    return {**env, "IMMICH_TRAY_HOME": str(home), **more}


def write_settings(home: Path, *lines: str) -> None:
    """Choose settings by lines of the settings file."""
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "settings.toml").write_text("".join(f"{line}\n" for line in lines))


def backup(home: Path, address: str, key: str, photos: Path, seconds: float = 600) -> Used:
    """One `immich-tray backup --once` from start to end."""
    words = (*PYTHON, "backup", str(photos), "--once", "--json")
    return command(words, environment(home, address, key), seconds)
