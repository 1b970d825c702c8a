"""Frozen values of what is known about the library and of what a sync did."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

# The server forgets deletions after 31 days, and has us start anew only where a stream was once
# acknowledged to its end (protocol 4.5, 4.6): before that we do it ourselves.
MAX_ABSENCE = timedelta(days=25)

# With an API key: details that show in no list are searched for, and everything is read again,
# when the last time is so long ago.
DETAILS_EVERY = timedelta(hours=1)
FULL_EVERY = timedelta(days=7)
# A sync that finds nothing new writes nothing, but for this note of when the library was read.
NOTED_EVERY = timedelta(hours=1)


class Owner(NamedTuple):
    """Whose library it is; `session` tells sign-ins apart, whose checkpoints differ."""

    user_id: str
    session: str


class Applied(NamedTuple):
    """What one batch did: rows whose content changed, and rows taken away."""

    upserted: int = 0
    deleted: int = 0


class Known(NamedTuple):
    """What is stored of a resource: its tag, and its body where that is kept."""

    etag: str | None = None
    body: bytes | None = None


class Place(NamedTuple):
    """A month of a list of the timeline; `etag` None: it has to be read."""

    id: int
    month: str
    etag: str | None


class Since(NamedTuple):
    """How far the details are: all changes before `details` of the server's clock are known.

    `full`: everything is read again. `asked`: when changes were last searched for, our clock.
    """

    full: bool
    details: datetime | None
    asked: datetime | None


class LibraryCounts(NamedTuple):
    """`assets`: own rows, trashed and hidden included. `partners`: people, either direction."""

    assets: int
    albums: int
    users: int
    partners: int


class SyncMode(StrEnum):
    """How the server is asked for changes."""

    STREAM = "stream"
    ETAG = "etag"


class SyncResult(NamedTuple):
    """One finished sync; `unknown` lines were of types this program does not know.

    `missing`: permissions that the API key lacks; what they stand for is as old as it was.
    """

    mode: SyncMode
    applied: Applied
    counts: LibraryCounts
    seconds: float
    not_modified: int = 0
    unknown: int = 0
    missing: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the object of `sync --json` (design section 4)."""
        return {
            "mode": self.mode.value,
            "upserted": self.applied.upserted,
            "deleted": self.applied.deleted,
            **self.counts._asdict(),
            "notModified": self.not_modified,
            "seconds": round(self.seconds, 3),
        }
