"""The page of runs and files: a run shows its files, a search finds any, a million do not hurt."""

import time
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.history_world import NOW
from tests.ui.waiting import cells_of, until
from tray_app.ui.rows_model import PAGE

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.usefixtures("both_loops"),
    pytest.mark.parametrize("both_loops", ["qasync"], indirect=True),
]


async def test_runs_tell_how_they_ended(shown, world):
    world.run(NOW - timedelta(hours=2), completedCount=10, duplicateCount=2, bytesSent=5_000_000)
    world.run(NOW - timedelta(hours=1), "done", failedCount=3)
    world.run(NOW, "waiting", error="The network is metered.")
    page = shown.open("activity")
    await until(lambda: page.runs_model.rowCount() == 3)
    assert cells_of(page.runs_model, 1) == [
        "Had to wait: The network is metered.",
        "3 files failed",
        "Complete",
    ]
    last = [page.runs_model.index(2, column).data() for column in range(6)]
    assert last[2:] == ["12", "0", "5.0 MB", "2 min"]


async def test_a_chosen_run_shows_its_files_only(shown, world):
    world.files(100)
    world.run(NOW - timedelta(seconds=95), completedCount=10)
    page = shown.open("activity")
    await until(lambda: page.files_model.rowCount() == 100)
    page.runs.selectRow(0)
    await until(lambda: page.files_model.rowCount() == 19)  # one every five seconds
    assert page.heading.text().startswith("Files of the run of ")
    page.all_files.click()
    await until(lambda: page.files_model.rowCount() == 100)


async def test_a_search_finds_files_and_says_when_there_is_none(shown, world):
    world.files(100)
    page = shown.open("activity")
    await until(lambda: page.files_model.rowCount() == 100)
    QTest.keyClicks(page.search, "000007")
    await until(lambda: page.files_model.rowCount() == 11)
    page.search.setText("nothing")
    await until(lambda: page.note.text() == "Nothing found.")
    assert not page.files.isVisible()


async def test_a_file_is_shown_where_it_lies(shown, world):
    world.files(3, "/p")
    page = shown.open("activity")
    await until(lambda: page.files_model.rowCount() == 3)
    assert not page.show_in_folder.isEnabled()
    page.files.selectRow(1)
    page.show_in_folder.click()
    QTest.keyClick(page.files, Qt.Key.Key_Return)
    assert shown.revealed[:1] == ["/p/IMG_0000002.jpg"]


async def test_no_backup_yet(shown):
    page = shown.open("activity")
    await until(lambda: page.note.text() == "No file is backed up here yet.")


@pytest.mark.timeout(300)
async def test_many_files_cost_only_what_is_seen(shown, world, record):
    count = 300_000
    world.files(count)
    longest, last = 0.0, time.monotonic()

    def turn():
        nonlocal longest, last
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
        return False

    begin = time.monotonic()
    page = shown.open("activity")
    shown_after = time.monotonic() - begin
    last = time.monotonic()
    await until(lambda: turn() or page.files_model.rowCount() == PAGE)
    first_rows = time.monotonic() - begin
    for _ in range(10):
        before = page.files_model.rowCount()
        page.files.scrollToBottom()
        await until(lambda before=before: turn() or page.files_model.rowCount() == before + PAGE)
    assert page.files_model.rowCount() == 11 * PAGE
    page.search.setText(f"IMG_0{count}")
    await until(lambda: turn() or page.files_model.rowCount() == 1, 100)
    record(
        files=count,
        shown_after=round(shown_after, 3),
        first_rows=round(first_rows, 3),
        longest_stall=round(longest, 3),
    )
