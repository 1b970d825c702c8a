"""What the tray shows, as a function of the snapshot; no widgets.

The words of a phase stand in `_status`, its picture in `icon_of`, what may be asked in `_menu`.
"""

import textwrap
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from pathlib import PurePath
from typing import assert_never

from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.ui import words
from tray_app.ui.language import localised, tr, trn

APP_NAME = "Immich Tray"
NAME_LIMIT = 40
MENU_LIMIT = 60
TOOLTIP_LIMIT = 240


class Icon(StrEnum):
    """The drawn states; each has an SVG of this name in `resources/icons/`."""

    IDLE = "idle"
    SYNCING = "syncing"
    WORKING = "working"
    PAUSED = "paused"
    WAITING = "waiting"
    NEEDS_USER = "needs-user"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TrayView:
    """Everything the tray draws.

    `percent`: 0-100 of the run for the ring, None where there is no measure. `tooltip` has
    lines; `status` and `detail` are two menu lines of at most `MENU_LIMIT` characters, `detail`
    empty when there is no more to tell. `can_*` enable or show the menu's entries; `paused` puts
    Resume in the place of Pause. `failed`: how many files are not backed up for a reason of theirs.
    """

    icon: Icon
    percent: int | None
    tooltip: str
    status: str
    detail: str
    can_back_up: bool
    can_pause: bool
    paused: bool
    can_open_immich: bool
    can_upload_anyway: bool
    can_set_up: bool = False
    failed: int = 0


def tray_view(snapshot: Snapshot, now: datetime, zone: tzinfo | None = None) -> TrayView:
    """Draw `snapshot` as seen at `now` (aware); times are told in `zone`, None: the computer's."""
    status = _status(snapshot, now, zone)
    first, detail = _menu_lines(snapshot, status, now, zone)
    working = icon_of(snapshot) is Icon.WORKING
    running = snapshot.phase is not Phase.STOPPED
    return TrayView(
        icon=icon_of(snapshot),
        percent=percent(snapshot) if working else None,
        tooltip=_tooltip(snapshot, status, now, zone),
        status=first,
        detail=detail,
        can_back_up=running and not working,
        can_pause=running,
        paused=snapshot.phase is Phase.PAUSED,
        can_upload_anyway=snapshot.costly,
        can_set_up=not snapshot.set_up,
        can_open_immich=snapshot.server_url.startswith(("https://", "http://")),
        failed=failed_count(snapshot),
    )


def failed_count(snapshot: Snapshot) -> int:
    """Count the failed files, those of the present run included."""
    return max(snapshot.failed, snapshot.upload.failed_count)


def sentence(snapshot: Snapshot, now: datetime, zone: tzinfo | None = None) -> str:
    """Say in full what the program is doing and why; the menu has room for its beginning only."""
    return _status(snapshot, now, zone)


def percent(snapshot: Snapshot) -> int | None:
    """Return how much of the present step is done, in whole percent; 100 only at its end."""
    upload = snapshot.upload
    match snapshot.phase:
        case Phase.HASHING if upload.to_hash_count:
            return _share(upload.hashed_count, upload.to_hash_count)
        case Phase.UPLOADING | Phase.VERIFYING if upload.total_count:
            done = upload.total_count - upload.remaining
            part = upload.current_progress / 100 if upload.remaining else 0.0
            return _share(done + part, upload.total_count)
        case _:
            return None


def _share(done: float, total: int) -> int:
    return max(0, min(100, int(done * 100 / total)))


def icon_of(snapshot: Snapshot) -> Icon:
    """Choose the picture of a state; syncing shows where there is nothing else to show."""
    icon = _icon_of(snapshot)
    syncing = snapshot.sync is not None and snapshot.sync.running
    return Icon.SYNCING if syncing and icon is Icon.IDLE else icon


def _icon_of(snapshot: Snapshot) -> Icon:  # noqa: PLR0911  a return for each phase
    match snapshot.phase:
        case Phase.STOPPED:
            return Icon.IDLE
        case Phase.IDLE | Phase.DELAYED:
            return Icon.NEEDS_USER if snapshot.failed or not snapshot.set_up else Icon.IDLE
        case Phase.CONNECTING | Phase.SCANNING | Phase.HASHING | Phase.UPLOADING | Phase.VERIFYING:
            return Icon.WORKING
        case Phase.PAUSED:
            return Icon.PAUSED
        case Phase.WAITING | Phase.COOLING_DOWN:
            return Icon.WAITING
        case Phase.NEEDS_USER:
            return Icon.NEEDS_USER
        case Phase.FAILED:
            return Icon.FAILED
        case _:
            assert_never(snapshot.phase)


def _status(  # noqa: C901, PLR0911, PLR0912  a return for each phase
    snapshot: Snapshot, now: datetime, zone: tzinfo | None
) -> str:
    upload = snapshot.upload
    match snapshot.phase:
        case Phase.STOPPED:
            return tr("Not running")
        case Phase.IDLE:
            return _rest(snapshot) if snapshot.set_up else tr("Needs you: it is not set up yet")
        case Phase.DELAYED:
            if snapshot.resume_at is None:
                return tr("New photos are backed up")
            return tr("New photos are backed up at {when}", when=_when(snapshot, now, zone))
        case Phase.CONNECTING:
            return tr("Connecting to the server")
        case Phase.SCANNING:
            return tr("Looking for new photos")
        case Phase.HASHING:
            done, total = min(upload.hashed_count + 1, upload.to_hash_count), upload.to_hash_count
            if not total:
                return tr("Reading photos")
            return tr("Reading photo {done:,} of {total:,}", done=done, total=total)
        case Phase.UPLOADING:
            if not upload.total_count:
                return tr("Uploading photos")
            done = min(upload.total_count - upload.remaining + 1, upload.total_count)
            return tr("Uploading photo {done:,} of {total:,}", done=done, total=upload.total_count)
        case Phase.VERIFYING:
            return tr("Checking that everything arrived")
        case Phase.PAUSED:
            if snapshot.resume_at is None:
                return tr("Paused")
            return tr("Paused until {when}", when=_when(snapshot, now, zone))
        case Phase.WAITING | Phase.COOLING_DOWN:
            if snapshot.resume_at is None:
                return _because(tr("Waiting"), snapshot)
            retry = tr("Next try at {when}", when=_when(snapshot, now, zone))
            return f"{_because(tr('Waiting'), snapshot, end='.')} {retry}"
        case Phase.NEEDS_USER:
            return _because(tr("Needs you"), snapshot)
        case Phase.FAILED:
            return _because(tr("Backup failed"), snapshot)
        case _:
            assert_never(snapshot.phase)


def _rest(snapshot: Snapshot) -> str:
    """Say what is protected while nothing runs; never more than is known."""
    if snapshot.failed:
        return trn(
            "{n:,} photo could not be backed up",
            "{n:,} photos could not be backed up",
            snapshot.failed,
        )
    if snapshot.pending:
        return trn(
            "{n:,} photo waits for the next backup",
            "{n:,} photos wait for the next backup",
            snapshot.pending,
        )
    if snapshot.last_success is None:
        return tr("Nothing is backed up yet")
    match snapshot.backed_up:
        case None | 0:
            return tr("All photos are backed up")
        case 1:
            return tr("Your 1 photo is backed up")
        case number:
            return tr("All {number:,} photos are backed up", number=number)


def _because(state: str, snapshot: Snapshot, end: str = "") -> str:
    reasons = [words.one_line(localised(reason)) for reason in snapshot.reasons if reason.strip()]
    if not reasons:
        return state + end
    return f"{state}: {words.after_colon(' '.join(reasons))}"


def _when(snapshot: Snapshot, now: datetime, zone: tzinfo | None) -> str:
    return words.clock_time(snapshot.resume_at, now, zone) if snapshot.resume_at else ""


def _progress(snapshot: Snapshot) -> str:
    upload = snapshot.upload
    if icon_of(snapshot) is not Icon.WORKING:
        return ""
    parts = [current_file(upload)] if snapshot.phase is Phase.UPLOADING else []
    done = percent(snapshot)
    if done is not None:
        parts.append(tr("{percent} % done", percent=done))
    if upload.failed_count:
        parts.append(trn("{n:,} failed", "{n:,} failed", upload.failed_count))
    return ", ".join(part for part in parts if part)


def current_file(upload: UploadState) -> str:
    """Name the file that is being sent, short and safe to show; "" where there is none."""
    name = words.one_line(PurePath(upload.current_file).name)
    return words.elided(name, NAME_LIMIT)


def _menu_lines(
    snapshot: Snapshot, status: str, now: datetime, zone: tzinfo | None
) -> tuple[str, str]:
    """Give a long reason both lines; a short one leaves the second for progress or history."""
    lines = textwrap.wrap(status, MENU_LIMIT, max_lines=2, placeholder="…")
    more = _progress(snapshot) or next(iter(history(snapshot, now, zone)), "")
    return lines[0], lines[1] if len(lines) > 1 else more


def _tooltip(snapshot: Snapshot, status: str, now: datetime, zone: tzinfo | None) -> str:
    """Build the lines; the first is ours, so that Qt never takes foreign text for markup."""
    lines = [APP_NAME, words.cut(status, TOOLTIP_LIMIT), _progress(snapshot)]
    lines += history(snapshot, now, zone)
    lines += [
        words.cut(tr("Note: {words}", words=words.one_line(localised(note))), TOOLTIP_LIMIT)
        for note in snapshot.notes[:1]
    ]
    return "\n".join(line for line in lines if line)


def history(snapshot: Snapshot, now: datetime, zone: tzinfo | None) -> list[str]:
    """Say since when it fails and when all was well, as far as it happened."""
    told = []
    if snapshot.backup_failed_since is not None:
        told.append(
            tr(
                "Backup failing since {when}",
                when=words.moment(snapshot.backup_failed_since, now, zone),
            )
        )
    if snapshot.last_success is not None:
        told.append(tr("Last backup {when}", when=words.moment(snapshot.last_success, now, zone)))
    return told
