"""What a person reads while it runs."""

from datetime import UTC, datetime

import pytest

from tray_app.cli import progress
from tray_app.cli.progress import PlainDisplay
from tray_app.core.snapshot import Phase, UploadState

THEN = datetime(2026, 1, 1, tzinfo=UTC)
MB = 1_000_000


@pytest.fixture
def now(monkeypatch):
    class Time:
        at = 100.0

        def monotonic(self):
            return self.at

    time = Time()
    monkeypatch.setattr(progress, "time", time)
    return time


@pytest.fixture
def shown(now):
    return PlainDisplay(2.0)


def test_while_files_must_hold_still_it_says_so(shown):
    shown.hooks().publish(Phase.SCANNING, UploadState())
    assert shown.words() == "Looking for photos"
    shown.hooks().publish(Phase.SCANNING, UploadState(total_count=3))
    assert shown.words() == "Waiting until the files have been quiet for 2 s"
    shown.hooks().publish(Phase.HASHING, UploadState(total_count=3))
    assert shown.words() == "Reading photos: 0 of 3"


def test_speed_and_time_left_are_said_once_they_are_known(shown, now, capsys):
    for second in range(31):
        now.at = 100.0 + second
        state = UploadState(total_count=100, completed_count=second, bytes_sent=second * 3 * MB)
        shown.hooks().publish(Phase.UPLOADING, state)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Uploading: 5 of 100, 3.0 MB/s, 2 min left"
    assert lines[-1] == "Uploading: 30 of 100, 3.0 MB/s, 1 min left"
    shown.hooks().publish(Phase.VERIFYING, state)
    assert shown.pace() == ""


def test_the_same_trouble_is_told_once_until_something_moved(shown, capsys):
    hooks = shown.hooks()
    for _ in range(3):
        hooks.announce("It is away.", THEN)
        hooks.announce("", None)
    assert capsys.readouterr().err.count("It is away.") == 1
    hooks.announce("It is full.", THEN)
    assert "It is full." in capsys.readouterr().err
    hooks.publish(Phase.UPLOADING, UploadState(total_count=2, completed_count=1))
    hooks.announce("It is full.", THEN)
    assert "It is full." in capsys.readouterr().err
