"""Build wheel, sdist, folder, archive and .deb twice, in two places; exit 1 where they differ."""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from package import ROOT, epoch


def build(into: Path, seed: str, when: str) -> dict[str, str]:
    """Build all into a folder and return a hash for each file."""
    env = os.environ | {"SOURCE_DATE_EPOCH": when, "PYTHONHASHSEED": seed}
    for words in (
        ["-m", "build", "--no-isolation", "--outdir", into],
        ["packaging/package.py", "--into", into],
    ):
        subprocess.run([sys.executable, *words], cwd=ROOT, env=env, check=True, stdout=sys.stderr)
    return {str(path.relative_to(into)): mark(path) for path in into.rglob("*")}


def mark(path: Path) -> str:
    """Return what must be equal: permissions, and where a link leads or the bytes."""
    if path.is_symlink():
        return f"link {path.readlink()}"
    content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
    return f"{path.stat().st_mode:o} {content}"


def main() -> None:
    """Compare two builds."""
    when = str(epoch())  # once: a commit during the builds changes nothing
    with (
        tempfile.TemporaryDirectory(prefix="immich-tray-a") as a,
        tempfile.TemporaryDirectory(prefix="immich-tray-another-") as b,
    ):
        first, second = build(Path(a), "1", when), build(Path(b), "2", when)
    differing = sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )
    for name in differing:
        print(f"differs: {name}")
    print(f"{len(first)} files and folders, {len(differing)} differ")
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
