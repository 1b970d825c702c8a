"""The words of the lists; no Qt. Paths keep every letter, made visible."""

import os
from datetime import datetime, tzinfo

from tray_app.core.history import FailedRow, FileRow, FolderRow, RunRow
from tray_app.core.ledger import Held
from tray_app.core.quantities import duration, size
from tray_app.core.run import Outcome
from tray_app.ui import words

_OUTCOMES = {
    Outcome.DONE: "Complete",
    Outcome.STOPPED: "Stopped",
    Outcome.WAITING: "Had to wait",
    Outcome.TROUBLE: "Given up",
    Outcome.NEEDS_USER: "Needed you",
}


def name_of(path: str) -> str:
    """Return the last part of a path, every letter visible."""
    return words.visible(os.path.basename(path) or path)  # noqa: PTH119  surrogates survive


def folder_of(path: str) -> str:
    """Return what stands before it."""
    return words.visible(os.path.dirname(path))  # noqa: PTH120  likewise


def run_result(row: RunRow) -> str:
    """Say how a run ended, and why early."""
    known = row.outcome in set(Outcome)
    said = _OUTCOMES[Outcome(row.outcome)] if known else row.outcome
    if row.outcome == Outcome.DONE and row.failed:
        said = f"{words.count(row.failed, 'file')} failed"
    return f"{said}: {words.visible(row.reason)}" if row.reason else said


def run_backed_up(row: RunRow) -> str:
    """Count what the server holds since this run."""
    return f"{row.completed + row.duplicates:,}"


def run_took(row: RunRow) -> str:
    """Say how long it took."""
    seconds = (row.ended_at - row.started_at).total_seconds()
    return f"{seconds:.0f} s" if seconds < 60 else duration(seconds)


def held(row: FileRow) -> str:
    """Say whether we sent a file or the server had it."""
    return "Was there already" if row.held is Held.DUPLICATE else "Uploaded"


def file_size(row: FileRow) -> str:
    """Say a file's size."""
    return size(row.size)


def failed_what(row: FailedRow) -> str:
    """Say what happened, with the server's status where there was one."""
    return words.visible(row.reason)


def failed_details(row: FailedRow, now: datetime, zone: tzinfo | None = None) -> str:
    """Say all that is known of a failed file, in lines."""
    tries = f"Tried {words.count(row.attempts, 'time')}" if row.attempts else ""
    since = f"since {words.moment(row.since, now, zone)}"
    if row.next_attempt_at is None:
        following = "not tried again until you ask" if row.file_id is not None else ""
    elif row.next_attempt_at <= now:
        following = "tried again in the next backup"
    else:
        following = f"tried again {words.moment(row.next_attempt_at, now, zone)}"
    status = f"HTTP status {row.status}" if row.status else ""
    story = ", ".join(filter(None, (tries, since, following, status)))
    lines = [words.visible(row.path), words.visible(row.reason), words.visible(row.remedy)]
    lines.append(story[0].upper() + story[1:] + ".")
    return "\n".join(line for line in lines if line)


def folder_state(row: FolderRow) -> str:
    """Say how a chosen folder stands, what needs the person first."""
    if not row.enabled:
        return "Off"
    if row.unavailable:
        return words.visible(row.unavailable)
    if row.failed:
        return f"{row.failed:,} failed"
    if row.pending:
        return f"{row.pending:,} waiting"
    return "All backed up" if row.backed_up else "Nothing found yet"


def folder_count(row: FolderRow) -> str:
    """Count what is backed up of what is known."""
    known = row.backed_up + row.pending
    return f"{row.backed_up:,} of {known:,}" if known else ""
