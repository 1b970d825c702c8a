from datetime import UTC, datetime, timedelta

import pytest

from tray_app.adapters.pause_file import Pause, PauseFile

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def file(tmp_path):
    return PauseFile(tmp_path / "pause.json")


def test_a_pause_is_in_force_until_its_end(file):
    pause = Pause(NOW + timedelta(minutes=30))
    file.save(pause)
    assert file.load(NOW) == pause
    assert file.load(NOW + timedelta(minutes=30)) is None


def test_a_pause_without_an_end_stays_until_it_is_resumed(file):
    assert file.load(NOW) is None
    file.save(Pause())
    assert file.load(NOW + timedelta(days=1000)) == Pause()
    file.save(None)
    assert file.load(NOW) is None
