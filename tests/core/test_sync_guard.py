"""When an automatic backup waits for the sync: every state of it, in a table."""

from datetime import UTC, datetime, timedelta

import pytest

from tray_app.core.conditions import Blocker, Reason
from tray_app.core.errors import (
    CaptivePortal,
    Need,
    NeedsUser,
    StreamCut,
    StreamSilent,
    TrayError,
    TryLater,
)
from tray_app.core.sync.guard import LONGEST, upload_hold
from tray_app.core.sync_schedule import BUG, SyncState, trouble_of

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
GOOD = SyncState(last_success=NOW)
OFFLINE = SyncState(held=(Reason(Blocker.OFFLINE, "Offline.", "Connect."),))


def after(error):
    return SyncState(trouble=trouble_of(error))


def needs(need):
    return after(NeedsUser("It needs you.", need=need))


@pytest.mark.parametrize(
    ("state", "whole", "half"),
    [  # held with a library that is whole, and with one that is not
        (None, False, False),  # an API key, or nobody: it cannot sync at all
        (GOOD, False, False),
        (SyncState(), False, False),
        (OFFLINE, False, False),  # so is the backup
        (SyncState(running=True), False, True),
        (after(StreamSilent("Silent.")), True, True),
        (after(StreamCut("Cut.")), True, True),
        (after(TryLater("A line that Immich does not send.")), True, True),
        (after(TrayError("Odd.")), True, True),
        (SyncState(trouble=BUG), True, True),
        (after(TryLater("Maintenance.", server_wide=True)), False, True),
        (after(CaptivePortal("Portal.", server_wide=True)), False, True),
        (needs(Need.DISK), True, True),
        (needs(Need.IDENTITY), True, True),
        (needs(Need.SIGN_IN), False, False),  # the backup says so itself
        (needs(Need.PERMISSION), False, False),  # a key that may only upload
        (needs(Need.VERSION), False, False),
    ],
)
def test_what_could_hide_deletions_or_duplicates_holds(state, whole, half):
    assert bool(upload_hold(state, complete=True)) == whole
    assert bool(upload_hold(state, complete=False)) == half


def test_trouble_of_ours_holds_for_a_day_and_another_identity_until_a_person_acts():
    ours = upload_hold(SyncState(trouble=BUG), complete=True)
    assert ours.stands(NOW, NOW + LONGEST - timedelta(seconds=1))
    assert not ours.stands(NOW, NOW + LONGEST)
    theirs = upload_hold(needs(Need.IDENTITY), complete=True)
    assert theirs.stands(NOW, NOW + timedelta(days=365))


def test_the_reason_is_named():
    reason = upload_hold(after(StreamSilent("It said nothing.")), complete=True).reason
    assert reason.blocker is Blocker.LIBRARY
    assert "It said nothing." in reason.words
    assert "Back up now" in reason.remedy
