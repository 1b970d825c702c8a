"""Prepare this folder for `make run` (level "run") or `make test` (level "test").

Usage: `python3 packaging/bootstrap.py run|test`. Standard library only, Python 3.11.
Checks Debian's packages, makes `.venv`, installs the locked requirements and the project; for
tests also the published Immich clients of others, each in an environment of its own below `.venv`.
Exit codes: 0 ready, 1 a step failed, 2 something is missing that only an administrator can
install (the line to type is printed). A second call only compares a stamp.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "packaging" / "requirements"
VENV = ROOT / ".venv"
STAMP = VENV / "bootstrap.json"
LOCKS = {"run": "demo.txt", "test": "dev.txt"}
CLIENTS = VENV / "clients"  # one folder for each version of the server: `tests/independent`
CLIENT_LOCKS = {"2.7.5": "client-2.7.5.txt", "3.0.3": "client-3.0.3.txt"}
ADMIN_DIRECTORIES = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"


def say(text: str) -> None:
    """One line for the person who waits."""
    print(f"set-up: {text}", file=sys.stderr, flush=True)


def has_display() -> bool:
    """Whether a window could be shown: then Qt's libraries are needed by `make run` too."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def makes_environments() -> bool:
    """Whether this Python can make a virtual environment with pip (Debian splits that off)."""
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def wanted_packages(level: str) -> list[str]:
    """Return the names of Debian packages that this level needs, whether or not they are there."""
    lists = tomllib.loads((ROOT / "packaging" / "debian.toml").read_text())
    wanted: list[str] = []
    if not VENV.exists() and not makes_environments():
        wanted += lists["venv"]
    if level == "test" or has_display():
        wanted += lists["qt"]
    if level == "test":
        wanted += lists["test"]
    return wanted


def missing_packages(wanted: Sequence[str]) -> list[str]:
    """Return those of `wanted` that are not installed; on a system without dpkg, none."""
    if not wanted or shutil.which("dpkg-query") is None:
        return []
    both = [*wanted, *(f"{name}t64" for name in wanted)]  # as newer Debian and Ubuntu call some
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *both]
    answer = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    installed = {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}
    return [name for name in wanted if not installed & {name, f"{name}t64"}]


def install_packages(names: Sequence[str]) -> None:
    """Install Debian packages as root; anyone else is told the line to type (exit 2)."""
    if os.geteuid() != 0:
        say("these Debian packages are missing. Please type, then start again:")
        print(f"\n    sudo apt install {' '.join(names)}\n", file=sys.stderr)
        sys.exit(2)
    say(f"installing {len(names)} Debian packages: {' '.join(names)}")
    path = f"{os.environ.get('PATH', '')}:{ADMIN_DIRECTORIES}"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "PATH": path}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *names]):
        call(["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", *arguments], environment)


def call(command: Sequence[str], environment: dict[str, str] | None = None) -> None:
    """Run one step quietly; when it fails, show all that it said and stop with exit 1."""
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode != 0:
        sys.stderr.buffer.write(done.stdout)
        say(f"this step failed with status {done.returncode}: {' '.join(command)}")
        sys.exit(1)


def fingerprint(*files: Path) -> str:
    """Return one hash over the content of some files."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def target_stamp() -> dict[str, str]:
    """Return what must be equal for `.venv` to be good as it is (`level` apart)."""
    return {
        "root": str(ROOT),  # scripts and the editable install hold absolute paths
        "python": f"{Path(sys.executable).resolve()} {sys.version}",
        "locks": fingerprint(*(REQUIREMENTS / name for name in LOCKS.values())),
        "project": fingerprint(ROOT / "pyproject.toml"),
    }


def read_stamp() -> dict[str, str]:
    """Return the stamp of the last completed set-up; empty when there is none that can be used."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if (VENV / "bin" / "python").exists() else {}


def install_with(python: Path) -> list[str]:
    """Return the beginning of a line that installs into the environment of `python`."""
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    return [*pip, "--python", str(python), "install", "--quiet", "--no-deps"]


def prepare_clients() -> None:
    """Bring the environments of other people's clients to their locks."""
    for version, lock in CLIENT_LOCKS.items():
        folder, requirements = CLIENTS / version, REQUIREMENTS / lock
        stamp, wanted = folder / "lock", fingerprint(requirements)
        if stamp.exists() and stamp.read_text() == wanted:
            continue
        say(f"installing a published client for Immich {version} ({lock})")
        call([sys.executable, "-m", "venv", "--without-pip", "--clear", str(folder)])
        pip = install_with(folder / "bin" / "python")
        call([*pip, "--require-hashes", "-r", str(requirements)])
        stamp.write_text(wanted)


def prepare_environment(level: str) -> None:
    """Bring `.venv` to the level: nothing, the project only, more packages, or all anew."""
    wanted, found = target_stamp(), read_stamp()
    level = "test" if found.get("level") == "test" else level  # never take away
    if found == wanted | {"level": level}:
        return
    STAMP.unlink(missing_ok=True)
    same = all(found.get(key) == wanted[key] for key in ("root", "python", "locks"))
    if not same:
        say("making a virtual environment in .venv")
        call([sys.executable, "-m", "venv", "--clear", str(VENV)])
    pip = install_with(VENV / "bin" / "python")
    if not same or found["level"] != level:
        say(f"installing the locked requirements ({LOCKS[level]})")
        call([*pip, "--require-hashes", "-r", str(REQUIREMENTS / LOCKS[level])])
    call([*pip, "--no-build-isolation", "--editable", str(ROOT)])
    STAMP.write_text(json.dumps(wanted | {"level": level}))
    say("done")


def main() -> None:
    """Check the system first, since `.venv` may need it."""
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit("usage: bootstrap.py run|test")
    if missing := missing_packages(wanted_packages(sys.argv[1])):
        install_packages(missing)
    prepare_environment(sys.argv[1])
    if sys.argv[1] == "test":
        prepare_clients()


if __name__ == "__main__":
    main()
