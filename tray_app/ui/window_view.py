"""What the main window shows, as a function of the snapshot; no widgets."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.ui import words
from tray_app.ui.language import localised, mark, tr, trn
from tray_app.ui.view import (
    Icon,
    current_file,
    failed_count,
    history,
    icon_of,
    percent,
    sentence,
    tray_view,
)

MOST_TOLD = 8
_LINE_LIMIT = 300
# Phases whose reason stands in a line of its own.
_EXPLAINED = {
    Phase.WAITING: mark("Waiting"),
    Phase.COOLING_DOWN: mark("Waiting"),
    Phase.NEEDS_USER: mark("Needs you"),
    Phase.FAILED: mark("Backup failed"),
}


@dataclass(frozen=True, slots=True)
class WindowView:
    """Everything the window draws; texts are single lines or short sentences, "": not shown.

    `headline` names the state and `reason` says why and what to do. `percent`: 0-100 of the
    present step, None where nothing is counted. `busy`: a run is under way. `told`: what came of
    what a person asked for. `can_*` enable the buttons; `paused` puts Resume in Pause's place.
    `pace`: speed and time left. `edition` differs whenever the lists may have something new.
    """

    icon: Icon
    headline: str
    reason: str
    busy: bool
    percent: int | None
    current: str
    protected: str
    failed: str
    history: tuple[str, ...]
    library: str
    automatic: str
    account: str
    told: tuple[str, ...]
    can_back_up: bool
    can_pause: bool
    paused: bool
    can_cancel: bool
    pace: str = ""
    failed_count: int = 0
    edition: tuple[object, ...] = ()
    can_upload_anyway: bool = False
    can_set_up: bool = False


def window_view(
    snapshot: Snapshot, now: datetime, zone: tzinfo | None = None, pace: str = ""
) -> WindowView:
    """Draw `snapshot` as seen at `now` (aware); times are told in `zone`, None: the computer's."""
    tray = tray_view(snapshot, now, zone)
    headline, reason = _headline(snapshot, now, zone)
    busy = tray.icon is Icon.WORKING
    return WindowView(
        icon=icon_of(snapshot),
        headline=headline,
        reason=reason,
        busy=busy,
        percent=percent(snapshot) if busy else None,
        current=_current(snapshot) if snapshot.phase is Phase.UPLOADING else "",
        protected=_protected(snapshot),
        failed=_failed(snapshot),
        history=(*(history(snapshot, now, zone) or (tr("No backup yet"),)), *_notes(snapshot)),
        library=library_words(snapshot, now, zone),
        automatic=tr("Automatic backup is on")
        if snapshot.automatic
        else tr("Automatic backup is off"),
        account=_account(snapshot),
        told=_told(snapshot) if not busy and snapshot.phase not in _EXPLAINED else (),
        can_back_up=tray.can_back_up,
        can_pause=tray.can_pause,
        paused=tray.paused,
        can_cancel=busy or snapshot.phase in (Phase.WAITING, Phase.COOLING_DOWN),
        pace=pace if snapshot.phase is Phase.UPLOADING else "",
        failed_count=failed_count(snapshot),
        edition=_edition(snapshot),
        can_upload_anyway=tray.can_upload_anyway,
        can_set_up=tray.can_set_up,
    )


def library_words(snapshot: Snapshot, now: datetime, zone: tzinfo | None = None) -> str:
    """Say how up to date the copy of the server's library is; "" where nobody syncs it."""
    state = snapshot.sync
    if state is None:
        return ""
    last = words.moment(snapshot.last_sync, now, zone) if snapshot.last_sync else ""
    if state.reasons and not state.running:
        when = tr("Library of {when}", when=last) if last else tr("Library not synced yet")
        return words.cut(
            words.one_line(f"{when}. {' '.join(map(localised, state.reasons))}"), _LINE_LIMIT
        )
    if last:
        return tr("Library synced {when}", when=last)
    return tr("Syncing the library") if state.running else tr("Library not synced yet")


def _notes(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(words.cut(words.one_line(localised(note)), _LINE_LIMIT) for note in snapshot.notes)


def _edition(snapshot: Snapshot) -> tuple[object, ...]:
    run = snapshot.upload
    counts = (snapshot.backed_up, snapshot.pending, snapshot.failed, snapshot.run_number)
    return (*counts, run.completed_count, run.failed_count, snapshot.account_name)


def _headline(snapshot: Snapshot, now: datetime, zone: tzinfo | None) -> tuple[str, str]:
    state = _EXPLAINED.get(snapshot.phase)
    if state is None:
        return sentence(snapshot, now, zone), ""
    reasons = [words.one_line(localised(reason)) for reason in snapshot.reasons]
    if snapshot.resume_at:
        when = words.clock_time(snapshot.resume_at, now, zone)
        reasons.append(tr("Next try at {when}.", when=when))
    return tr(state), words.cut(" ".join(reasons), _LINE_LIMIT)


def _current(snapshot: Snapshot) -> str:
    name = current_file(snapshot.upload)
    percent = snapshot.upload.current_progress
    return tr("{name}, {percent} %", name=name, percent=percent) if name else ""


def _protected(snapshot: Snapshot) -> str:
    """Count what the server has confirmed, the run of the moment included."""
    before = snapshot.backed_up or 0
    run = snapshot.upload if icon_of(snapshot) is Icon.WORKING else UploadState()
    known = before + max(snapshot.pending, run.total_count)
    if not known:
        return tr("No photos known yet")
    done = before + run.completed_count + run.duplicate_count
    return trn(
        "{done:,} of {n:,} photo backed up", "{done:,} of {n:,} photos backed up", known, done=done
    )


def _failed(snapshot: Snapshot) -> str:
    failed = failed_count(snapshot)
    if not failed:
        return ""
    return trn("{n:,} photo could not be backed up", "{n:,} photos could not be backed up", failed)


def _account(snapshot: Snapshot) -> str:
    if not snapshot.account_name:
        return tr("Not signed in")
    return words.one_line(
        tr("{name} at {server}", name=snapshot.account_name, server=snapshot.server_url)
    )


def _told(snapshot: Snapshot) -> tuple[str, ...]:
    lines = [words.cut(words.one_line(localised(line)), _LINE_LIMIT) for line in snapshot.told]
    if len(lines) <= MOST_TOLD:
        return tuple(lines)
    return (
        *lines[: MOST_TOLD - 1],
        tr("... and {more:,} more lines", more=len(lines) - MOST_TOLD + 1),
    )
