"""Changes of the settings file are noticed, however it is written."""

import os

import pytest

from tray_app.desktop.file_signal import FileSignal


@pytest.fixture
def watched(qapp, tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("one")
    calls = []
    signal = FileSignal([file, tmp_path / "account.json"], lambda: calls.append(1))
    yield file, calls
    signal.close()


def replaced(file, text):
    new = file.with_suffix(".tmp")
    new.write_text(text)
    new.replace(file)


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.write_text("another"),
        lambda file: replaced(file, "another"),
        os.unlink,
        lambda file: (file.parent / "account.json").write_text("{}"),
    ],
    ids=["edited", "replaced", "removed", "created"],
)
def test_a_change_is_told_once(watched, qtbot, change):
    file, calls = watched
    change(file)
    qtbot.waitUntil(lambda: calls == [1])
    qtbot.wait(300)
    assert calls == [1]


def test_a_file_that_was_replaced_is_still_watched(watched, qtbot):
    file, calls = watched
    replaced(file, "second")
    qtbot.waitUntil(lambda: calls == [1])
    file.write_text("third, in place")
    qtbot.waitUntil(lambda: calls == [1, 1])


def test_other_files_in_the_folder_mean_nothing(watched, qtbot):
    file, calls = watched
    (file.parent / "other").write_text("x")
    qtbot.wait(400)
    assert calls == []
