"""Which newly mounted volume is the card of a camera that a person should be asked about."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from tray_app.core.changes import below
from tray_app.core.mounts import Mount

PHOTOS = "DCIM"  # where cameras and phones put their pictures (JEITA CP-3461, "DCF")


class Card(NamedTuple):
    """A volume with photos. `identity`: the same wherever and whenever it is mounted."""

    identity: str
    name: str
    photos: str


def appeared(before: Iterable[Mount], after: Iterable[Mount]) -> tuple[Mount, ...]:
    """Return the drives that were not mounted there before."""
    old = {(mount.point, mount.device) for mount in before}
    new = {mount.point: mount for mount in after if mount.may_be_a_card}
    return tuple(mount for mount in new.values() if (mount.point, mount.device) not in old)


def worth_offering(card: Card, offered: Collection[str], folders: Iterable[str]) -> bool:
    """Tell whether to ask: once for each card, and not about what is backed up anyway."""
    return card.identity not in offered and not any(below(card.photos, one) for one in folders)
