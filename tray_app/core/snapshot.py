"""What the program is doing, as one frozen value that every view is drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tray_app.core.errors import Need
from tray_app.core.sync_schedule import SyncState


class Phase(StrEnum):
    """What a run is doing; the words a person sees are made from it in `ui/view.py`."""

    STOPPED = "stopped"
    IDLE = "idle"
    DELAYED = "delayed"
    CONNECTING = "connecting"
    SCANNING = "scanning"
    HASHING = "hashing"
    UPLOADING = "uploading"
    VERIFYING = "verifying"
    PAUSED = "paused"
    WAITING = "waiting"
    COOLING_DOWN = "coolingDown"
    NEEDS_USER = "needsUser"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class UploadState:
    """Progress of a run in the requirement's fields; files, bytes and percent (0-100).

    `total_count == completed_count + duplicate_count + failed_count + remaining`.
    """

    total_count: int = 0
    completed_count: int = 0
    duplicate_count: int = 0
    failed_count: int = 0
    current_file: str = ""
    current_progress: int = 0
    bytes_sent: int = 0
    bytes_hashed: int = 0
    hashed_count: int = 0
    to_hash_count: int = 0

    @property
    def remaining(self) -> int:
        """Files of this run that have no outcome yet."""
        return self.total_count - self.completed_count - self.duplicate_count - self.failed_count


@dataclass(frozen=True, slots=True)
class Overview:
    """What the database says of the signed-in account, without asking the server.

    Counts are files of this computer; `trashed` and `missing` of those backed up before.
    `retry_at`: when the first of the failed files may be tried again by itself.
    `note`: that the database had been damaged and was built anew. `set_up` False: a person has
    to sign in, or left the onboarding before its end.
    """

    pending: int = 0
    failed: int = 0
    backed_up: int = 0
    trashed: int = 0
    missing: int = 0
    last_success: datetime | None = None
    last_sync: datetime | None = None
    backup_failed_since: datetime | None = None
    retry_at: datetime | None = None
    server_url: str = ""
    account_name: str = ""
    note: str = ""
    set_up: bool = True


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole state a person may see.

    `reasons` are finished sentences: why it waits, pauses, cools down or failed.
    `resume_at`: when a delay, a pause or a cooling down ends. `automatic`: the service is on.
    `asked`: a person asked for the present run. `costly`: it waits for nothing but a network that
    costs nothing, so "Upload anyway" would let it go. `run_number` counts the runs that ended and
    `last_run` is what came of the newest, as `backup --json` says it.
    `told`: what came of what a person asked for last, in sentences, until the next run begins.
    `pending`: files known and not backed up. `missing`: files backed up before whose asset is
    gone from the server (None: not counted); a person decides whether they are sent again.
    `backed_up`: files of the enabled folders that the server has confirmed, None: not counted.
    `last_sync`: when the library was last brought up to date; `sync`: how that is going, None
    while nobody is signed in for whom it would be.
    `notes`: finished sentences about what is worth knowing and holds nothing up. `set_up` as in
    `Overview`.
    """

    phase: Phase = Phase.STOPPED
    reasons: tuple[str, ...] = ()
    need: Need | None = None
    upload: UploadState = field(default_factory=UploadState)
    resume_at: datetime | None = None
    automatic: bool = False
    asked: bool = False
    costly: bool = False
    run_number: int = 0
    last_run: Mapping[str, object] | None = None
    told: tuple[str, ...] = ()
    pending: int = 0
    failed: int = 0
    missing: int | None = None
    backed_up: int | None = None
    last_success: datetime | None = None
    last_sync: datetime | None = None
    sync: SyncState | None = None
    backup_failed_since: datetime | None = None
    server_url: str = ""
    account_name: str = ""
    set_up: bool = True
    notes: tuple[str, ...] = ()
