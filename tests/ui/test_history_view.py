"""The words of the lists."""

from datetime import UTC, datetime, timedelta

import pytest

from tray_app.core.history import FailedRow, FolderRow, RunRow
from tray_app.ui import history_view

NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)


def run(outcome, **fields):
    end = NOW + timedelta(seconds=fields.pop("seconds", 10))
    return RunRow(cursor=(1,), started_at=NOW, ended_at=end, outcome=outcome, **fields)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (run("done"), "Complete"),
        (run("done", failed=1), "1 file failed"),
        (run("stopped"), "Stopped"),
        (run("trouble", reason="No answer."), "Given up: No answer."),
        (run("needsUser", reason="Sign in again."), "Needed you: Sign in again."),
        (run("of a later version"), "of a later version"),
    ],
)
def test_how_a_run_ended(row, words):
    assert history_view.run_result(row) == words


def test_how_long_it_took():
    assert history_view.run_took(run("done", seconds=7)) == "7 s"
    assert history_view.run_took(run("done", seconds=600)) == "10 min"


def failed(**fields):
    return FailedRow(
        cursor=(), path="/p/a.jpg", reason="It broke.", remedy="Mend it.", since=NOW, **fields
    )


def test_all_that_is_known_of_a_failed_file():
    row = failed(file_id=1, attempts=2, status=413, next_attempt_at=NOW + timedelta(hours=1))
    assert history_view.failed_details(row, NOW, UTC).splitlines() == [
        "/p/a.jpg",
        "It broke.",
        "Mend it.",
        "Tried 2 times, since today 14:30, tried again today 15:30, HTTP status 413.",
    ]
    parked = history_view.failed_details(failed(file_id=1, attempts=1), NOW, UTC)
    assert parked.endswith("Tried 1 time, since today 14:30, not tried again until you ask.")
    due = failed(file_id=1, next_attempt_at=NOW)
    assert "tried again in the next backup" in history_view.failed_details(due, NOW, UTC)
    folder = history_view.failed_details(failed(file_id=None), NOW, UTC)
    assert folder.endswith("Since today 14:30.")


@pytest.mark.parametrize(
    ("fields", "state", "count"),
    [
        ({"enabled": False, "backed_up": 3}, "Off", "3 of 3"),
        ({"unavailable": "Not there.", "failed": 1, "pending": 1}, "Not there.", "0 of 1"),
        ({"failed": 2, "pending": 5, "backed_up": 1}, "2 failed", "1 of 6"),
        ({"pending": 5000}, "5,000 waiting", "0 of 5,000"),
        ({"backed_up": 12}, "All backed up", "12 of 12"),
        ({}, "Nothing found yet", ""),
    ],
)
def test_how_a_folder_stands(fields, state, count):
    row = FolderRow(path="/p", **{"enabled": True, **fields})
    assert history_view.folder_state(row) == state
    assert history_view.folder_count(row) == count
