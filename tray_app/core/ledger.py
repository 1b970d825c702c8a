"""Frozen values of what is remembered about outcomes."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from tray_app.core.dates import is_recent

AUDIT_EVERY = timedelta(days=1)  # even while every run has something to send


class Held(StrEnum):
    """How the server holds bytes of ours."""

    UPLOADED = "uploaded"
    DUPLICATE = "duplicate"
    TRASHED = "trashed"
    MISSING = "missing"


class Kept(StrEnum):
    """Why a file is not uploaded although the server does not hold it."""

    DELETED = "deleted"  # there, or it is in its trash
    TRASHED = "trashed"
    MISSING = "missing"


class KeptBack(NamedTuple):
    """A file of this computer that is not uploaded until a person asks."""

    path: str
    sha1: bytes
    why: Kept


class Confirmation(NamedTuple):
    """The server reported our SHA-1 under this id; `album`: where the asset shall go."""

    sha1: bytes
    remote_id: str
    state: Held
    album: str | None = None
    sidecar_mtime_ns: int | None = None


class Known(NamedTuple):
    """An asset that needs no upload, and since when we know.

    `held`: the server has it, as far as we know; False: it is in the trash, deleted or missing.
    """

    remote_id: str
    since: datetime
    held: bool = True


class Audit(NamedTuple):
    """A confirmation to be asked about again."""

    sha1: bytes
    remote_id: str
    state: str


def audit_is_due(last: str | None, now: datetime) -> bool:
    """Tell whether it is time to ask again about what was backed up; `last` as remembered."""
    return last is None or not is_recent(datetime.fromisoformat(last), now, AUDIT_EVERY)


class Counts(NamedTuple):
    """Files of this computer by where they stand; `failed` are among the pending."""

    pending: int
    failed: int
    backed_up: int
    trashed: int
    missing: int


class FailureRecord(NamedTuple):
    """Why a file is parked; `next_attempt_at` None: only when a person asks."""

    file_id: int
    reason: str
    remedy: str
    status: int | None
    attempts: int
    next_attempt_at: datetime | None


class RunRecord(NamedTuple):
    """One run for the history; `summary` holds the counts of the `--json` output."""

    started_at: datetime
    ended_at: datetime
    outcome: str
    success: bool
    failing: bool
    summary: dict[str, object]
