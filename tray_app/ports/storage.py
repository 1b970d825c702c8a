"""What the engine asks of `backup.db`; contracts are those of `adapters.sqlite`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from tray_app.core.asset import Failure, LocalFile, PlannedFile, Stamp
from tray_app.core.ledger import Audit, Confirmation, Counts, FailureRecord, Held, Known, RunRecord
from tray_app.core.listing import FolderListing
from tray_app.core.verify import Past, Record


class Index(Protocol):
    """Files of this computer and what is known of their bytes."""

    async def begin_scope(self) -> None:
        """Forget which folders the last run looked at."""
        ...

    async def reconcile(self, listings: Sequence[FolderListing], *, whole: bool = True) -> int:
        """Make the index equal to what was seen; returns how many files are new or changed."""
        ...

    async def forget_unseen(self, root: str, kept: Sequence[str]) -> None:
        """Mark files of folders below `root` outside the scope absent, except below `kept`."""
        ...

    async def subfolders(self, folder: str) -> frozenset[str]:
        """Return the folders right below `folder` that were seen and whose files have not gone."""
        ...

    async def widen_scope(self, root: str) -> None:
        """Put every known folder of `root` into the scope as it was last seen."""
        ...

    async def unreadable_below(self, root: str) -> list[tuple[str, str]]:
        """List path and reason of the folders of `root` that could not be read when last tried."""
        ...

    async def known_below(self, root: str) -> int:
        """Count the files last seen in or below `root`."""
        ...

    async def restamp(self, file: LocalFile, stamp: Stamp) -> None:
        """Record that a file has changed; its checksum is unknown again."""
        ...

    async def mark_absent(self, file_id: int) -> None:
        """Record that a file has gone."""
        ...

    async def save_hashes(self, files: Sequence[LocalFile]) -> None:
        """Store what hashing told about each file; one commit for all."""
        ...


class Plan(Protocol):
    """The queue of a run, page by page."""

    async def make(self, due: datetime) -> int:
        """Plan what is in scope; parked files whose next attempt is at or before `due` too."""
        ...

    async def page(self, after: int, size: int) -> list[PlannedFile]:
        """Return the next files behind position `after`."""
        ...

    async def parked(self) -> list[Failure]:
        """List the files of the scope that failed before and are not due in this plan."""
        ...


class Ledger(Protocol):
    """Outcomes of one account."""

    async def known(self, checksums: Sequence[bytes]) -> dict[bytes, Known]:
        """Return those checksums that need no upload: confirmed, or deleted on the server."""
        ...

    async def confirm(self, confirmations: Iterable[Confirmation], at: datetime) -> None:
        """Record that the server holds these bytes; earlier failures of them are over."""
        ...

    async def note_sent(self, sent: Mapping[bytes, int | None]) -> None:
        """Remember what was sent and is not confirmed, with the mtime of each one's sidecar."""
        ...

    async def sent(self) -> dict[bytes, int | None]:
        """Return what earlier runs sent and could not see confirmed."""
        ...

    async def wanted(self) -> set[bytes]:
        """Return what a person wants on the server again and it does not hold yet."""
        ...

    async def join_albums(self, moved: Iterable[Confirmation]) -> None:
        """Queue assets that are backed up already for an album, nothing else."""
        ...

    async def audited(self, answers: Iterable[tuple[bytes, str, Held]], at: datetime) -> None:
        """Record what the server said of confirmations when asked again."""
        ...

    async def changed_sidecars(self) -> int:
        """Count photos we sent whose XMP sidecar is new or changed since."""
        ...

    async def fail(self, record: FailureRecord, at: datetime) -> None:
        """Park a file with its reason."""
        ...

    async def free_large(self, at: datetime) -> None:
        """Make files due that waited because an address refused their size (413)."""
        ...

    async def failures(self, limit: int = -1) -> list[Failure]:
        """List the files that are there and failed, newest failure first."""
        ...

    async def oldest_checked(self, limit: int, before: datetime) -> list[Audit]:
        """Return backed-up files that are still here and were longest not asked about."""
        ...

    async def counts(self) -> Counts:
        """Count the files of this computer."""
        ...

    async def fact(self, key: str) -> str | None:
        """Read a remembered value."""
        ...

    async def remember(self, key: str, value: str | None) -> None:
        """Keep a value under a key, or with None forget it."""
        ...

    async def end_run(self, record: RunRecord) -> None:
        """Write the history and what follows from it: last success, failing since."""
        ...


class Voucher(Protocol):
    """What the library of the server, as it was last synced, knows of one account's files.

    One that is missing, not whole, too old or somebody else's knows nothing.
    """

    async def adopt(self, at: datetime, checksums: Collection[bytes] | None = None) -> int:
        """Confirm what the server holds; None: of all in the plan. Returns how many are new."""
        ...

    async def ids(self, at: datetime, checksums: Collection[bytes]) -> dict[bytes, str]:
        """Return under which id the server holds which of these."""
        ...

    async def lacking(self, at: datetime, limit: int) -> list[Audit]:
        """Return what is called backed up and is not in the library."""
        ...


class Records(Protocol):
    """What is known of files and bytes, for a look that changes nothing."""

    async def files(self, paths: Sequence[str]) -> Sequence[Record]:
        """Return what the index has of these files, in their order."""
        ...

    async def pasts(self, checksums: Sequence[bytes]) -> dict[bytes, Past]:
        """Return which of these were backed up once, and what became of them."""
        ...


class AlbumQueue(Protocol):
    """Assets that wait to be put into albums."""

    async def names(self) -> list[str]:
        """Return the albums that have waiting assets."""
        ...

    async def waiting(self, name: str, limit: int) -> list[str]:
        """Return ids of assets that wait for this album."""
        ...

    async def done(self, name: str, asset_ids: Sequence[str]) -> None:
        """Take assets off the list."""
        ...

    async def remote_id(self, name: str) -> str | None:
        """Return the album this name was linked to."""
        ...

    async def link(self, name: str, remote_id: str | None) -> None:
        """Remember, or with None forget, which album a name means."""
        ...


class SizeLimits(Protocol):
    """Upload sizes that an address has refused."""

    async def known(self, address: str, since: datetime) -> int | None:
        """Return the smallest refused size in bytes learned after `since`."""
        ...

    async def learn(self, address: str, size: int, at: datetime) -> None:
        """Remember a refused size in place of an older one."""
        ...
