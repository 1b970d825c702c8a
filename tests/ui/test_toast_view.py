"""What toasts say."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from tray_app.core.notification import Notification
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.core.toasts import Button, Failing, Gone, Needed, Offered, Slot, Stale, Summary
from tray_app.ui.toast_view import CONTENT_LIMIT, progress, toast

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def snapshot(phase=Phase.UPLOADING, **upload):
    return Snapshot(phase=phase, upload=UploadState(**upload))


def test_the_total_is_that_of_the_requirement():
    at_work = snapshot(total_count=100, completed_count=3, duplicate_count=1)
    assert msgspec.to_builtins(progress(Slot.TOTAL, at_work, NOW)) == {
        "title": "Backup Progress",
        "content": "Uploading photo 5 of 100",
        "progress": 4,
        "max": 100,
        "indeterminate": False,
        "isDetail": False,
    }


@pytest.mark.parametrize(
    ("phase", "upload", "content"),
    [
        (Phase.SCANNING, {}, "Looking for new photos"),
        (Phase.HASHING, {"hashed_count": 4, "to_hash_count": 9}, "Reading photo 5 of 9"),
        (Phase.UPLOADING, {}, "Uploading photos"),
    ],
)
def test_without_a_total_no_share_is_claimed(phase, upload, content):
    said = progress(Slot.TOTAL, snapshot(phase, **upload), NOW)
    assert said == Notification(title="Backup Progress", content=content, indeterminate=True)


def test_the_detail_names_the_file_without_its_folder_on_one_safe_line():
    file = "/home/me/<b>Trip</b>/IMG\n<i>1\udcff.jpg"
    said = progress(Slot.DETAIL, snapshot(current_file=file, current_progress=42), NOW)
    assert said.content == "IMG \u2039i>1\\xff.jpg, 42 %"
    assert (said.progress, said.max, said.is_detail, said.indeterminate) == (42, 100, True, False)


def test_a_long_name_keeps_its_ending():
    said = progress(Slot.DETAIL, snapshot(current_file=f"/p/{'x' * 300}.jpg"), NOW)
    assert said.content.endswith(".jpg, 0 %")
    assert len(said.content) < 60


@pytest.mark.parametrize(
    ("news", "slot", "content"),
    [
        (Summary(1), Slot.TOTAL, "1 photo backed up"),
        (Summary(1204, 7), Slot.TOTAL, "1,204 photos backed up"),
        (Summary(12, 0, 3), Slot.TOTAL, "12 photos backed up, 3 could not be backed up"),
        (Summary(0, 1), Slot.TOTAL, "1 photo was on the server already"),
        (Summary(0, 5), Slot.TOTAL, "5 photos were on the server already"),
        (Failing(3), Slot.ERROR, "3 photos could not be backed up."),
        (Needed(("Quota\nused up.", "Free <b>space</b>.")), Slot.ERROR,
         "Quota used up. Free \u2039b>space\u2039/b>."),
        (Stale(NOW - timedelta(days=8)), Slot.ERROR,
         "Nothing could be backed up since 23 April 12:00."),
        (Stale(NOW - timedelta(days=8), ("You paused.",)), Slot.ERROR,
         "Nothing could be backed up since 23 April 12:00. You paused."),
        (Offered("EOS", "/media/<i>EOS/DCIM"), Slot.OFFER,
         "/media/\u2039i>EOS/DCIM is not backed up yet."),
    ],
)  # fmt: skip
def test_what_is_told_once(news, slot, content):
    drawn = toast(news, NOW, UTC)
    assert (drawn.slot, drawn.notification.content, drawn.progress) == (slot, content, False)
    buttons = {Slot.ERROR: (Button.RETRY, Button.WHY), Slot.OFFER: (Button.ADD,)}
    assert drawn.buttons == buttons.get(slot, (Button.SHOW,))


def test_photos_gone_from_the_server_are_not_retried_from_a_toast():
    drawn = toast(Gone(300), NOW, UTC)
    assert drawn.notification.content.startswith("300 photos that were backed up and not deleted")
    assert "upload-again" in drawn.notification.content
    assert (drawn.slot, drawn.buttons) == (Slot.ERROR, (Button.WHY,))


def test_a_very_long_reason_is_cut():
    drawn = toast(Needed(("word " * 200,)), NOW, UTC)
    assert len(drawn.notification.content) <= CONTENT_LIMIT
