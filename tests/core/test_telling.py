"""Which toasts a person gets (issue 3 point 5): tables of steps and what is told of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tray_app.core.errors import Need
from tray_app.core.notification import Notification
from tray_app.core.settings import NEVER, Settings
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.core.telling import decide, progress_slots, remind
from tray_app.core.toasts import (
    Button,
    Failing,
    Gone,
    Needed,
    Slot,
    Stale,
    Summary,
    Told,
    progress_toast,
)

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
IDLE = Snapshot(phase=Phase.IDLE, automatic=True)
WORKING = {Phase.SCANNING, Phase.HASHING, Phase.UPLOADING, Phase.VERIFYING}


def settings(*, total=True, single=False, grace=2, days=7):
    return Settings(
        background_backup_total_progress=total,
        background_backup_single_progress=single,
        upload_error_notification_grace_period=grace,
        stale_backup_days=days,
    )


def ended(before=IDLE, /, *, run=None, **fields):
    """A run has ended and the service rests."""
    counts = {"completedCount": 0, "duplicateCount": 0, "failedCount": 0} | (run or {})
    return replace(before, run_number=before.run_number + 1, last_run=counts, **fields)


def failing(count, before=IDLE):
    since = before.backup_failed_since or NOW
    return ended(before, run={"failedCount": count}, failed=count, backup_failed_since=since)


def uploading(failed=0, before=IDLE):
    upload = UploadState(total_count=9, failed_count=failed, current_file="/p/a.jpg")
    return replace(before, phase=Phase.UPLOADING, upload=upload)


def well(before):
    return ended(before, failed=0, backup_failed_since=None, upload=UploadState())


def told_of(*steps, to=None, told=None):
    """Go from IDLE through `steps`; all that is told, and what is remembered then."""
    said, told, before = [], told or Told(), IDLE
    for after in steps:
        news, told = decide(before, after, to or settings(), told, NOW)
        said += news
        before = after
    return said, told


# Progress.


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize(("total", "single"), [(True, True), (True, False), (False, True)])
def test_progress_is_seen_at_work_as_the_switches_say_and_beside_no_active_window(
    phase, total, single
):
    snapshot = replace(uploading(), phase=phase)
    chosen = settings(total=total, single=single)
    wanted = {slot for slot, on in [(Slot.TOTAL, total), (Slot.DETAIL, single)] if on}
    assert progress_slots(snapshot, chosen, active=False) == (wanted if phase in WORKING else set())
    assert progress_slots(snapshot, chosen, active=True) == set()


def test_there_is_no_detail_before_the_first_file():
    scanning = Snapshot(phase=Phase.SCANNING)
    assert progress_slots(scanning, settings(single=True), active=False) == {Slot.TOTAL}


def test_what_the_channel_brings_goes_to_its_own_toast():
    total = progress_toast(Notification(title="t", content="c"))
    detail = progress_toast(Notification(title="t", content="c", is_detail=True))
    assert (total.slot, total.buttons) == (Slot.TOTAL, (Button.PAUSE, Button.SHOW))
    assert (detail.slot, detail.buttons) == (Slot.DETAIL, ())
    assert total.progress
    assert detail.progress


# The summary.


@pytest.mark.parametrize(
    ("run", "chosen", "summary"),
    [
        ({}, settings(), []),
        ({"completedCount": 12}, settings(), [Summary(12)]),
        ({"completedCount": 12}, settings(total=False), []),
        ({"duplicateCount": 5}, settings(), [Summary(0, 5)]),
        ({"failedCount": 2}, settings(), []),
        ({"failedCount": 9}, settings(), []),  # the error toast's matter
        ({"completedCount": 12, "failedCount": 2}, settings(), [Summary(12)]),
        ({"completedCount": 12, "failedCount": 3}, settings(), [Summary(12, 0, 3)]),
        ({"completedCount": 12, "failedCount": 1}, settings(grace=0), [Summary(12, 0, 1)]),
        ({"completedCount": 12, "failedCount": 9}, settings(grace=NEVER), [Summary(12)]),
    ],
)
def test_a_run_that_did_something_is_summed_up_once(run, chosen, summary):
    after = ended(run=run)
    assert told_of(after, after, replace(after, pending=3), to=chosen)[0] == summary


# Failing files.


@pytest.mark.parametrize(("grace", "told_from"), [(0, 1), (1, 2), (2, 3), (5, 6), (NEVER, None)])
def test_failing_is_told_once_beyond_the_grace(grace, told_from):
    for count in range(8):
        said, _ = told_of(failing(count) if count else IDLE, to=settings(grace=grace))
        beyond = told_from is not None and count >= told_from
        assert said == ([Failing(count)] if beyond else [])


def test_two_tell_nobody_the_third_does_once_and_recovery_clears_it():
    two = failing(2)
    said, told = told_of(uploading(1), uploading(2), two)
    assert said == []
    three = uploading(3, two)
    said, told = told_of(uploading(1), uploading(2), two, three, failing(3, two), failing(7, two))
    assert said == [Failing(3)]
    assert told.failing
    recovered = well(failing(3, two))
    said, told = told_of(failing(3), recovered)
    assert not told.failing
    said, _ = told_of(failing(3), recovered, uploading(0, recovered), failing(4, recovered))
    assert said == [Failing(3), Failing(4)]


def test_what_was_told_is_not_told_after_a_restart():
    _, told = told_of(failing(3))
    assert told_of(Snapshot(), failing(3), uploading(3), told=told)[0] == []
    _, told = told_of(Snapshot(), IDLE, told=told)  # it was put right while we were away
    assert not told.failing


@pytest.mark.parametrize(
    "between",
    [
        Snapshot(),
        Snapshot(phase=Phase.FAILED, automatic=True),
        uploading(0, failing(3)),
        replace(uploading(3), phase=Phase.COOLING_DOWN),
        replace(failing(1), phase=Phase.COOLING_DOWN),
    ],
)
def test_only_a_success_is_a_recovery(between):
    said, told = told_of(failing(3), between, failing(4))
    assert said == [Failing(3)]
    assert told.failing


def test_old_failures_of_folders_nobody_looks_at_are_no_news():
    assert told_of(ended(failed=5))[0] == []


# What needs a person.


def needing(need, before=IDLE, reason="The quota is used up."):
    return replace(before, phase=Phase.NEEDS_USER, need=need, reasons=(reason,))


def test_what_needs_a_person_is_told_once_not_per_run():
    quota = needing(Need.QUOTA)
    runs = [quota, uploading(), quota, replace(IDLE, phase=Phase.PAUSED), uploading(), quota]
    said, told = told_of(*runs)
    assert said == [Needed(("The quota is used up.",))]
    assert told_of(quota, told=told)[0] == []  # another start
    sign_in = needing(Need.SIGN_IN, reason="Sign in.")
    assert told_of(quota, sign_in, told=told)[0] == [Needed(("Sign in.",))]


@pytest.mark.parametrize(
    ("after", "again"),
    [
        (ended(last_success=NOW + DAY), True),
        (replace(IDLE, last_success=NOW + DAY), True),  # the system job's
        (ended(run={"completedCount": 1}), True),
        (ended(run={"completedCount": 1, "error": "The quota is used up."}), False),
        (replace(IDLE, last_success=NOW - DAY), False),
        (ended(), False),
    ],
)
def test_only_after_a_success_it_is_told_again(after, again):
    said, _ = told_of(needing(Need.QUOTA), after, needing(Need.QUOTA, after))
    assert len([one for one in said if isinstance(one, Needed)]) == 1 + again


# The reminder.

WAITING = Snapshot(phase=Phase.WAITING, automatic=True, reasons=("Metered.",))
DUE = replace(IDLE, pending=3)


def remembered(snapshot, **fields):
    """What is remembered when the snapshot is first seen at NOW."""
    return decide(snapshot, snapshot, settings(), Told(**fields), NOW)[1]


@pytest.mark.parametrize(
    ("snapshot", "days", "told"),
    [
        (DUE, 6.9, False),
        (DUE, 7, True),
        (IDLE, 30, False),  # nothing to do
        (replace(DUE, automatic=False), 30, False),
        *[(replace(WAITING, phase=phase), 7, True) for phase in
          (Phase.WAITING, Phase.PAUSED, Phase.COOLING_DOWN, Phase.NEEDS_USER, Phase.FAILED)],
        (replace(DUE, last_success=NOW - 30 * DAY), 6, False),  # nothing was due until now
        (replace(DUE, last_success=NOW + 2 * DAY), 8, False),
        (replace(DUE, last_success=NOW + 2 * DAY), 9, True),
    ],
)  # fmt: skip
def test_a_week_without_a_backup_is_told_whatever_the_cause(snapshot, days, told):
    memory = remembered(snapshot)
    stale, memory = remind(snapshot, settings(), memory, NOW + days * DAY)
    assert bool(stale) == told
    if stale:
        assert stale.reasons == snapshot.reasons
        assert remind(snapshot, settings(), memory, NOW + 99 * DAY)[0] is None


def test_the_reminder_can_be_switched_off_and_waits_for_a_run_to_end():
    memory = remembered(DUE)
    assert remind(DUE, settings(days=0), memory, NOW + 99 * DAY)[0] is None
    assert remind(uploading(0, DUE), settings(), memory, NOW + 99 * DAY)[0] is None


def test_photos_that_go_hold_the_reminder_back_although_one_always_fails():
    one = replace(failing(1, DUE), pending=1)
    memory = remembered(DUE)
    _, memory = decide(
        one, ended(one, run={"completedCount": 4}), settings(), memory, NOW + 5 * DAY
    )
    assert remind(one, settings(), memory, NOW + 11 * DAY)[0] is None
    assert remind(one, settings(), memory, NOW + 12 * DAY)[0] == Stale(NOW + 5 * DAY)


def test_after_a_success_the_next_silence_is_told_again():
    _, memory = remind(DUE, settings(), remembered(DUE), NOW + 7 * DAY)
    assert memory.anything
    good = ended(DUE, run={"completedCount": 3}, pending=0, last_success=NOW + 8 * DAY)
    _, memory = decide(DUE, good, settings(), memory, NOW + 8 * DAY)
    assert not memory.anything
    _, memory = decide(good, replace(good, pending=2), settings(), memory, NOW + 20 * DAY)
    assert remind(DUE, settings(), memory, NOW + 26 * DAY)[0] is None
    assert remind(DUE, settings(), memory, NOW + 27 * DAY)[0] == Stale(NOW + 20 * DAY)


def test_a_sign_in_that_a_sync_proved_good_is_told_anew_when_it_ends_again():
    refused = needing(Need.SIGN_IN, reason="Sign in.")
    again = replace(IDLE, last_sync=NOW + timedelta(minutes=15))
    said, _ = told_of(refused, again, needing(Need.SIGN_IN, again, "Sign in again."))
    assert said == [Needed(("Sign in.",)), Needed(("Sign in again.",))]
    # The same one, seen by backup and sync in turns, is one.
    assert len(told_of(refused, IDLE, needing(Need.SIGN_IN))[0]) == 1


def test_a_sync_proves_nothing_about_a_full_server():
    later = replace(IDLE, last_sync=NOW + timedelta(minutes=15))
    said, _ = told_of(needing(Need.QUOTA), later, needing(Need.QUOTA, later))
    assert len(said) == 1


# Photos that are gone from the server.


def test_a_loss_is_told_once_and_again_only_when_it_grows():
    told, said = Told(), []
    for missing in (None, 0, 300, 300, None, 300, 12, 12, 13, 0, 5):
        news, told = decide(IDLE, replace(IDLE, missing=missing), settings(), told, NOW)
        said += news
    assert said == [Gone(300), Gone(13), Gone(5)]
    assert told.anything  # the toast has a cause until a person has answered
    _, told = decide(IDLE, replace(IDLE, missing=0), settings(), told, NOW)
    assert not told.anything
