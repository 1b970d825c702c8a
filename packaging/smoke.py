"""Build the sdist and the wheel, install the wheel in a new environment, and try it there.

Usage: `.venv/bin/python packaging/smoke.py`. The trial runs in an empty folder with an empty
environment, so that nothing of this source tree can be imported by accident.
"""

import os
import re
import subprocess
import sys
import tarfile
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARE = ROOT / "packaging"
PROBE = ROOT / "packaging" / "smoke_probe.py"
LOCK = ROOT / "packaging" / "requirements" / "demo.txt"
DEBIAN_PYTHON = Path("/usr/bin/python3")  # its pip (23.0 on Debian 12) is the oldest we promise


def call(command: Sequence[str | Path], cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    """Return the command's output; when it fails, show all that it said and exit 1."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.stderr.write(done.stdout + done.stderr)
        sys.exit(f"smoke: failed with status {done.returncode}: {' '.join(map(str, command))}")
    return done.stdout


def build(into: Path) -> Path:
    """Build the sdist and, from it alone, the wheel; the wheel's path."""
    for old in into.glob("immich_tray-*"):
        old.unlink()
    call([sys.executable, "-m", "build", "--no-isolation", "--outdir", into])
    return next(into.glob("*.whl"))


def make_environment(into: Path) -> None:
    """Make a virtual environment with Debian's own Python where it can, else with this one."""
    probe = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"
    ready = DEBIAN_PYTHON.exists() and subprocess.run(
        [DEBIAN_PYTHON, "-c", probe], capture_output=True, check=False
    )
    if ready and ready.returncode == 0:
        call([DEBIAN_PYTHON, "-m", "venv", into])
    else:
        venv.create(into, with_pip=True)


def install(wheel: Path, into: Path) -> None:
    """Install the locked requirements, then the wheel with its extra, which must want no more."""
    make_environment(into)
    pip = [
        into / "bin" / "python",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
    ]
    call([*pip, "--no-compile", "--require-hashes", "-r", LOCK])
    call([*pip, "--no-index", f"{wheel}[demo]"])
    print(f"smoke: installed by {call([into / 'bin' / 'pip', '--version']).split(' from ')[0]}")


def data_files() -> list[str]:
    """List what the wheel must carry beside its modules, relative to the package."""
    package, art = ROOT / "tray_app", ROOT / "resources"
    files = [file.relative_to(package) for file in package.rglob("*.*") if file.suffix != ".py"]
    files += [Path("resources", file.relative_to(art)) for file in art.rglob("*.*")]
    return sorted(str(file) for file in files if "__pycache__" not in file.parts)


def commands(helped: str) -> list[str]:
    """Return the names that `--help` lists."""
    return re.findall(r"^  ([a-z-]+) {2,}", helped.partition("Commands:")[2], re.MULTILINE)


def check_sdist(sdist: Path) -> None:
    """Check that the sdist has every file that Git keeps of what it shall carry."""
    if not (ROOT / ".git").exists():
        return
    kept = call(["git", "ls-files", "-z", "tray_app", "resources", "tests", "packaging", "docs"])
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    if missing := [name for name in kept.split("\0") if name and name not in held]:
        sys.exit(f"smoke: the sdist lacks {', '.join(missing)}")


def try_out(environment: Path, empty: Path) -> None:
    """Check that the commands answer and every module imports, with the source out of reach."""
    plain = {"PATH": os.defpath, "HOME": str(empty), "QT_QPA_PLATFORM": "offscreen"}
    command = environment / "bin" / "immich-tray"
    for file in (SHARE / "share").rglob("*immich-tray*"):
        if not (environment / file.relative_to(SHARE)).is_file():
            sys.exit(f"smoke: the wheel does not install {file.relative_to(SHARE)}")
    version = call([command, "--version"], empty, plain)
    for name in commands(call([command, "--help"], empty, plain)):
        call([command, name, "--help"], empty, plain)
    python = [environment / "bin" / "python", "-I", "-W", "error"]
    found = call([*python, PROBE, *data_files()], empty, plain)
    print(f"smoke: {version.strip()}: {found.strip()}")
    home = {"IMMICH_TRAY_HOME": str(empty / "home"), "LANG": "C.UTF-8"}
    told = call([command, "demo", "--headless"], empty, plain | home)
    if "Everything is backed up." not in told:
        sys.exit(f"smoke: the demo of the installed wheel says:\n{told}")
    print("smoke: the demo of the installed wheel backed everything up")


def main() -> None:
    """Build, install, try; leaves the two packages in dist/."""
    wheel = build(ROOT / "dist")
    check_sdist(next((ROOT / "dist").glob("*.tar.gz")))
    with tempfile.TemporaryDirectory(prefix="immich-tray-smoke-") as name:
        environment, empty = Path(name, "venv"), Path(name, "empty")
        empty.mkdir()
        install(wheel, environment)
        try_out(environment, empty)


if __name__ == "__main__":
    main()
