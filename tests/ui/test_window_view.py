from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tray_app.core.conditions import Blocker, Reason
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.core.sync_schedule import SyncState, Trouble
from tray_app.ui.window_view import MOST_TOLD, window_view

NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)


def view(phase, **fields):
    return window_view(Snapshot(phase=phase, **fields), NOW, UTC)


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_has_a_state_in_words(phase):
    seen = view(phase, reasons=("This network is metered.",))
    assert seen.headline
    explained = {Phase.WAITING, Phase.COOLING_DOWN, Phase.NEEDS_USER, Phase.FAILED}
    assert seen.reason == ("This network is metered." if phase in explained else "")


def test_the_reason_says_when_it_goes_on():
    seen = view(
        Phase.COOLING_DOWN,
        reasons=("photos.example.org does not answer.",),
        resume_at=NOW + timedelta(minutes=4),
    )
    assert seen.reason == "photos.example.org does not answer. Next try at 14:34."


def test_the_last_successful_backup_is_always_there():
    assert view(Phase.IDLE).history == ("No backup yet",)
    for phase in Phase:
        assert view(phase, last_success=NOW).history == ("Last backup today 14:30",)
    seen = view(Phase.FAILED, last_success=NOW, backup_failed_since=NOW - timedelta(days=2))
    assert seen.history == ("Backup failing since Tuesday 14:30", "Last backup today 14:30")


def test_protected_counts_what_the_server_confirmed_in_this_run_too():
    run = UploadState(total_count=10, completed_count=3, duplicate_count=1, failed_count=2)
    fields = {"backed_up": 100, "pending": 10, "upload": run}
    assert view(Phase.UPLOADING, **fields).protected == "104 of 110 photos backed up"
    assert view(Phase.IDLE, **fields).protected == "100 of 110 photos backed up"
    assert view(Phase.IDLE).protected == "No photos known yet"
    assert view(Phase.UPLOADING, **fields).failed == "2 photos could not be backed up"


def test_the_present_file_is_shown_while_it_is_sent_only():
    run = UploadState(total_count=2, current_file="/p/a<b>.jpg", current_progress=7)
    assert view(Phase.UPLOADING, upload=run).current == "a\u2039b>.jpg, 7 %"
    assert view(Phase.PAUSED, upload=run).current == ""


def test_what_is_told_is_bounded_and_gives_way_to_the_next_run():
    lines = tuple(f"line {number}" for number in range(40))
    told = view(Phase.IDLE, told=lines).told
    assert len(told) == MOST_TOLD
    assert told[-1] == "... and 33 more lines"
    assert view(Phase.SCANNING, told=lines).told == ()
    assert view(Phase.WAITING, told=lines).told == ()  # its reason stands above


def test_cancel_is_offered_while_there_is_something_to_end():
    offered = {phase for phase in Phase if view(phase).can_cancel}
    assert offered == {
        *(Phase.CONNECTING, Phase.SCANNING, Phase.HASHING, Phase.UPLOADING, Phase.VERIFYING),
        *(Phase.WAITING, Phase.COOLING_DOWN),
    }


def test_who_and_where():
    signed_in = Snapshot(account_name="ada@example.org", server_url="https://photos.example.org")
    assert window_view(signed_in, NOW).account == "ada@example.org at https://photos.example.org"
    assert window_view(replace(signed_in, account_name=""), NOW).account == "Not signed in"


def library(**fields):
    return view(Phase.IDLE, **fields).library


def test_the_library_says_how_up_to_date_it_is_and_why_not():
    offline = Reason(Blocker.OFFLINE, "This computer is offline.", "Connect.")
    busy = SyncState(trouble=Trouble("photos.example.org is busy.", "Wait."))
    assert library() == ""
    assert library(sync=SyncState()) == "Library not synced yet"
    assert library(sync=SyncState(running=True)) == "Syncing the library"
    assert library(sync=SyncState(), last_sync=NOW) == "Library synced today 14:30"
    assert library(sync=replace(busy, running=True), last_sync=NOW) == "Library synced today 14:30"
    assert library(sync=busy, last_sync=NOW) == (
        "Library of today 14:30. photos.example.org is busy. Wait."
    )
    assert library(sync=SyncState(held=(offline,))) == (
        "Library not synced yet. This computer is offline."
    )


def test_speed_and_time_left_are_shown_while_something_is_sent():
    def pace(phase):
        return window_view(Snapshot(phase=phase), NOW, UTC, pace="1.2 MB/s, 3 min left").pace

    assert pace(Phase.UPLOADING) == "1.2 MB/s, 3 min left"
    assert pace(Phase.IDLE) == pace(Phase.PAUSED) == pace(Phase.HASHING) == ""


def test_lists_learn_that_there_may_be_something_new():
    snapshot = Snapshot(phase=Phase.UPLOADING)
    before = window_view(snapshot, NOW).edition
    assert window_view(replace(snapshot, reasons=("Else.",)), NOW).edition == before
    for change in (
        {"failed": 1},
        {"run_number": 1},
        {"account_name": "b@example.org"},
        {"upload": UploadState(completed_count=1)},
    ):
        assert window_view(replace(snapshot, **change), NOW).edition != before
