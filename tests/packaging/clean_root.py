"""A Debian that nobody has touched: made once by debootstrap, copied for each trial."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SUITE = "bookworm"
KEPT = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "immich-tray-tests"
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8"}
APT = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-y", "--no-install-recommends")

# What desktops start programs by, from the menu and at login; nothing that Qt needs.
DESKTOP = ("libglib2.0-bin", "systemd")


def mirror() -> str:
    """The address from which this computer takes Debian."""
    files = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*.*")]
    text = "\n".join(path.read_text() for path in files if path.is_file())
    found = re.search(r"^(?:URIs:|deb(?: \[.*?\])?) *(\S+)", text, re.MULTILINE)
    return found[1]


def bare() -> Path:
    """The folder with the smallest Debian; made where it is not there yet."""
    kept = KEPT / SUITE
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            made = Path(folder, SUITE)
            words = ["debootstrap", "--variant=minbase", "--include=ca-certificates", SUITE]
            heard([*words, made, mirror()], timeout=1200)
            made.rename(kept)
    return kept


def heard(words: Sequence[str | Path], *, status: int = 0, **options: Any) -> str:
    """What a command said; AssertionError with all of it where it ended otherwise."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    ended = subprocess.run(words, check=False, **pipes, **options)
    assert ended.returncode == status, f"{words} ended with {ended.returncode}:\n{ended.stdout}"
    return ended.stdout


@contextmanager
def copied() -> Iterator[Path]:
    """A root to be used up; not below /tmp, which the trial covers with one of its own."""
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="immich-tray-root-") as folder:
        root = Path(folder, "root")
        subprocess.run(["cp", "-a", bare(), root], check=True, timeout=300)
        shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
        for path in Path("/etc/apt/apt.conf.d").glob("*proxy*"):
            shutil.copy(path, root / "etc" / "apt" / "apt.conf.d")
        (root / "etc/dpkg/dpkg.cfg.d/fast").write_text("force-unsafe-io\n")  # it lives but minutes
        yield root


def download(root: Path, *packages: str) -> None:
    """Fetch packages and all they depend on, for a later installation without a network."""
    for words in (["update"], ["install", "--download-only", *packages]):
        script = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'
        enter = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script]
        heard([*enter, root, *APT, *words], env=QUIET, timeout=900)


def inside(
    root: Path,
    words: Sequence[str],
    env: dict[str, str] = QUIET,
    *,
    text: str = "",
    seconds: float = 300,
    status: int = 0,
) -> str:
    """Run a command in the root; what it said."""
    return heard(["chroot", root, *words], status=status, env=env, input=text, timeout=seconds)


def repacked(deb: Path, version: str, into: Path) -> Path:
    """The same package under another version."""
    with tempfile.TemporaryDirectory(dir=into) as folder:
        subprocess.run(["dpkg-deb", "-R", deb, folder], check=True)
        control = Path(folder, "DEBIAN", "control")
        text = re.sub(r"(?m)^Version: .*", f"Version: {version}", control.read_text())
        control.write_text(text)
        made = into / f"immich-tray_{version}_amd64.deb"
        words = ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", folder, made]
        heard(words)
    return made
