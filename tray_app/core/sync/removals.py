"""What the backup has to know of assets that left the server, decided from frozen values.

A delete event or the trash keeps a file from being uploaded again; an asset that is there, by a
restore or as another upload of the same bytes, lifts that. What is simply not there any more is
kept for a person to answer: the server may have been rolled back (design, "Settled details").
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple


class Removed(NamedTuple):
    """An own asset that the server no longer shows; `sha1` None: it was gone before we saw it."""

    remote_id: str
    sha1: bytes | None


class Gone(NamedTuple):
    """What the library tells after a sync: by delete events, in the trash, without a word."""

    deleted: tuple[Removed, ...] = ()
    trashed: tuple[Removed, ...] = ()
    vanished: tuple[Removed, ...] = ()


class Memory(NamedTuple):
    """What the backup knows: checksums by id, those with a tombstone, those wanted again.

    `lost`: those that were backed up and are in the trash or gone.
    """

    by_id: Mapping[str, bytes]
    buried: Collection[bytes]
    wanted: Collection[bytes]
    lost: Collection[bytes] = ()


class Burial(NamedTuple):
    """What changes in the backup, by checksum (and id).

    `bury` and `lift` tombstones; `miss`: gone without a word, for a person to answer;
    `free`: deleted, and a person wants it sent again; `granted`: what they wanted is there;
    `found`: what was lost is there again.
    """

    bury: dict[bytes, str]
    lift: frozenset[bytes]
    miss: dict[bytes, str]
    free: frozenset[bytes]
    granted: frozenset[bytes]
    found: frozenset[bytes]

    @property
    def checksums(self) -> frozenset[bytes]:
        """Return all that something changes for."""
        return frozenset().union(*self)

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return any(self)


def decide(gone: Gone, memory: Memory, live: Collection[bytes]) -> Burial:
    """Choose; `live`: those of all these checksums that the server holds all the same."""
    buried, wanted, here = frozenset(memory.buried), frozenset(memory.wanted), frozenset(live)
    deleted = _by_checksum(gone.deleted, memory.by_id)
    told = deleted | _by_checksum(gone.trashed, memory.by_id)
    vanished = _by_checksum(gone.vanished, memory.by_id)
    settled = buried | wanted | here
    return Burial(
        bury={sha1: remote for sha1, remote in told.items() if sha1 not in settled},
        lift=buried & here,
        miss={
            sha1: remote
            for sha1, remote in vanished.items()
            if sha1 not in settled and sha1 not in told
        },
        free=(wanted & frozenset(deleted)) - here,
        granted=wanted & here,
        found=frozenset(memory.lost) & here,
    )


def _by_checksum(removed: Iterable[Removed], known: Mapping[str, bytes]) -> dict[bytes, str]:
    return {
        sha1: gone.remote_id for gone in removed if (sha1 := gone.sha1 or known.get(gone.remote_id))
    }
