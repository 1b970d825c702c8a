"""What a sync asks of the server's change stream and of `library.db`."""

from collections.abc import AsyncGenerator, Collection, Sequence
from datetime import datetime
from typing import Protocol

from tray_app.core.server import ServerVersion
from tray_app.core.sync.batch import Batch
from tray_app.core.sync.removals import Burial, Gone, Memory
from tray_app.core.sync.standing import Applied, LibraryCounts, Owner


class Changes(Protocol):
    """The change stream of one session (protocol section 4)."""

    @property
    def address(self) -> str:
        """The base URL in use, for messages."""
        ...

    async def version(self) -> ServerVersion:
        """Ask `server/version`."""
        ...

    def stream(self, types: Sequence[str], *, reset: bool) -> AsyncGenerator[Batch, None]:
        """Yield stretches of whole lines up to the end of the stream.

        `reset`: the server forgets first what we acknowledged. Raises StreamSilent when it
        opens and nothing comes, StreamCut when it breaks off, TryLater for content that no
        Immich sends; NeedsUser(SIGN_IN, VERSION).
        """
        ...

    async def acknowledge(self, acks: Sequence[str]) -> None:
        """Move the checkpoints of this session, in this order."""
        ...


class Library(Protocol):
    """The mirror of the server; contracts are those of `adapters.sqlite.library`."""

    async def owner(self, now: datetime) -> Owner | None:
        """Return whose rows these are; None: empty, or too long ago to be gone on with."""
        ...

    async def apply(self, batch: Batch, now: datetime, *, begin: Owner | None = None) -> Applied:
        """Store a stretch in one transaction."""
        ...

    async def counts(self) -> LibraryCounts:
        """Count what a person asks about."""
        ...


class Removals(Protocol):
    """What `library.db` knows of own assets that left the server."""

    async def gone(self) -> Gone:
        """Return what the server deleted or lost, until `forget`, and what is in its trash."""
        ...

    async def live(self, checksums: Collection[bytes]) -> set[bytes]:
        """Return those that an own asset has which is not in the trash."""
        ...

    async def forget(self, remote_ids: Sequence[str]) -> None:
        """Drop removals that the backup knows of now."""
        ...


class Tombstones(Protocol):
    """What `backup.db` keeps from being uploaded again."""

    async def memory(self, remote_ids: Sequence[str]) -> Memory:
        """Return what is buried, what is wanted, and what we had under these ids."""
        ...

    async def change(self, burial: Burial, at: datetime) -> None:
        """Carry a decision out in one transaction."""
        ...
