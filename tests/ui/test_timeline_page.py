"""The timeline tab over real databases: what it shows, its keys and mouse, its words, its feed."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QScrollBar

from tests.ui.contrast import contrast
from tests.ui.timeline_examples import HASHES, Stage, fill
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.ledger import Ledger
from tray_app.core.ledger import Confirmation, Held
from tray_app.core.timeline import Query, Show, State
from tray_app.core.timeline_changes import EVERYTHING
from tray_app.ui.picture_loader import AT_ONCE
from tray_app.ui.timeline_menu import TimelineMenu
from tray_app.ui.timeline_model import Progress

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
COUNT = 6000  # five months


@pytest.fixture
def both_loops():
    return "qasync"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("timeline")
    fill(folder, COUNT)
    return folder


@asynccontextmanager
async def staged(folder):
    stage = Stage(folder)
    try:
        yield stage
    finally:
        stage.close()


@asynccontextmanager
async def shown(folder):
    async with staged(folder) as stage:
        stage.page.show()
        stage.page.grid.setFocus()
        await stage.until(stage.has_pictures)
        yield stage


def key(stage, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for one in keys:
        QTest.keyClick(stage.page.grid, one, modifier)


def current(stage):
    return stage.page.grid.currentIndex().row()


def selected(stage):
    return sorted(row for rows in stage.page.grid.selected_rows() for row in rows)


async def test_it_begins_with_the_newest_and_loads_only_what_is_in_sight(data, both_loops, qapp):
    async with shown(data) as stage:
        model = stage.page.model
        total = COUNT + len(range(3, COUNT, 17))
        assert model.total == model.rowCount() == total
        assert stage.page.filter.count.text() == f"{total:,} items"
        assert model.cell(0).name == "IMG_100000.jpg"
        assert len(model.months()) == 4
        assert len(model._cells) < 200
        assert len(model._rows.known()) == 1


async def test_every_state_is_said_and_shown(data, both_loops, qapp):
    async with shown(data) as stage:
        model = stage.page.model
        cells = [model.cell(row) for row in stage.page.grid.seen(1)]
        assert {cell.state for cell in cells} > {State.BOTH, State.SERVER}
        for row, cell in enumerate(cells):
            spoken = model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole)
            tip = model.data(model.index(row), Qt.ItemDataRole.ToolTipRole)
            assert spoken.startswith(cell.name)
            assert ("computer" in spoken) == (cell.state in (State.BOTH, State.LOCAL))
            assert spoken.endswith("Favourite") == cell.favourite
            assert ("Video" in spoken) == cell.is_video
            assert tip.splitlines()[0] == cell.name


async def test_keys_lead_through_it(data, both_loops, qapp):
    async with shown(data) as stage:
        grid, columns = stage.page.grid, stage.page.grid._laid_out().columns
        grid.setCurrentIndex(stage.page.model.index(0))
        key(stage, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
        assert current(stage) == 1
        key(stage, Qt.Key.Key_Down)
        assert current(stage) == 1 + columns
        key(stage, Qt.Key.Key_Up)
        assert current(stage) == 1
        key(stage, Qt.Key.Key_PageDown)
        assert current(stage) >= 1 + 2 * columns
        key(stage, Qt.Key.Key_PageUp)
        assert current(stage) == 1
        key(stage, Qt.Key.Key_End)
        assert current(stage) == stage.page.model.total - 1
        assert grid.verticalOffset() == grid.verticalScrollBar().maximum()
        await stage.until(stage.has_pictures)
        assert stage.page.model.cell(current(stage)).name == f"IMG_{100000 + COUNT - 1}.jpg"
        key(stage, Qt.Key.Key_Home)
        assert (current(stage), grid.verticalOffset()) == (0, 0)


async def test_the_current_item_is_below_the_heading_that_stays(data, both_loops, qapp):
    async with shown(data) as stage:
        grid = stage.page.grid
        grid.setCurrentIndex(stage.page.model.index(200))
        key(stage, *[Qt.Key.Key_Up] * 12)
        top = grid.visualRect(grid.currentIndex()).top()
        assert top >= grid._laid_out().measures.heading


async def test_enter_opens_in_immich_and_what_is_only_here_in_its_folder(data, both_loops, qapp):
    async with shown(data) as stage:
        page = stage.page
        page.grid.setCurrentIndex(page.model.index(0))
        key(stage, Qt.Key.Key_Return)
        assert stage.actions.asked == [("open", page.model.cell(0).asset_id)]
        local = next(row for row in page.grid.seen(1) if page.model.cell(row).asset_id is None)
        page.grid.setCurrentIndex(page.model.index(local))
        key(stage, Qt.Key.Key_Enter)
        assert stage.actions.asked[1:] == [("reveal", page.model.cell(local).path)]


async def test_several_are_selected_with_keys_and_mouse(data, both_loops, qapp):
    async with shown(data) as stage:
        grid, model = stage.page.grid, stage.page.model
        columns = grid._laid_out().columns
        shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        grid.setCurrentIndex(model.index(3))
        key(stage, Qt.Key.Key_Down, modifier=shift)
        assert selected(stage) == [*range(3, 3 + columns + 1)]
        key(stage, Qt.Key.Key_Left, modifier=shift)
        assert selected(stage) == [*range(3, 3 + columns)]
        key(stage, Qt.Key.Key_Up, Qt.Key.Key_Left, modifier=shift)
        assert selected(stage) == [*range(4 if current(stage) > 3 else current(stage), 4)]
        await stage.until(lambda: "selected" in stage.page.details.text())

        def click(row, modifier=Qt.KeyboardModifier.NoModifier):
            place = grid.visualRect(model.index(row)).center()
            QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)

        click(1)
        assert selected(stage) == [1]
        click(columns + 1, shift)
        assert selected(stage) == [*range(1, columns + 2)]
        click(0, control)
        assert selected(stage) == [*range(columns + 2)]
        click(0, control)
        assert selected(stage) == [*range(1, columns + 2)]
        key(stage, Qt.Key.Key_A, modifier=control)
        assert len(selected(stage)) == model.total


async def test_a_frame_selects_what_it_covers(data, both_loops, qapp):
    async with shown(data) as stage:
        grid = stage.page.grid
        first, last = (grid.visualRect(stage.page.model.index(row)) for row in (0, 6))
        grid.setState(grid.State.DragSelectingState)
        frame = first.united(last).adjusted(5, 5, -5, -5)
        grid.setSelection(frame, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        grid.setState(grid.State.NoState)
        assert selected(stage) == [0, 1, 5, 6]


async def test_the_menu_offers_what_can_be_done(data, both_loops, qapp):
    async with shown(data) as stage:
        page = stage.page

        def menu(row):
            page.grid.setCurrentIndex(page.model.index(row))
            page._offer(QPoint(10, 10))
            found = page.findChildren(TimelineMenu)[-1]
            found.close()
            return found

        rows = {page.model.cell(row).state: row for row in page.grid.seen(1)}
        both = menu(rows[State.BOTH])
        assert both.open.isEnabled()
        assert both.reveal.isEnabled()
        assert not both.upload.isEnabled()
        server = menu(rows[State.SERVER])
        assert server.open.isEnabled()
        assert not server.reveal.isEnabled()
        kept = min({State.TRASHED, State.LOCAL, State.FAILED} & {*rows})
        here = menu(rows[kept])
        assert here.reveal.isEnabled()
        assert here.upload.isEnabled()
        here.reveal.trigger()
        assert stage.actions.asked.pop() == ("reveal", page.model.cell(rows[kept]).path)
        here.select_all.trigger()
        assert len(selected(stage)) == page.model.total
        assert not page._may_upload()  # more than anybody means


async def test_upload_again_takes_the_selection_also_what_is_not_loaded(data, both_loops, qapp):
    async with shown(data) as stage:
        page = stage.page
        page.filter.show_box.setCurrentIndex([*Show].index(Show.LOCAL))
        await stage.until(lambda: page.model.query.show is Show.LOCAL)
        await stage.until(stage.has_pictures)
        page.grid.selectAll()
        assert any(page.model.cell(row) is None for row in range(page.model.total))
        assert page._may_upload()
        page._upload_selected()
        await stage.until(lambda: bool(stage.actions.asked))
        kind, names = stage.actions.asked.pop()
        assert (kind, len(names)) == ("upload", page.model.total)
        assert all(name.startswith("DSC_") for name in names)


async def test_filters_find_and_say_when_they_do_not(data, both_loops, qapp):
    async with shown(data) as stage:
        page, box = stage.page, stage.page.filter.text_box
        box.setFocus()  # offscreen, no window is active that shortcuts would work in
        QTest.keyClicks(box, "100042")
        await stage.until(lambda: page.model.total == 1)
        await stage.until(stage.has_pictures)
        assert page.model.cell(0).name == "IMG_100042.jpg"
        assert page.filter.count.text() == "1 item"
        QTest.keyClicks(box, "x")
        await stage.until(lambda: page.message.isVisible() and bool(page.message.button.text()))
        assert "“100042x”" in page.message.text.text()
        page.message.button.click()
        await stage.until(lambda: page.model.total > COUNT)
        assert page.model.query == Query()
        assert page.grid.isVisible()


async def test_esc_clears_the_filter_before_it_hides_the_window(data, both_loops, qapp):
    async with shown(data) as stage:
        box = stage.page.filter.text_box
        box.setText("100042")
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Escape)
        assert box.text() == ""
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert stage.page.grid.hasFocus() or not stage.page.isActiveWindow()


async def test_details_of_the_current_item(data, both_loops, qapp):
    async with shown(data) as stage:
        page = stage.page
        page.grid.setCurrentIndex(page.model.index(0))
        await stage.until(lambda: "IMG_100000.jpg" in page.details.text())
        assert "4000 \u00d7 3000" in page.details.text()
        assert "On this computer and the server" in page.details.text()


async def test_an_empty_timeline_says_what_to_do(tmp_path, both_loops, qapp):
    fill(tmp_path, 0)
    async with staged(tmp_path) as stage:
        assert "Looking" in stage.page.message.text.text()
        stage.page.show()
        await stage.until(lambda: "No photos yet" in stage.page.message.text.text())
        assert not stage.page.message.button.isVisible()


async def test_a_broken_database_is_said_and_tried_again(tmp_path, both_loops, qapp):
    fill(tmp_path, 10)
    (tmp_path / "library.db").rename(tmp_path / "elsewhere")
    async with staged(tmp_path) as stage:
        page = stage.page
        page.show()
        await stage.until(lambda: page.model.progress is Progress.BROKEN)
        assert "cannot be read" in page.message.text.text()
        assert page.message.button.text() == "&Try again"
        (tmp_path / "elsewhere").rename(tmp_path / "library.db")
        page.message.button.click()
        await stage.until(lambda: page.model.total == 11)


class TestFeed:
    @pytest.fixture
    def small(self, tmp_path):
        fill(tmp_path, 300)
        return tmp_path

    def change(self, folder, statement, *values):
        connection = sqlite3.connect(folder / "library.db")
        connection.execute(statement, values)
        connection.commit()
        connection.close()

    async def test_what_comes_appears_and_what_is_looked_at_stays_in_place(
        self, small, both_loops, qapp
    ):
        async with shown(small) as stage:
            page = stage.page
            page.grid.verticalScrollBar().setValue(700)
            await stage.until(stage.has_pictures)
            row = page.grid.seen().start
            name, top = page.model.cell(row).name, page.grid.visualRect(page.model.index(row)).top()
            page.grid.setCurrentIndex(page.model.index(row + 7))
            chosen = page.model.cell(row + 7).name
            copy = (
                "INSERT INTO asset SELECT CAST(printf('new%013d', ?) AS BLOB), owner_id, x'00',"
                " 'new.jpg', kind, visibility, 0, NULL, local_date_time + 1000, 1, 1, NULL, NULL,"
                " NULL, NULL, 1, 1, 0, NULL FROM asset WHERE file_name = 'IMG_100000.jpg'"
            )
            for number in range(page.grid._laid_out().columns):
                self.change(small, copy, number)
            before = page.model.total
            stage.feed.everything()
            await stage.until(lambda: page.model.total > before)
            await stage.until(stage.has_pictures)
            moved = page.grid.seen().start
            assert moved == row + page.grid._laid_out().columns
            assert page.model.cell(moved).name == name
            assert page.grid.visualRect(page.model.index(moved)).top() == top
            assert page.model.cell(page.grid.currentIndex().row()).name == chosen

    async def test_a_confirmation_changes_the_badge_without_reading_other_months(
        self, small, both_loops, qapp
    ):
        async with shown(small) as stage:
            page = stage.page
            backup = Database(small / "backup.db", "backup")
            backup.listen(stage.feed.tell)
            asked = []
            inner = stage.timeline.months

            async def months(query, only=None):
                asked.append(only)
                return await inner(query, only)

            stage.timeline.months = months
            try:
                row, cell = next(
                    (row, cell)
                    for row in page.grid.seen(1)
                    if (cell := page.model.cell(row)).state is State.TRASHED
                )
                connection = sqlite3.connect(small / "backup.db")
                connection.execute("DELETE FROM tombstone")
                connection.commit()
                connection.close()
                confirmed = Confirmation(cell.sha1, str(UUID(int=5)), Held.UPLOADED)
                await Ledger(backup, 1).confirm([confirmed], SystemClock().now())
                await stage.until(lambda: page.model.cell(row).state is State.BOTH)
            finally:
                backup.close()
            assert [len(only) for only in asked] == [1]

    async def test_a_hidden_page_does_nothing_and_catches_up_when_shown(
        self, small, both_loops, qapp
    ):
        async with shown(small) as stage:
            page = stage.page
            before = page.model.total
            page.hide()
            assert not stage.feed._listeners
            assert not page.pictures._images
            self.change(small, "DELETE FROM asset WHERE file_name LIKE 'IMG_1002%'")
            stage.feed.everything()
            await asyncio.sleep(0)
            assert page.model._following is None
            assert page.model.total == before
            page.show()
            await stage.until(lambda: page.model.total < before)

    async def test_everything_may_go(self, small, both_loops, qapp):
        async with shown(small) as stage:
            self.change(small, "DELETE FROM asset")
            connection = sqlite3.connect(small / "backup.db")
            connection.execute("UPDATE file SET present = 0")
            connection.commit()
            connection.close()
            stage.page.model.touch(EVERYTHING)
            await stage.until(lambda: stage.page.model.total == 0)
            assert stage.page.message.isVisible()


class TestPictures:
    async def test_four_at_a_time_the_newest_in_sight_first(self, data, both_loops, qapp):
        async with staged(data) as stage:
            stage.thumbnails.open.clear()
            stage.page.show()
            await stage.until(lambda: len(stage.thumbnails.asked) == AT_ONCE)
            model = stage.page.model
            visible = [model.cell(row).asset_id for row in stage.page.grid.seen()]
            wanted = [asset for asset in visible if asset][:AT_ONCE]
            assert {*stage.thumbnails.asked} == {*wanted}
            stage.thumbnails.open.set()
            await stage.until(stage.has_pictures)
            assert stage.thumbnails.most_at_once == AT_ONCE

    async def test_what_is_scrolled_away_is_cancelled(self, data, both_loops, qapp):
        async with staged(data) as stage:
            stage.thumbnails.open.clear()
            stage.page.show()
            await stage.until(lambda: len(stage.thumbnails.asked) == AT_ONCE)
            bar = stage.page.grid.verticalScrollBar()
            bar.setValue(bar.maximum())
            await stage.until(lambda: stage.thumbnails.cancelled == AT_ONCE)
            await stage.until(lambda: len(stage.thumbnails.asked) == 2 * AT_ONCE)
            stage.thumbnails.open.set()
            await stage.until(stage.has_pictures)

    async def test_a_costly_network_is_left_alone(self, data, both_loops, qapp):
        async with staged(data) as stage:
            stage.thumbnails.may = False
            stage.page.show()
            await stage.until(stage.has_pictures)
            assert stage.thumbnails.asked == []
            cell = next(
                cell
                for row in stage.page.grid.seen()
                if (cell := stage.page.model.cell(row)).thumbhash in HASHES
            )
            await stage.until(lambda: stage.page.pictures.picture(cell) is not None)

    async def test_what_was_fetched_is_kept(self, data, both_loops, qapp):
        async with shown(data) as stage:
            asked = [*stage.thumbnails.asked]
            without = {asset for asset in asked if (UUID(asset).int & 0xFFFF) % 31 == 0}
            stage.page.hide()
            stage.page.show()
            await stage.until(stage.has_pictures)
            assert {*stage.thumbnails.asked[len(asked) :]} <= without

    async def test_pictures_do_not_fill_the_memory(self, data, both_loops, qapp, monkeypatch):
        monkeypatch.setattr("tray_app.ui.picture_loader.MOST_BYTES", 1_000_000)
        async with shown(data) as stage:
            for value in range(0, 10_000, 500):
                stage.page.grid.verticalScrollBar().setValue(value)
                await stage.until(stage.has_pictures)
            loader = stage.page.pictures
            held = {name: image.sizeInBytes() for name, image in loader._images.items()}
            assert sum(held.values()) == loader._held
            assert {*held} <= loader._near  # all that is in sight, and nothing else
            assert len(stage.thumbnails.asked) == len({*stage.thumbnails.asked})


async def test_every_control_has_a_name_and_items_are_read_out(data, both_loops, qapp):
    async with shown(data) as stage:
        page = stage.page
        kinds = (QLineEdit, QComboBox)
        controls = [page, page.grid, *(one for kind in kinds for one in page.findChildren(kind))]
        controls += [page.grid.verticalScrollBar()]
        controls += [one for one in page.findChildren(QPushButton) if one.isVisible()]
        for control in controls:
            face = QAccessible.queryAccessibleInterface(control)
            assert face.text(QAccessible.Text.Name), control
        count = QAccessible.queryAccessibleInterface(page.filter.count)
        assert count.text(QAccessible.Text.Name) == page.filter.count.text()  # not a word about it
        table = QAccessible.queryAccessibleInterface(page.grid)
        assert table.role() in (QAccessible.Role.Table, QAccessible.Role.List)
        names = {table.child(n).text(QAccessible.Text.Name) for n in range(3)}
        spoken = {
            page.model.data(page.model.index(n), Qt.ItemDataRole.AccessibleTextRole)
            for n in range(3)
        }
        assert names & spoken


@pytest.mark.parametrize("ground", ["#efefef", "#31363b"])
async def test_words_can_be_read_in_light_and_dark(data, both_loops, qapp, ground):
    async with staged(data) as stage:
        page = stage.page
        page.setPalette(QPalette(QColor(ground)))
        for label in (page.details, page.filter.count):
            palette = label.palette()
            text = palette.color(QPalette.ColorRole.WindowText)
            assert contrast(text, page.palette().color(QPalette.ColorRole.Window)) >= 4.5
        box = page.filter.text_box.palette()
        hint = box.color(QPalette.ColorRole.PlaceholderText)
        assert contrast(hint, box.color(QPalette.ColorRole.Base)) >= 4.5


async def test_the_bubble_names_the_month_while_the_slider_is_held(data, both_loops, qapp):
    async with shown(data) as stage:
        bar: QScrollBar = stage.page.grid.verticalScrollBar()
        bar.setValue(500)
        assert not stage.page.bubble.isVisible()
        bar.setSliderDown(True)
        bar.setSliderPosition(bar.maximum() - 5)
        assert stage.page.bubble.isVisible()
        assert "202" in stage.page.bubble.text()
        bar.setSliderDown(False)
        assert not stage.page.bubble.isVisible()
