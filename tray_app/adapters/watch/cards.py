"""Looks at a newly mounted drive, whether it is a card with photos, and which."""

import os
from pathlib import Path

from tray_app.core.cards import PHOTOS, Card
from tray_app.core.mounts import Mount

_BY_UUID = Path("/dev/disk/by-uuid")


def find_card(mount: Mount) -> Card | None:
    """Return the card mounted here; None: no card, or gone again. Reads the disk."""
    photos = f"{mount.point.rstrip('/')}/{PHOTOS}"
    if not os.path.isdir(photos):  # noqa: PTH112  a mount point may hold undecodable bytes
        return None
    name = os.path.basename(mount.point)  # noqa: PTH119  likewise
    try:
        return Card(_uuid(mount.source) or _likeness(mount, name), name, photos)
    except OSError:
        return None


def _uuid(source: str) -> str | None:
    """Find the file system's own number, which udev keeps as links to the device."""
    try:
        links = sorted(_BY_UUID.iterdir())
    except OSError:
        return None
    device = os.path.realpath(source)
    return next((link.name for link in links if os.path.realpath(link) == device), None)


def _likeness(mount: Mount, name: str) -> str:
    """Tell cards apart where there is no udev: by format, name and size."""
    size = os.statvfs(mount.point)
    return f"{mount.kind} {name} {size.f_blocks * size.f_frsize}"
