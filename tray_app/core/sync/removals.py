"""What the backup has to know of assets that left the server, decided from frozen values.

A delete event or the trash keeps a file from being uploaded again; an asset that is there, by a
restore or as another upload of the same bytes, lifts that (design, "Settled details").
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple


class Removed(NamedTuple):
    """An own asset that the server no longer shows; `sha1` None: it was gone before we saw it."""

    remote_id: str
    sha1: bytes | None


class Burial(NamedTuple):
    """Tombstones to set (checksum to id) and checksums whose tombstone has to go."""

    bury: dict[bytes, str]
    lift: frozenset[bytes]


def decide(
    removed: Iterable[Removed],
    remembered: Mapping[str, bytes],
    buried: Collection[bytes],
    live: Collection[bytes],
) -> Burial:
    """Choose tombstones.

    `remembered`: checksums of ids that our own records know. `buried`: checksums that have a
    tombstone now. `live`: those of them, and of the removed, that the server holds all the same.
    """
    wanted = {
        sha1: gone.remote_id
        for gone in removed
        if (sha1 := gone.sha1 or remembered.get(gone.remote_id))
    }
    known = frozenset(buried)
    return Burial(
        {sha1: remote for sha1, remote in wanted.items() if sha1 not in known and sha1 not in live},
        known & frozenset(live),
    )
