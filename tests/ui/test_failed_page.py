"""The page of failed files: what it says, and what its buttons do to the database."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from tests.ui.history_world import NOW
from tests.ui.waiting import cells_of, until
from tests.ui.window_examples import STATES
from tray_app.core.errors import Need, NeedsUser
from tray_app.ui.errands import BUG
from tray_app.ui.failed_page import NOTHING_FAILED, NOTHING_IGNORED
from tray_app.ui.questions import ask_where
from tray_app.ui.window_view import window_view

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.usefixtures("both_loops"),
    pytest.mark.parametrize("both_loops", ["qasync"], indirect=True),
]
HOSTILE = {
    b"<b>bold<img src=x>.jpg": "<b>bold<img src=x>.jpg",
    b"line\nbreak\x1b[31m.jpg": "line\\nbreak\\x1b[31m.jpg",
    "photo\u202egpj.exe".encode(): "photo\\u202egpj.exe",
    b"caf\xe9.jpg": "caf\\xe9.jpg",
    "שלום.jpg".encode(): "שלום.jpg",
    b"n" * 200: "n" * 200,
}


def cells(page, column=0):
    return cells_of(page.model, column)


@pytest.fixture
def three(world):
    folder = world.folder("/p")
    return [
        world.fail(name, folder, NOW - timedelta(minutes=number), number)
        for number, name in enumerate((b"a.mp4", b"b.jpg", b"c.jpg"))
    ]


async def test_each_file_has_its_reason_and_its_remedy(shown, three):
    page = shown.open("failed")
    await until(lambda: cells(page) == ["a.mp4", "b.jpg", "c.jpg"])
    assert cells(page, 1)[0] == "A proxy before the server refuses files of this size (413)."
    assert cells(page, 2)[1] == "Make it readable for you."
    page.table.selectRow(0)
    told = page.details.toPlainText()
    assert told.startswith("/p/a.mp4\nA proxy before the server")
    assert "Raise its body size limit" in told
    assert "Tried 3 times, since today" in told
    assert "HTTP status 413" in told


async def test_names_are_plain_text_whatever_is_in_them(shown, world):
    folder = world.folder("/p")
    for number, name in enumerate(HOSTILE):
        world.fail(name, folder, NOW - timedelta(minutes=number))
    page = shown.open("failed")
    await until(lambda: cells(page))
    assert cells(page) == list(HOSTILE.values())
    tips = [
        page.model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(len(HOSTILE))
    ]
    assert not any("<" in tip for tip in tips)  # Qt would take it for markup
    width = shown.window.width()
    for row in range(len(HOSTILE)):
        page.table.selectRow(row)
    assert shown.window.width() == width


async def test_retry_tries_just_the_chosen_ones(shown, three):
    page = shown.open("failed")
    await until(lambda: cells(page))
    assert not page.retry.isEnabled()
    page.table.selectRow(1)
    page.retry.click()
    await until(lambda: shown.mending.asked == ["retry /p/b.jpg"])
    await until(lambda: "1 file tried again" in page.note.text())
    page.retry_all.click()
    await until(lambda: shown.mending.asked[-1] == "retry all")


async def test_ignored_files_leave_the_list_and_come_back(shown, world, three):
    page = shown.open("failed")
    await until(lambda: cells(page))
    page.table.selectAll()
    page.table.selectionModel().select(
        page.model.index(2, 0),
        page.table.selectionModel().SelectionFlag.Deselect
        | page.table.selectionModel().SelectionFlag.Rows,
    )
    page.ignore.click()
    await until(lambda: cells(page) == ["c.jpg"])
    assert "2 files ignored" in page.note.text()
    await until(lambda: page.tabs.tabText(1) == "Ignored (2)")
    page.tabs.setCurrentIndex(1)
    await until(lambda: cells(page) == ["a.mp4", "b.jpg"])
    assert not page.retry.isVisible()
    page.table.selectRow(0)
    page.undo.click()
    await until(lambda: cells(page) == ["b.jpg"])
    page.tabs.setCurrentIndex(0)
    await until(lambda: cells(page) == ["a.mp4", "c.jpg"])
    assert (await world.ledger.counts()).failed == 2


async def test_a_filter_narrows_the_list(shown, three):
    page = shown.open("failed")
    await until(lambda: cells(page))
    QTest.keyClicks(page.search, "B.J")
    await until(lambda: cells(page) == ["b.jpg"])
    page.search.setText("nothing of that name")
    await until(lambda: page.hint.text() == "Nothing found.")
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert shown.window.isVisible()
    await until(lambda: len(cells(page)) == 3)


async def test_where_nothing_failed_it_says_so(shown):
    page = shown.open("failed")
    await until(lambda: page.hint.text() == NOTHING_FAILED)
    assert not page.retry_all.isEnabled()
    page.tabs.setCurrentIndex(1)
    await until(lambda: page.hint.text() == NOTHING_IGNORED)


async def test_the_list_is_exported(shown, three, tmp_path):
    page = shown.open("failed")
    await until(lambda: cells(page))
    page.export_to(tmp_path / "out.csv")
    await until(lambda: "1 file written to" in page.note.text())
    assert (tmp_path / "out.csv").read_text() == "csv"


async def test_what_cannot_be_done_is_said(shown, three, monkeypatch):
    page = shown.open("failed")
    await until(lambda: cells(page))

    async def full(_target):
        raise NeedsUser("The disk is full.", need=Need.DISK, remedy="Free some space.")

    async def broken(_target):
        raise ValueError("a bug")

    monkeypatch.setattr(shown.mending, "export", full)
    page.export_to(None)
    await until(lambda: page.note.text() == "The disk is full. Free some space.")
    monkeypatch.setattr(shown.mending, "export", broken)
    page.export_to(None)
    await until(lambda: page.note.text() == BUG)


async def test_a_thousand_failures_come_page_by_page(shown, world):
    world.failures(1_000, world.folder("/p"))
    page = shown.open("failed")
    await until(lambda: page.model.rowCount() == 200)
    for _ in range(20):
        page.table.scrollToBottom()
        if page.model.rowCount() == 1_000:
            break
        before = page.model.rowCount()
        await until(lambda before=before: page.model.rowCount() > before)
    assert len(set(cells(page))) == 1_000


async def test_new_failures_appear_by_themselves_while_nobody_reads_further_down(shown, world):
    folder = world.folder("/p")
    page = shown.open("failed")
    shown.window.show_view(window_view(STATES["idle"], NOW))
    await until(lambda: page.hint.text() == NOTHING_FAILED)
    world.fail(b"new.jpg", folder)
    shown.window.show_view(window_view(STATES["told"], NOW))
    await until(lambda: cells(page) == ["new.jpg"])
    assert page.tabs.tabText(0) == "Failed (1)"
    page.table.selectRow(0)
    world.fail(b"newer.jpg", folder, NOW + timedelta(minutes=1))
    shown.window.show_view(window_view(STATES["failed"], NOW))
    assert not page.may_move()
    page.table.clearSelection()
    page.refresh()
    await until(lambda: cells(page) == ["newer.jpg", "new.jpg"])


async def test_a_file_is_shown_where_it_lies(shown, three):
    page = shown.open("failed")
    await until(lambda: cells(page))
    page.table.selectRow(2)
    page.show_in_folder.click()
    assert shown.revealed == ["/p/c.jpg"]


async def test_the_file_to_export_to_is_asked_for(both_loops, qapp):
    parent, chosen = QWidget(), []
    ask_where(parent, "Export", "CSV files (*.csv)", "failed.csv", chosen.append)
    (dialog,) = parent.findChildren(QFileDialog)
    assert (dialog.defaultSuffix(), dialog.isVisible()) == ("csv", True)
    dialog.fileSelected.emit("/a/b.csv")
    assert chosen == [Path("/a/b.csv")]
    dialog.close()
