"""The words of the lists; no widgets. Paths keep every letter, made visible."""

import os
from datetime import datetime, tzinfo

from tray_app.core.history import FailedRow, FileRow, FolderRow, RunRow
from tray_app.core.ledger import Held
from tray_app.core.quantities import duration, size
from tray_app.core.run import Outcome
from tray_app.ui import words
from tray_app.ui.language import localised, mark, number, tr, trn

_OUTCOMES = {
    Outcome.DONE: mark("Complete"),
    Outcome.STOPPED: mark("Stopped"),
    Outcome.WAITING: mark("Had to wait"),
    Outcome.TROUBLE: mark("Given up"),
    Outcome.NEEDS_USER: mark("Needed you"),
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
    said = tr(_OUTCOMES[Outcome(row.outcome)]) if known else row.outcome
    if row.outcome == Outcome.DONE and row.failed:
        said = trn("{n:,} file failed", "{n:,} files failed", row.failed)
    return f"{said}: {words.visible(localised(row.reason))}" if row.reason else said


def run_backed_up(row: RunRow) -> str:
    """Count what the server holds since this run."""
    return number(row.completed + row.duplicates)


def run_took(row: RunRow) -> str:
    """Say how long it took."""
    seconds = (row.ended_at - row.started_at).total_seconds()
    return tr("{seconds:.0f} s", seconds=seconds) if seconds < 60 else localised(duration(seconds))


def held(row: FileRow) -> str:
    """Say whether we sent a file or the server had it."""
    return tr("Was there already") if row.held is Held.DUPLICATE else tr("Uploaded")


def file_size(row: FileRow) -> str:
    """Say a file's size."""
    return localised(size(row.size))


def failed_what(row: FailedRow) -> str:
    """Say what happened, with the server's status where there was one."""
    return words.visible(localised(row.reason))


def failed_details(row: FailedRow, now: datetime, zone: tzinfo | None = None) -> str:
    """Say all that is known of a failed file, in lines."""
    tries = trn("tried {n:,} time", "tried {n:,} times", row.attempts) if row.attempts else ""
    since = tr("since {when}", when=words.moment(row.since, now, zone))
    if row.next_attempt_at is None:
        following = tr("not tried again until you ask") if row.file_id is not None else ""
    elif row.next_attempt_at <= now:
        following = tr("tried again in the next backup")
    else:
        following = tr("tried again {when}", when=words.moment(row.next_attempt_at, now, zone))
    status = tr("HTTP status {status}", status=str(row.status)) if row.status else ""
    story = ", ".join(filter(None, (tries, since, following, status)))
    said = (localised(row.reason), localised(row.remedy))
    lines = [words.visible(row.path), *map(words.visible, said)]
    lines.append(story[0].upper() + story[1:] + ".")
    return "\n".join(line for line in lines if line)


def folder_state(row: FolderRow) -> str:
    """Say how a chosen folder stands, what needs the person first."""
    if not row.enabled:
        return tr("Off")
    if row.unavailable:
        return words.visible(localised(row.unavailable))
    if row.failed:
        return trn("{n:,} failed", "{n:,} failed", row.failed)
    if row.pending:
        return trn("{n:,} waiting", "{n:,} waiting", row.pending)
    return tr("All backed up") if row.backed_up else tr("Nothing found yet")


def folder_count(row: FolderRow) -> str:
    """Count what is backed up of what is known."""
    known = row.backed_up + row.pending
    return tr("{done:,} of {known:,}", done=row.backed_up, known=known) if known else ""
