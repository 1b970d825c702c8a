"""Rows that the window lists: runs, files, failures, folders; frozen, newest first.

Paths are exact, with undecodable bytes surrogate-escaped; whoever shows one makes it readable.
"""

from datetime import datetime

import msgspec

from tray_app.core.ledger import Held

# Where a row stands in its order; whoever lists hands it back to get what follows.
Cursor = tuple[str | bytes | int, ...]


class RunRow(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One run that ended; counts are files, `bytes_sent` those of their bodies.

    `outcome` is one of `core.run.Outcome`, `reason` says why it ended early.
    """

    cursor: Cursor
    started_at: datetime
    ended_at: datetime
    outcome: str
    completed: int = 0
    duplicates: int = 0
    failed: int = 0
    skipped: int = 0
    bytes_sent: int = 0
    reason: str = ""


class FileRow(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One file of this computer whose bytes the server has confirmed, `at` when; `size` bytes."""

    cursor: Cursor
    path: str
    size: int
    at: datetime
    held: Held


class FailedRow(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One file that is not backed up. `file_id` None: a folder that cannot be read.

    `next_attempt_at` None: only when a person asks.
    """

    cursor: Cursor
    file_id: int | None
    path: str
    reason: str
    remedy: str
    status: int | None = None
    attempts: int = 0
    since: datetime
    next_attempt_at: datetime | None = None


class FolderRow(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A chosen folder: how many of its files stand where; `failed` are among the `pending`.

    `unavailable` says why it cannot be looked at now, "" when it can.
    """

    path: str
    enabled: bool
    backed_up: int = 0
    pending: int = 0
    failed: int = 0
    unavailable: str = ""


class Span(msgspec.Struct, frozen=True):
    """A time from `start` to `end`, both included and aware."""

    start: datetime
    end: datetime
