"""The .deb in a Debian that nobody has touched: installed, used, upgraded, removed (issue 8)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging import clean_root

ROOT = Path(__file__).parents[2]
TOOLS = ("debootstrap", "unshare", "chroot", "dpkg-deb", "ip")
PRIVATE = ("--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc")
LIFE = """
set -e
ip link set lo up
mount -t tmpfs tmpfs /tmp
for place in tmp proc dev; do mount --rbind "/$place" "$1/$place"; done
exec "$0" -m tests.packaging.life_of_a_deb "$1"
"""

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(
        os.geteuid() != 0 or not all(map(shutil.which, TOOLS)), reason="needs root and debootstrap"
    ),
]


@pytest.fixture
def deb(tmp_path):
    """The package of this commit; IMMICH_TRAY_DEB names one that is built already."""
    if given := os.environ.get("IMMICH_TRAY_DEB"):
        return Path(given)
    words = [sys.executable, "packaging/package.py", "--into", tmp_path]
    subprocess.run(words, cwd=ROOT, check=True, timeout=1800)
    return next(tmp_path.glob("*.deb"))


def test_installed_used_upgraded_and_removed(deb):
    with clean_root.copied() as root:
        clean_root.repacked(deb, "0.0.1", root).rename(root / "before.deb")
        shutil.copy(deb, root / "now.deb")
        clean_root.download(root, "/before.deb", *clean_root.DESKTOP)
        words = ["unshare", *PRIVATE, "sh", "-c", LIFE, sys.executable, root]
        sys.stdout.write(clean_root.heard(words, cwd=ROOT, timeout=1800))
