"""Which toasts a person gets (issue 3 point 5): what the program does in, decisions out.

Words are made of them in `ui/toast_view.py`; `engine/toasts.py` carries them out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from tray_app.core.errors import Need
from tray_app.core.settings import NEVER, Settings
from tray_app.core.snapshot import Phase, Snapshot
from tray_app.core.toasts import Failing, Gone, Needed, News, Slot, Stale, Summary, Told

_WORKING = frozenset({Phase.SCANNING, Phase.HASHING, Phase.UPLOADING, Phase.VERIFYING})
_BLOCKED = frozenset(
    {Phase.WAITING, Phase.PAUSED, Phase.COOLING_DOWN, Phase.NEEDS_USER, Phase.FAILED}
)
_RESTING = _BLOCKED | {Phase.IDLE, Phase.DELAYED}


def is_working(snapshot: Snapshot) -> bool:
    """Tell whether a run has something to show."""
    return snapshot.phase in _WORKING


def progress_slots(snapshot: Snapshot, settings: Settings, *, active: bool) -> frozenset[Slot]:
    """Return the progress toasts to be seen; `active`: a person works in a window of ours."""
    if active or not is_working(snapshot):
        return frozenset()
    wanted = {
        Slot.TOTAL: settings.background_backup_total_progress,
        Slot.DETAIL: settings.background_backup_single_progress
        and bool(snapshot.upload.current_file),
    }
    return frozenset(slot for slot, on in wanted.items() if on)


def decide(
    before: Snapshot, after: Snapshot, settings: Settings, told: Told, now: datetime
) -> tuple[tuple[News, ...], Told]:
    """Return what has to be told of the step from `before` to `after`, and what is told then."""
    run = after.last_run if after.run_number != before.run_number else None
    told = _progressed(_put_right(told, after, run), after, run, now)
    news: list[News] = []
    if run and (summary := _summary(run, settings)):
        news.append(summary)
    count = _failing(after)
    if not told.failing and _beyond(count, settings):
        told = replace(told, failing=True)
        news.append(Failing(count))
    if after.need is not None and after.need is not told.need:
        told = replace(told, need=after.need, needed_at=now)
        news.append(Needed(after.reasons))
    if after.missing is not None:
        if after.missing > told.missing:
            news.append(Gone(after.missing))
        told = replace(told, missing=after.missing)
    return tuple(news), told


def remind(
    snapshot: Snapshot, settings: Settings, told: Told, now: datetime
) -> tuple[Stale | None, Told]:
    """Tell when nothing could be backed up for `stale_backup_days`, once until something is."""
    since = _silent_since(snapshot, told, now)
    if not settings.stale_backup_days or since is None or told.reminded == since:
        return None, told
    if since > now:  # known while the clock was wrong: the silence is counted anew
        return None, replace(told, waiting_since=now, last_done=None)
    if snapshot.phase not in _RESTING or now - since < timedelta(days=settings.stale_backup_days):
        return None, told
    return Stale(since, snapshot.reasons), replace(told, reminded=since)


def _silent_since(snapshot: Snapshot, told: Told, now: datetime) -> datetime | None:
    """Return when the present silence began, None while there is nothing to do.

    A success that lies ahead was noted while the clock was wrong.
    """
    if not snapshot.automatic or told.waiting_since is None:
        return None
    moments = (told.waiting_since, told.last_done, snapshot.last_success)
    return max((one for one in moments if one and one <= now), default=told.waiting_since)


def _failing(snapshot: Snapshot) -> int:
    """Count the files that fail at this moment: of the run, or of the database between runs."""
    if is_working(snapshot):
        return snapshot.upload.failed_count
    return snapshot.failed if snapshot.backup_failed_since else 0


def _beyond(count: int, settings: Settings) -> bool:
    grace = settings.upload_error_notification_grace_period
    return grace != NEVER and count > grace


def _put_right(told: Told, after: Snapshot, run: Mapping[str, object] | None) -> Told:
    """Forget what is well again, so that the next time is told again."""
    if after.phase not in _RESTING - {Phase.FAILED}:
        return told
    if after.backup_failed_since is None and not after.upload.failed_count:
        told = replace(told, failing=False)
    since = told.needed_at
    proofs = [after.last_success, after.last_sync if told.need is Need.SIGN_IN else None]
    succeeded = any(since and proof and proof > since for proof in proofs)
    if succeeded or (run and "error" not in run and _done(run)):
        told = replace(told, need=None, needed_at=None)
    return told


def _progressed(
    told: Told, after: Snapshot, run: Mapping[str, object] | None, now: datetime
) -> Told:
    """Note what the reminder counts from."""
    if run and _done(run):
        told = replace(told, last_done=now)
    if after.phase in _RESTING:
        due = after.automatic and (after.pending > 0 or after.phase in _BLOCKED)
        told = replace(told, waiting_since=(told.waiting_since or now) if due else None)
        if told.reminded and _silent_since(after, told, now) != told.reminded:
            told = replace(told, reminded=None)
    return told


def _summary(run: Mapping[str, object], settings: Settings) -> Summary | None:
    """Sum up a run that did something; the switch of the total toast is its switch too."""
    if not settings.background_backup_total_progress or not _done(run):
        return None
    failed = _count(run, "failedCount")
    return Summary(
        _count(run, "completedCount"),
        _count(run, "duplicateCount"),
        failed if _beyond(failed, settings) else 0,
    )


def _done(run: Mapping[str, object]) -> int:
    return _count(run, "completedCount") + _count(run, "duplicateCount")


def _count(run: Mapping[str, object], name: str) -> int:
    found = run.get(name, 0)
    return found if isinstance(found, int) else 0
