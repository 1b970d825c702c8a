"""Build what people install on Linux: the folder, its archive and the Debian package.

Usage: `make package`, or `packaging/package.py [--into DIR]`. In DIR (dist/) come to lie
`immich-tray/`, `immich-tray-VERSION-linux-ARCH.tar.xz` and `immich-tray_VERSION_ARCH.deb`. Two
builds of one commit are equal: times are the commit's, orders are sorted (`make reproducible`).
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements" / "package.txt"
TOOLS = ROOT / ".build" / "package-venv"
SPEC = ROOT / "packaging" / "freeze" / "immich-tray.spec"
LINUX = ROOT / "packaging" / "linux"
# Stripping these would break them: the tool that prepared them moved their sections.
NOT_STRIPPED = ("PySide6", "shiboken6")
DEBIAN_HAS = re.compile(r"lib(ssl|crypto|ffi|sqlite3|bz2|lzma|uuid|z|expat|mpdec|xcb-[a-z-]+)\.so")
OPTIONAL = frozenset({"libqgtk3.so"})  # GTK's looks, where there is GTK: Qt goes on without
# Opened by name while running, so that no file says that it is needed.
OPENED_LATER = ("libegl1", "libgl1")
NAME = "immich-tray"
MOST_INSTALLED, MOST_TO_DOWNLOAD = 160e6, 60e6  # bytes


def version() -> str:
    """Return the version of the program."""
    text = (ROOT / "tray_app" / "__init__.py").read_text()
    return re.search(r'__version__ = "(.+)"', text)[1]  # type: ignore[index]


def epoch() -> int:
    """Return the seconds that every built file carries: those of the commit."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    said = call(["git", "log", "-1", "--format=%ct"])
    return int(said)


def call(command: Sequence[str | Path], env: dict[str, str] | None = None) -> str:
    """Return the command's output; when it fails, show all that it said and exit 1."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.stderr.write(done.stdout + done.stderr)
        sys.exit(f"package: failed with status {done.returncode}: {' '.join(map(str, command))}")
    return done.stdout


def prepare() -> Path:
    """Make the environment with PyInstaller where it is not there yet; its Python."""
    stamp, python = TOOLS / "lock", TOOLS / "bin" / "python"
    if not stamp.exists() or stamp.read_bytes() != LOCK.read_bytes():
        call([sys.executable, "-m", "venv", "--clear", TOOLS])
        pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        call([*pip, "--require-hashes", "--no-deps", "-r", LOCK])
        stamp.write_bytes(LOCK.read_bytes())
    return python


def freeze(into: Path) -> Path:
    """Build the folder; nothing in it depends on when or where that was."""
    env = os.environ | {"SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "1"}
    words = [prepare(), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
    words += ["--workpath", into / "work", "--distpath", into, SPEC]
    call(words, env)
    shutil.rmtree(into / "work")
    folder = into / NAME
    for path in files_of(folder):
        if not any(part in NOT_STRIPPED for part in path.parts) and is_library(path):
            call(["strip", "--strip-unneeded", path])
    settle(folder)
    return folder


def is_library(path: Path) -> bool:
    """Tell whether it is a shared library; our program itself carries an archive behind it."""
    return not path.is_symlink() and ".so" in path.name


def files_of(folder: Path) -> Iterator[Path]:
    """List files and links below a folder, always in the same order."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return iter(sorted(found))


def settle(folder: Path) -> None:
    """Give everything below the commit's time and plain permissions."""
    when = epoch()
    for path in sorted((folder, *folder.rglob("*"))):
        if not path.is_symlink():
            runs = path.is_dir() or bool(path.stat().st_mode & 0o100)
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)


def pack(folder: Path, into: Path) -> Path:
    """Write the folder as an archive to download."""
    path = into / f"{NAME}-{version()}-linux-{os.uname().machine}.tar.xz"

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        return member

    with tarfile.open(path, "w:xz", preset=6) as archive:
        archive.add(folder, NAME, recursive=False, filter=plain)
        for one in sorted(folder.rglob("*")):
            archive.add(one, f"{NAME}/{one.relative_to(folder)}", recursive=False, filter=plain)
    return path


def needed(folder: Path) -> set[str]:
    """Return the names of libraries that the folder wants from the system."""
    files = list(files_of(folder))
    ours = {path.name for path in files}
    wanted: set[str] = set()
    for path in files:
        if path.name not in OPTIONAL and (is_library(path) or path.name == NAME):
            said = call(["objdump", "-p", path])
            wanted |= set(re.findall(r"NEEDED +(\S+)", said))
    return wanted - ours


def packages_of(libraries: set[str]) -> list[str]:
    """Return the Debian packages that hold these libraries, by the system we build on."""
    cache = call(["/sbin/ldconfig", "-p"])
    where = dict(re.findall(r"^\s+(\S+) .*x86-64.* => (\S+)$", cache, re.MULTILINE)[::-1])
    found = set(OPENED_LATER)
    for name in sorted(libraries):
        if name not in where:
            sys.exit(f"package: {name} is needed and not on this system; install its package.")
        path = where[name]
        both = [path, os.path.realpath(path), os.path.realpath(path).removeprefix("/usr")]
        said = subprocess.run(
            ["dpkg-query", "-S", *both], capture_output=True, text=True, check=False
        ).stdout
        found |= {line.split(":")[0] for line in said.splitlines()}
    return sorted(found)


def glibc(folder: Path) -> str:
    """Return the oldest C library that runs the folder."""
    found = {(2, 36)}  # Debian 12, the oldest that we promise
    for path in files_of(folder):
        if is_library(path):
            said = call(["objdump", "-T", path])
            found |= {(2, int(minor)) for minor in re.findall(r"GLIBC_2\.(\d+)", said)}
    return ".".join(map(str, max(found)))


def debian(folder: Path, into: Path) -> Path:
    """Build the Debian package: the folder without what Debian itself keeps up to date."""
    root = into / "deb"
    shutil.rmtree(root, ignore_errors=True)
    home = root / "usr" / "lib" / NAME
    shutil.copytree(folder, home, symlinks=True)
    for path in list(files_of(home / "_internal")):
        if path.parent.name == "_internal" and DEBIAN_HAS.match(path.name):
            path.unlink()
    link(root / "usr" / "bin" / NAME, f"../lib/{NAME}/{NAME}")
    put_in_the_desktop(root / "usr" / "share")
    put(ROOT / "LICENSE", root / "usr" / "share" / "doc" / NAME / "copyright")
    control(root, home)
    settle(root)
    path = into / f"{NAME}_{version()}_amd64.deb"
    env = os.environ | {"SOURCE_DATE_EPOCH": str(epoch())}
    call(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, path], env)
    shutil.rmtree(root)
    return path


def put_in_the_desktop(share: Path) -> None:
    """Put menu entry, description, icon, manual and completions where desktops look for them."""
    put(LINUX / "immich-tray.desktop", share / "applications" / "immich-tray.desktop")
    meta = "io.github.immich_tray.ImmichTray.metainfo.xml"
    put(LINUX / meta, share / "metainfo" / meta)
    icon = ROOT / "resources" / "icons" / "app.svg"
    put(icon, share / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg")
    made = ROOT / "packaging" / "share"
    for source in files_of(made):
        put(source, share / source.relative_to(made))


def control(root: Path, home: Path) -> None:
    """Write what dpkg reads."""
    others = [one for one in packages_of(needed(home)) if one != "libc6"]
    size = sum(path.lstat().st_size for path in files_of(root)) // 1024
    text = (LINUX / "control").read_text()
    for script in ("prerm", "postinst"):
        put(LINUX / script, root / "DEBIAN" / script, mode=0o755)
    (root / "DEBIAN" / "control").write_text(
        text.format(
            version=version(),
            size=size,
            depends=", ".join([f"libc6 (>= {glibc(home)})", *others]),
        )
    )


def put(source: Path, target: Path, mode: int = 0o644) -> None:
    """Copy a file and make the folders above it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def link(path: Path, to: str) -> None:
    """Make a link and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(to)


def main() -> None:
    """Build all three and tell their sizes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--into", type=Path, default=ROOT / "dist")
    into = parser.parse_args().into.resolve()
    into.mkdir(parents=True, exist_ok=True)
    folder = freeze(into)
    size = sum(path.lstat().st_size for path in files_of(folder))
    tell(f"{folder.name}/", size, MOST_INSTALLED)
    for path in (pack(folder, into), debian(folder, into)):
        tell(path.name, path.stat().st_size, MOST_TO_DOWNLOAD)


def tell(name: str, size: int, most: float) -> None:
    """Print a size; exits with 1 where it is more than we promise."""
    print(f"{name} {size / 1e6:.0f} MB", flush=True)
    if size > most:
        sys.exit(f"package: {name} may have {most / 1e6:.0f} MB at most.")


if __name__ == "__main__":
    main()
