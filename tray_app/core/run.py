"""What a run is asked to do, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tray_app.core.asset import Failure
from tray_app.core.changes import EVERYWHERE, Folders
from tray_app.core.conditions import Blocker
from tray_app.core.errors import Need
from tray_app.core.listing import Skip
from tray_app.core.setting_specs import AlbumMode
from tray_app.core.snapshot import UploadState


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How to run. Seconds, bytes a second.

    `concurrency` None: find the best. `bandwidth` 0: no cap. `quiet`: how long a file must be
    unchanged. `patience`: how long the server may be in trouble before the run gives up.
    `retry_parked`: a person asked, so parked files are tried before their time. `folders`: only
    these have changed (None: anything may have); the rest counts as it was last seen. `near`: an
    address of the server in one's own network, for which files wait that are too large for the
    proxy before the other.
    """

    concurrency: int | None = None
    highest_concurrency: int = 8
    bandwidth: int = 0
    album_mode: AlbumMode = AlbumMode.OFF
    album_name: str = ""
    quiet: float = 2.0
    patience: float = 120.0
    retry_parked: bool = True
    dry_run: bool = False
    folders: Folders = EVERYWHERE
    near: str = ""


class Outcome(StrEnum):
    """How a run ended."""

    DONE = "done"
    NEEDS_USER = "needsUser"
    TROUBLE = "trouble"
    STOPPED = "stopped"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What a run did; `reason` and `remedy` say why it ended early.

    `notes`: things a person should know that are no failure of a file.
    `found`: supported files in the folders, new or not. `unavailable`: folders that could not be
    looked at. `trashed`, `missing`: backed-up files whose asset is in the server's trash or gone.
    Of `skipped_count`, `excluded` were left out by a rule (a folder counts once) and `kinds` says
    how many have which extension that the server does not take.
    `portal`: a login page of the network answered in place of the server. `blockers`: the
    conditions that a waiting run waits for.
    """

    outcome: Outcome
    upload: UploadState
    seconds: float
    skipped_count: int = 0
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skip, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""
    remedy: str = ""
    need: Need | None = None
    trashed: int = 0
    missing: int = 0
    found: int = 0
    unavailable: int = 0
    checked: int = field(default=0)
    excluded: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    portal: bool = False
    blockers: tuple[Blocker | None, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the object of `backup --json` (design section 4).

        A run that ended early also says why, as `error` and `remedy`.
        """
        early = {"error": self.reason, "remedy": self.remedy} if self.reason else {}
        return {
            **early,
            "totalCount": self.upload.total_count,
            "completedCount": self.upload.completed_count,
            "duplicateCount": self.upload.duplicate_count,
            "failedCount": self.upload.failed_count,
            "skippedCount": self.skipped_count,
            "bytesSent": self.upload.bytes_sent,
            "bytesHashed": self.upload.bytes_hashed,
            "seconds": round(self.seconds, 3),
            "failures": [
                {"path": f.path, "reason": f.reason, "status": f.status} for f in self.failures
            ],
        }


def nothing_done(
    outcome: Outcome,
    reason: str = "",
    remedy: str = "",
    need: Need | None = None,
    blockers: tuple[Blocker | None, ...] = (),
) -> RunResult:
    """Return the result of a run that never began."""
    return RunResult(
        outcome=outcome,
        upload=UploadState(),
        seconds=0.0,
        reason=reason,
        remedy=remedy,
        need=need,
        blockers=blockers,
    )
